"""Completion and promotion (Điều 11 as domain.md, 1.7, restates it): each sentence has a case."""

import pytest
from django.db import IntegrityError, transaction

from assessments import actions
from assessments.errors import InvalidEntry
from assessments.models import SignOff, SupplementaryAssessment, YearDecision
from assessments.supplementary import not_completed
from assessments.supplementary_page import decision_sentence
from assessments.workflow import Status
from audit.errors import NotPermitted
from rulesets import YearOutcome
from students.models import Enrollment
from tests import factories
from tests.assessments import states, year_ends
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.year_ends import END_YEAR, PLAN, decision_of
from tests.cast import Cast


def fifth_grader(cast: Cast, score: int) -> Enrollment:
    """In 5A, signed off with this score in every test."""
    school_class = factories.make_class(cast.school_year, "5A", (5,))
    factories.assign_homeroom(school_class, cast.suong)
    assign_every_subject(school_class, cast.suong)
    pupil = factories.enroll(factories.make_student("Lê Bảo Châu"), school_class)
    fill_class(school_class, END_YEAR, homeroom=cast.suong, score=score)
    class_period = actions.submit_class_period(
        school_class=school_class, period=END_YEAR, by=cast.suong
    )
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    return pupil


def fifth_graders_summer(cast: Cast, score: int) -> SupplementaryAssessment:
    """She lacked everything; after the summer she has this score in Toán, and had 4 before."""
    pupil = fifth_grader(cast, score=4)
    subjects = ["tieng_viet", "toan", "ngoai_ngu_1", "lich_su_va_dia_li", "khoa_hoc"]
    subjects += ["tin_hoc", "cong_nghe"]
    assessment = actions.plan_supplementary_assessment(
        enrollment=pupil, plan=PLAN, subject_codes=subjects, trait_codes=[], by=cast.suong
    )
    actions.save_supplementary_results(
        assessment=assessment,
        subjects={code: actions.LaterSubject("H", score) for code in subjects},
        traits={},
        by=cast.suong,
    )
    return actions.submit_supplementary_assessment(
        assessment=assessment, case_reason="Em ốm" if score < 5 else "", by=cast.suong
    )


@pytest.mark.parametrize("score", [9, 7, 5])
def test_whoever_is_excellent_good_or_completed_has_completed_the_classs_programme(
    in_may: Cast, score: int
) -> None:
    """Đạt HTXS/HTT/HT → "xác nhận hoàn thành chương trình lớp học" """
    assign_every_subject(in_may.school_class, in_may.ngoc)
    fill_class(
        in_may.school_class,
        END_YEAR,
        homeroom=in_may.ngoc,
        teachers={"ngoai_ngu_1": in_may.binh},
        score=score,
    )
    decision = decision_of(in_may.anh)
    assert (decision.has_completed, decision.is_promoted) == (True, True)


def test_otherwise_the_teacher_makes_a_plan_helps_and_assesses_again(in_july: Cast) -> None:
    """Otherwise the teacher makes a plan, helps, and assesses again (đánh giá bổ sung)"""
    assert list(not_completed()) == [in_july.anh]
    assessment = year_ends.plan(in_july)
    assert assessment.plan == PLAN
    year_ends.save_later(in_july, assessment, level="H", score=6)
    handed_in = actions.submit_supplementary_assessment(assessment=assessment, by=in_july.ngoc)
    assert handed_in.derived_result == YearOutcome.COMPLETED


def test_the_rest_of_the_class_does_not_wait(in_may: Cast) -> None:
    class_period = year_ends.signed_off(in_may)
    assert class_period.status == Status.SIGNED_OFF
    assert SignOff.objects.in_force().count() == 3
    assert decision_of(in_may.duc).is_promoted
    assert decision_of(in_may.anh).is_promoted is None


def test_still_not_complete_the_teacher_lists_the_pupil_to_the_principal(in_july: Cast) -> None:
    """Still not complete → the teacher lists the pupil to the hiệu trưởng"""
    assessment = year_ends.plan(in_july)
    year_ends.save_later(in_july, assessment, level="C", score=4)
    with pytest.raises(InvalidEntry):
        actions.submit_supplementary_assessment(assessment=assessment, by=in_july.ngoc)
    actions.submit_supplementary_assessment(
        assessment=assessment, case_reason="Em ốm dài ngày", by=in_july.ngoc
    )


