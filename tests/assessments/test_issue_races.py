"""Somebody writes a result at the moment at which the card over it is issued."""

import pytest
from django.db import transaction
from django.utils import timezone

from assessments import actions
from assessments.errors import CardInForce
from assessments.issue_locks import hold_enrollments
from assessments.merge import Edit, RowEdit
from assessments.models import IssueLock, PeriodRecord, SubjectResult
from assessments.workflow import Status
from schools.models import SchoolClass
from tests.assessments import states
from tests.cast import Cast
from tests.rivals import Rivals, shared_database

pytestmark = shared_database


def issue(cast: Cast) -> str:
    """What an issue reads once it holds the pupil."""
    with transaction.atomic():
        hold_enrollments([cast.anh], timezone.now())
        return PeriodRecord.objects.get(enrollment=cast.anh).status


def levels_at_issue(cast: Cast) -> list[str]:
    with transaction.atomic():
        hold_enrollments([cast.anh], timezone.now())
        results = SubjectResult.objects.filter(record__enrollment=cast.anh, subject_code="toan")
        return list(results.values_list("level", flat=True))


@pytest.mark.parametrize("attempt", range(3))
def test_reopening_comes_before_and_is_seen_or_is_refused(
    cast: Cast, rivals: Rivals, attempt: int
) -> None:
    record = states.signed_off(cast).records.get(enrollment=cast.anh)
    reopened, seen = rivals.act_at_once(
        lambda: actions.reopen_record(record=record, reason="Sai điểm", by=cast.hanh),
        lambda: issue(cast),
    )
    expected = Status.SIGNED_OFF if isinstance(reopened, CardInForce) else Status.REOPENED
    assert seen == expected
    assert rivals.see(IssueLock.objects.count) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_an_entry_comes_before_and_is_seen_or_is_refused(
    cast: Cast, rivals: Rivals, attempt: int
) -> None:
    states.filled(cast)
    school_class = SchoolClass.objects.get(pk=cast.school_class.pk)
    row = RowEdit(cast.anh.pk, {"level": Edit("T", "H")})
    entered, seen = rivals.act_at_once(
        lambda: actions.save_subject_results(
            school_class=school_class,
            period=states.END_TERM_1,
            subject_code="toan",
            rows=[row],
            by=cast.ngoc,
        ),
        lambda: levels_at_issue(cast),
    )
    assert seen == (["T"] if isinstance(entered, CardInForce) else ["H"])
    stored = SubjectResult.objects.filter(record__enrollment=cast.anh, subject_code="toan")
    assert rivals.see(lambda: list(stored.values_list("level", flat=True))) == seen


def test_two_issues_of_one_pupil_hold_her_once(cast: Cast, rivals: Rivals) -> None:
    states.signed_off(cast)
    assert rivals.act_at_once(*[lambda: issue(cast)] * 2) == [Status.SIGNED_OFF] * 2
    assert rivals.see(IssueLock.objects.count) == 1
