"""The year's end and the summer of grade 5, of a class of two grades, and of a special class."""

from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.urls import reverse

from assessments import actions
from assessments.actions import LaterSubject
from assessments.errors import InvalidEntry
from assessments.merge import Edit, RowEdit
from assessments.models import SignOff, SupplementaryAssessment, YearDecision
from assessments.supplementary import (
    Reassessed,
    first_result,
    later_result,
    shortfalls,
    summer_cases,
)
from assessments.year_results import year_results
from rulesets import TT27, Period, YearOutcome
from schools.models import SchoolClass
from schools.models.classes import ClassKind
from students.models import Enrollment
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.year_ends import END_YEAR, PLAN, decision_of
from tests.cast import Cast
from tests.pages import client_of

KIND = "Em đã tiến bộ."


@dataclass
class OtherClass:
    """Ms Sương's, signed; the last of `pupils` has C and 3 in Toán."""

    cast: Cast
    school_class: SchoolClass
    pupils: list[Enrollment]

    @property
    def pupil(self) -> Enrollment:
        return self.pupils[-1]

    def plan(self, *subject_codes: str, traits: tuple[str, ...] = ()) -> SupplementaryAssessment:
        return actions.plan_supplementary_assessment(
            enrollment=self.pupil,
            plan=PLAN,
            subject_codes=subject_codes,
            trait_codes=traits,
            by=self.cast.suong,
        )

    def save(self, assessment: SupplementaryAssessment, level: str, score: int) -> None:
        actions.save_supplementary_results(
            assessment=assessment,
            subjects={"toan": LaterSubject(level, score, KIND)},
            traits={},
            by=self.cast.suong,
        )

    def put_forward(self, *, level: str, score: int) -> SupplementaryAssessment:
        assessment = self.plan("toan")
        self.save(assessment, level, score)
        reason = "" if level == "H" else "Em ốm dài ngày"
        return actions.submit_supplementary_assessment(
            assessment=assessment, case_reason=reason, by=self.cast.suong
        )

    def decide(
        self, assessment: SupplementaryAssessment, promoted: bool | None, reason: str = ""
    ) -> SupplementaryAssessment:
        return actions.decide_supplementary_assessment(
            assessment=assessment, is_promoted=promoted, reason=reason, by=self.cast.hanh
        )


def signed(cast: Cast, name: str, grades: tuple[int, ...], **fields: object) -> OtherClass:
    """One pupil of each grade."""
    school_class = factories.make_class(cast.school_year, name, grades, **fields)
    factories.assign_homeroom(school_class, cast.suong)
    assign_every_subject(school_class, cast.suong)
    pupils = [
        factories.enroll(factories.make_student(f"Lò Thị {grade}"), school_class, grade_level=grade)
        for grade in grades
    ]
    fill_class(school_class, END_YEAR, homeroom=cast.suong)
    actions.save_subject_results(
        school_class=school_class,
        period=END_YEAR,
        subject_code="toan",
        rows=[RowEdit(pupils[-1].pk, {"level": Edit("T", "C"), "score": Edit(9, 3)})],
        by=cast.suong,
    )
    actions.confirm_year_decisions(school_class=school_class, by=cast.suong)
    class_period = actions.submit_class_period(
        school_class=school_class, period=END_YEAR, by=cast.suong
    )
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    return OtherClass(cast, school_class, pupils)


@pytest.fixture
def last_grade(in_may: Cast) -> OtherClass:
    return signed(in_may, "5A", (5,))


@pytest.fixture
def two_grades(in_may: Cast) -> OtherClass:
    return signed(in_may, "Ghép 1-3", (1, 3))


@pytest.fixture
def special(in_may: Cast) -> OtherClass:
    return signed(in_may, "Lớp CB", (2,), kind=ClassKind.SPECIAL)


def url_of(name: str, assessment: SupplementaryAssessment) -> str:
    return reverse(f"supplementary_{name}", args=[assessment.pk])


def page_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def plan_page(other: OtherClass) -> str:
    url = reverse("supplementary_plan", args=[other.school_class.pk, other.pupil.pk])
    return page_of(client_of(other.cast, "suong").get(url))


# Grade 5


def test_who_completes_grade_5_in_summer_completes_primary_school(last_grade: OtherClass) -> None:
    decided = last_grade.decide(last_grade.put_forward(level="H", score=5), None)
    assert (decided.has_completed, decided.is_promoted) == (True, None)


def test_who_still_lacks_in_grade_5_is_decided_upon_with_a_reason_alone(
    last_grade: OtherClass,
) -> None:
    assessment = last_grade.put_forward(level="C", score=3)
    with pytest.raises(InvalidEntry, match="lý do"):
        last_grade.decide(assessment, None)
    decided = last_grade.decide(assessment, None, "Học lại lớp 5")
    assert (decided.has_completed, decided.is_promoted) == (False, None)


