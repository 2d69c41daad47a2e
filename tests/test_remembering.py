"""A class that is filled from memory is the class that the actions filled."""

from typing import Any

import pytest
import time_machine

from assessments.models import PeriodRecord, SubjectResult, YearDecision
from audit.models import AuditChain, AuditEvent
from audit.verification import verify_chain
from rulesets import Period
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import IN_MAY, NOW, Cast
from tests.flush import remove_all_triggers
from tests.remembering import TABLES, written


def everything_stored() -> dict[str, list[dict[str, Any]]]:
    """Without keys, which differ, and digests over them, in no order: a database answers in any."""
    return {
        model._meta.label: sorted(map(_without_keys, model._base_manager.values()), key=repr)
        for model in TABLES
    }


def _without_keys(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: row[name] for name in row if name != "id" and not name.endswith(("_id", "digest"))
    }


@pytest.mark.parametrize(
    ("period", "day"), [(Period.END_TERM_1, NOW), (Period.END_YEAR, IN_MAY)], ids=str
)
def test_what_is_written_again_is_what_was_built(cast: Cast, period: Period, day) -> None:
    with time_machine.travel(day, tick=False):
        states.filled(cast, period)
        again = everything_stored()
        remove_all_triggers()
        for model in (*reversed(TABLES), AuditChain):
            model._base_manager.all()._raw_delete(using="default")
        written.clear()
        states.filled(cast, period)
        built = everything_stored()
    assert again == built
    assert all(built[model._meta.label] for model in TABLES if model is not YearDecision)


def test_the_chain_goes_on_from_what_was_written_again(cast: Cast) -> None:
    states.filled(cast)
    states.submit(cast)
    assert verify_chain(cast.school.pk).findings == []


def test_another_roster_is_built_anew(cast: Cast) -> None:
    factories.enroll(factories.make_student("Lê Thị Lan"), cast.school_class)
    states.filled(cast)
    assert PeriodRecord.objects.count() == 4


def test_another_score_is_built_anew(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)
    teachers = {"ngoai_ngu_1": cast.binh}
    fill_class(cast.school_class, Period.END_TERM_1, homeroom=cast.ngoc, teachers=teachers, score=7)
    result = SubjectResult.objects.filter(subject_code="toan").first()
    assert result is not None
    assert result.effective_score == 7


def test_who_is_not_assessed_is_remembered_apart(in_may: Cast) -> None:
    Enrollment.objects.filter(pk=in_may.duc.pk).update(is_not_assessed=True)
    states.filled(in_may, Period.END_YEAR)
    decided = AuditEvent.objects.filter(event="year_decision.confirmed")
    assert {row.student_id for row in decided} == {in_may.anh.student_id, in_may.hhen.student_id}
