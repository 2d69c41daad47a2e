"""The summer of Anh, who has not completed grade 4: each step, and what refuses it."""

import pytest

from assessments import actions
from assessments.actions import LaterSubject
from assessments.errors import InvalidEntry, StepNotAllowed
from assessments.models import (
    PeriodRecord,
    SubjectResult,
    SupplementaryAssessment,
    TraitResult,
)
from assessments.supplementary import (
    Reassessed,
    first_result,
    later_result,
    not_completed,
    shortfalls,
)
from assessments.workflow import Status
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import TT27, Period, YearOutcome
from tests.assessments import year_ends
from tests.assessments.summers import (
    plan_for,
    planned,
    reassessed,
    still_lacking,
    stored,
)
from tests.assessments.year_ends import PLAN
from tests.cast import Cast

SUMMER = Period.SUPPLEMENTARY


__all__ = ["planned", "reassessed", "still_lacking"]

# Who, and what


def test_those_of_a_signed_year_who_have_not_completed(in_july: Cast) -> None:
    assert list(not_completed()) == [in_july.anh]


def test_nobody_before_the_year_is_signed(in_may: Cast) -> None:
    year_ends.submitted(in_may)
    assert not not_completed().exists()
    with pytest.raises(StepNotAllowed, match="đã ký duyệt"):
        plan_for(in_may, in_may.anh)


def test_nobody_who_has_completed(in_july: Cast) -> None:
    with pytest.raises(StepNotAllowed, match="chưa hoàn thành"):
        plan_for(in_july, in_july.duc)


def test_what_kept_her_from_completing_is_what_is_assessed_again(in_july: Cast) -> None:
    first = first_result(in_july.school_class, in_july.anh)
    assert shortfalls(TT27, first) == Reassessed(subjects=("toan",), traits=())


# The plan


def test_a_plan_opens_a_record_beside_that_of_the_years_end(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    assert planned.record.class_period.period == SUMMER
    assert planned.record.status == Status.OPEN
    periods = PeriodRecord.objects.filter(enrollment=cast.anh).values_list(
        "class_period__period", flat=True
    )
    assert set(periods) == {Period.END_YEAR, SUMMER}


def test_a_plan_is_audited_with_its_content(planned: SupplementaryAssessment, cast: Cast) -> None:
    event = AuditEvent.objects.get(event="supplementary_assessment.planned")
    assert event.student_id == cast.anh.student_id
    assert event.changes == {"plan": [None, PLAN], "subject_codes": [None, "toan"]}


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"plan": "  "}, "Hãy ghi kế hoạch"),
        ({"subject_codes": []}, "ít nhất một nội dung"),
        ({"subject_codes": ["thien_van"]}, "không có trong chương trình"),
        ({"subject_codes": ["tu_nhien_va_xa_hoi"]}, "không có trong chương trình"),
        ({"trait_codes": ["thien_van"]}, "không có trong chương trình"),
    ],
)
def test_a_plan_without_true_content_is_refused(
    in_july: Cast, plan: dict[str, object], sentence: str
) -> None:
    with pytest.raises(InvalidEntry, match=sentence):
        plan_for(in_july, in_july.anh, **plan)
    assert not SupplementaryAssessment.objects.exists()