@pytest.mark.parametrize("promoted", [True, False])
def test_nobody_of_grade_5_is_promoted_or_held_back(last_grade: OtherClass, promoted: bool) -> None:
    assessment = last_grade.put_forward(level="H", score=5)
    with pytest.raises(InvalidEntry, match="Khối 5"):
        last_grade.decide(assessment, promoted)


@pytest.mark.parametrize(
    ("level", "typed", "sentence"),
    [
        ("H", {}, "Hoàn thành chương trình tiểu học"),
        ("C", {"reason": "Học lại lớp 5"}, "Chưa hoàn thành chương trình tiểu học"),
    ],
)
def test_the_page_says_primary_school_and_nothing_of_promotion(
    last_grade: OtherClass, level: str, typed: dict[str, str], sentence: str
) -> None:
    assessment = last_grade.put_forward(level=level, score=5 if level == "H" else 3)
    client = client_of(last_grade.cast, "hanh")
    assert 'name="is_promoted"' not in page_of(client.get(url_of("decide", assessment)))
    page = page_of(client.post(url_of("decide", assessment), typed, follow=True))
    assert sentence in page
    assert "được lên lớp" not in page.lower()


def test_what_is_signed_of_grade_5_says_nothing_of_promotion(last_grade: OtherClass) -> None:
    last_grade.decide(last_grade.put_forward(level="H", score=5), None)
    payload = (
        SignOff.objects.in_force()
        .get(
            record__enrollment=last_grade.pupil,
            record__class_period__period=Period.SUPPLEMENTARY,
        )
        .payload
    )
    assert payload["year_decision"]["has_completed"] is True
    assert payload["year_decision"]["is_promoted"] is None


# Two grades in one class


def test_each_pupil_is_confirmed_by_the_rule_of_her_grade(two_grades: OtherClass) -> None:
    younger, older = two_grades.pupils
    assert decision_of(younger).grade_level == 1
    assert decision_of(younger).confirmed_result == YearOutcome.EXCELLENT
    assert decision_of(older).grade_level == 3
    assert decision_of(older).confirmed_result == YearOutcome.NOT_COMPLETED


def test_only_who_has_not_completed_has_a_summer(two_grades: OtherClass) -> None:
    cases = summer_cases(two_grades.school_class)
    assert [case.enrollment for case in cases] == [two_grades.pupil]


def test_a_plan_offers_what_her_grade_learns(two_grades: OtherClass) -> None:
    """Grade 3 has English and Informatics, grade 1 need not."""
    page = plan_page(two_grades)
    assert 'value="ngoai_ngu_1"' in page
    assert 'value="tin_hoc"' in page
    [younger, _older] = two_grades.pupils
    own = {subject.code for subject in TT27.compulsory_subjects(younger.grade_level)}
    assert "ngoai_ngu_1" not in own


def test_the_summer_of_one_grade_bears_its_number(two_grades: OtherClass) -> None:
    decided = two_grades.decide(two_grades.put_forward(level="H", score=5), True)
    assert decided.grade_level == 3
    page = page_of(client_of(two_grades.cast, "suong").get(url_of("assessment", decided)))
    assert "Hoàn thành chương trình lớp 3; Được lên lớp" in page


def test_the_younger_pupils_year_stays_as_it_was(two_grades: OtherClass) -> None:
    younger, _older = two_grades.pupils
    before = YearDecision.objects.filter(enrollment=younger).values().get()
    two_grades.decide(two_grades.put_forward(level="H", score=5), True)
    assert YearDecision.objects.filter(enrollment=younger).values().get() == before


# A special class


def test_a_special_class_is_judged_by_two_subjects(special: OtherClass) -> None:
    [year] = year_results(special.school_class)
    assert {reason.params["subject"] for reason in year.derived.reasons} == {"toan"}
    assert year.derived.missing == ()


def test_her_plan_begins_with_what_she_lacked(special: OtherClass) -> None:
    first = first_result(special.school_class, special.pupil)
    assert shortfalls(TT27, first) == Reassessed(("toan",), ())


def test_her_plan_offers_the_two_subjects_and_no_other(special: OtherClass) -> None:
    page = plan_page(special)
    offered = {s.code for s in TT27.subjects if f'name="subject_codes" value="{s.code}"' in page}
    assert offered == {"tieng_viet", "toan"}


def test_a_subject_that_a_special_class_is_not_assessed_in_is_no_content(
    special: OtherClass,
) -> None:
    with pytest.raises(InvalidEntry, match="chương trình của em"):
        special.plan("am_nhac")


def test_she_completes_with_a_second_test_in_summer(special: OtherClass) -> None:
    assessment = special.put_forward(level="H", score=5)
    assert later_result(assessment).outcome == YearOutcome.COMPLETED
    assert special.decide(assessment, True).has_completed


def test_a_level_alone_is_not_enough_where_a_test_is_due(special: OtherClass) -> None:
    assessment = special.plan("toan")
    actions.save_supplementary_results(
        assessment=assessment,
        subjects={"toan": LaterSubject("H")},
        traits={},
        by=special.cast.suong,
    )
    [missing] = later_result(assessment).missing
    assert (missing.kind, missing.code) == ("test_score", "toan")