@pytest.mark.parametrize("promoted", [True, False])
def test_the_principal_decides_promotion_case_by_case(in_may: Cast, promoted: bool) -> None:
    """… decides được lên lớp or chưa được lên lớp case by case"""
    assessment = year_ends.put_forward_incomplete(in_may)
    decide = {"assessment": assessment, "is_promoted": promoted, "reason": "Kèm thêm"}
    with pytest.raises(NotPermitted):
        actions.decide_supplementary_assessment(**decide, by=in_may.ngoc)
    decided = actions.decide_supplementary_assessment(**decide, by=in_may.hanh)
    assert decided.is_promoted is promoted


def test_not_completed_and_promoted_is_a_legal_pair(in_may: Cast) -> None:
    """ "Chưa hoàn thành chương trình" + "Được lên lớp" is a legal combination"""
    assessment = year_ends.put_forward_incomplete(in_may)
    decided = actions.decide_supplementary_assessment(
        assessment=assessment, is_promoted=True, reason="Kèm thêm", by=in_may.hanh
    )
    assert decision_sentence(decided) == "Chưa hoàn thành chương trình lớp 4; Được lên lớp"


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4])
def test_completed_and_not_promoted_is_refused_by_the_database(
    in_may: Cast, grade_level: int
) -> None:
    """Refused by constraint: complete in grades 1-4 and not promoted"""
    year_ends.confirmed(in_may)
    decisions = YearDecision.objects.filter(enrollment=in_may.duc)
    decisions.update(grade_level=grade_level)
    for promoted in (False, None):
        with (
            pytest.raises(IntegrityError, match="completed_is_promoted"),
            transaction.atomic(),
        ):
            decisions.update(is_promoted=promoted)


@pytest.mark.parametrize("has_completed", [True, False])
def test_promotion_in_grade_5_is_refused_by_the_database(in_may: Cast, has_completed: bool) -> None:
    """Refused by constraint: incomplete in grade 5 and promoted; "được lên lớp" does not apply"""
    pupil = fifth_grader(in_may, score=9 if has_completed else 4)
    record = in_may.school_year.classes.get(name="5A").class_periods.get().records.get()
    actions.reopen_record(record=record, reason="Thử", by=in_may.hanh)
    decisions = YearDecision.objects.filter(enrollment=pupil)
    with pytest.raises(IntegrityError, match="last_grade_not_promoted"), transaction.atomic():
        decisions.update(is_promoted=True)


def test_grade_5_complete_the_principal_confirms_the_primary_programme(in_may: Cast) -> None:
    """Lớp 5 complete → the principal confirms Hoàn thành chương trình tiểu học"""
    decision = decision_of(fifth_grader(in_may, score=9))
    assert (decision.has_completed, decision.is_promoted) == (True, None)
    assert decision.signed_off_by == in_may.hanh.user


def test_grade_5_after_the_summer_completes_and_is_not_promoted(in_may: Cast) -> None:
    assessment = fifth_graders_summer(in_may, score=5)
    with pytest.raises(InvalidEntry, match="không lên lớp"):
        actions.decide_supplementary_assessment(
            assessment=assessment, is_promoted=True, by=in_may.hanh
        )
    decided = actions.decide_supplementary_assessment(
        assessment=assessment, is_promoted=None, by=in_may.hanh
    )
    assert decision_sentence(decided) == "Hoàn thành chương trình tiểu học"


def test_grade_5_still_lacking_is_decided_with_a_reason(in_may: Cast) -> None:
    assessment = fifth_graders_summer(in_may, score=4)
    decided = actions.decide_supplementary_assessment(
        assessment=assessment, is_promoted=None, reason="Em học lại", by=in_may.hanh
    )
    assert decision_sentence(decided) == "Chưa hoàn thành chương trình tiểu học"


def test_the_deadlines_are_the_departments(cast: Cast) -> None:
    """normal data locked by 30/6, pupils needing supplementary assessment by 15/8"""
    department = cast.school.department
    assert department.year_due_on(2026).isoformat() == "2027-06-30"
    assert department.supplementary_due_on(2026).isoformat() == "2027-08-15"


def test_a_pupil_who_is_not_assessed_needs_no_result(in_may: Cast) -> None:
    """ "khuyết tật không đánh giá" → levels and xếp loại not required"""
    Enrollment.objects.filter(pk=in_may.duc.pk).update(is_not_assessed=True)
    year_ends.confirmed(in_may)
    assert not YearDecision.objects.filter(enrollment=in_may.duc).exists()
    class_period = states.submit(in_may, END_YEAR)
    actions.sign_off_class_period(class_period=class_period, by=in_may.hanh)
    payload = SignOff.objects.in_force().get(record__enrollment=in_may.duc).payload
    assert payload["is_not_assessed"]
    assert payload["year_decision"] is None
    assert not not_completed().filter(pk=in_may.duc.pk).exists()