def test_a_plan_is_changed_while_it_is_with_the_teachers(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    changed = plan_for(cast, cast.anh, subject_codes=["toan", "tieng_viet"])
    assert changed.pk == planned.pk
    assert stored(planned).subject_codes == ["toan", "tieng_viet"]
    event = AuditEvent.objects.filter(event="supplementary_assessment.planned").newest_first()[0]
    assert event.changes == {"subject_codes": ["toan", "toan, tieng_viet"]}


def test_what_has_a_later_result_stays_in_the_plan(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    with pytest.raises(InvalidEntry, match="đã có kết quả"):
        plan_for(cast, cast.anh, subject_codes=["tieng_viet"])


# Later results


def test_later_results_stand_beside_the_first_and_never_over_them(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    results = SubjectResult.objects.filter(record__enrollment=cast.anh, subject_code="toan")
    found = {
        row.record.class_period.period: (row.level, row.effective_score)
        for row in results.select_related("record__class_period")
    }
    assert found == {Period.END_YEAR: ("C", 4), SUMMER: ("H", 6)}


def test_saving_the_same_again_records_nothing(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    before = AuditEvent.objects.count()
    year_ends.save_later(cast, reassessed, level="H", score=6)
    assert AuditEvent.objects.count() == before


def test_a_later_result_is_corrected_and_cleared(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    year_ends.save_later(cast, reassessed, level="T", score=8)
    event = AuditEvent.objects.filter(event="subject_result.saved").newest_first()[0]
    assert event.changes["score"] == [6, 8]
    year_ends.save_later(cast, reassessed, level="T", score=None)
    assert later_result(stored(reassessed)).outcome == YearOutcome.INCOMPLETE


def test_traits_are_the_homeroom_teachers(in_july: Cast) -> None:
    assessment = plan_for(in_july, in_july.anh, trait_codes=["tinh_toan"])
    save = {"assessment": assessment, "subjects": {}, "traits": {"tinh_toan": "Đ"}}
    with pytest.raises(NotPermitted):
        actions.save_supplementary_results(**save, by=in_july.binh)
    assert actions.save_supplementary_results(**save, by=in_july.ngoc) == 1
    assert TraitResult.objects.get(record=assessment.record).level == "Đ"
    actions.save_supplementary_results(**{**save, "traits": {"tinh_toan": ""}}, by=in_july.ngoc)
    assert not TraitResult.objects.filter(record=assessment.record).exists()


def test_a_subject_is_its_teachers(in_july: Cast) -> None:
    assessment = plan_for(in_july, in_july.anh, subject_codes=["toan", "ngoai_ngu_1"])
    english = {"ngoai_ngu_1": LaterSubject("H", 7)}
    with pytest.raises(NotPermitted):
        actions.save_supplementary_results(
            assessment=assessment, subjects=english, traits={}, by=in_july.ngoc
        )
    assert (
        actions.save_supplementary_results(
            assessment=assessment, subjects=english, traits={}, by=in_july.binh
        )
        == 1
    )


@pytest.mark.parametrize(
    ("subjects", "traits", "sentence"),
    [
        ({"tieng_viet": LaterSubject("H", 6)}, {}, "không có trong kế hoạch"),
        ({"toan": LaterSubject("Đ", 6)}, {}, "Mức đạt được không có"),
        ({"toan": LaterSubject("H", 11)}, {}, "thang điểm"),
        ({}, {"nhan_ai": "T"}, "không có trong kế hoạch"),
    ],
)
def test_what_is_not_planned_or_not_known_is_refused(
    planned: SupplementaryAssessment,
    cast: Cast,
    subjects: dict[str, LaterSubject],
    traits: dict[str, str],
    sentence: str,
) -> None:
    with pytest.raises(InvalidEntry, match=sentence):
        actions.save_supplementary_results(
            assessment=planned, subjects=subjects, traits=traits, by=cast.ngoc
        )


def test_a_subject_without_a_test_takes_no_score(in_july: Cast) -> None:
    assessment = plan_for(in_july, in_july.anh, subject_codes=["dao_duc"])
    with pytest.raises(InvalidEntry, match="không có bài kiểm tra"):
        actions.save_supplementary_results(
            assessment=assessment,
            subjects={"dao_duc": LaterSubject("H", 6)},
            traits={},
            by=in_july.ngoc,
        )


def test_the_later_result_is_derived_from_both(reassessed: SupplementaryAssessment) -> None:
    assert later_result(reassessed).outcome == YearOutcome.COMPLETED


def test_without_a_later_result_there_is_none_to_derive(planned: SupplementaryAssessment) -> None:
    """What is assessed again does not count as it was before."""
    result = later_result(planned)
    assert result.outcome == YearOutcome.INCOMPLETE
    assert {missing.code for missing in result.missing} == {"toan"}
