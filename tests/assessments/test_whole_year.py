"""A multi-grade class with every special case goes through a whole school year.

Lớp 3-4 of Ms Ngọc. Grade 4: Anh, whom nothing ails; H'Hen, exempt from physical education; Đức,
whom a decision takes out of assessment; Lan, who joins in February; Nam, who leaves in April.
Grade 3: Mai, whose tests are repeated; Tú, who repeats the year and does not complete it at first.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine

from assessments import actions
from assessments.completeness import expectations
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SignOff, SupplementaryAssessment
from assessments.roster import roster
from assessments.workflow import Status
from reportcards.academic_record import years_of_class
from reportcards.documents.paper_book import year_of
from reportcards.documents.paper_form import YearPages, YearState
from rulesets import Period, YearOutcome
from students.actions import end_enrollments, settle_assessment
from students.changes import Departure
from students.models import Enrollment, ExitReason
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.summaries import only_grade, sheet_of
from tests.assessments.year_ends import PLAN, decision_of
from tests.cast import Cast

DAYS = {
    Period.MID_TERM_1: datetime.date(2026, 11, 2),
    Period.END_TERM_1: datetime.date(2027, 1, 4),
    Period.MID_TERM_2: datetime.date(2027, 3, 15),
    Period.END_YEAR: datetime.date(2027, 5, 20),
}
FEBRUARY, APRIL = datetime.date(2027, 2, 10), datetime.date(2027, 4, 20)
JULY, AUGUST = datetime.date(2027, 7, 20), datetime.date(2027, 8, 1)


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    noon = datetime.datetime.combine(day, datetime.time(5), datetime.UTC)
    with time_machine.travel(noon, tick=False):
        yield


class Year:
    """The class and its pupils, and what happens to them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.school_class = factories.make_class(cast.school_year, "3-4", (3, 4))
        factories.assign_homeroom(self.school_class, cast.ngoc)
        assign_every_subject(self.school_class, cast.ngoc)
        self.anh, self.hhen, self.duc, self.nam = (
            self._pupil(name, 4)
            for name in ("Đỗ Minh Anh", "H'Hen Êban", "Lê Trí Đức", "Vũ Hoài Nam")
        )
        self.mai, self.tu = (self._pupil(name, 3) for name in ("Hồ Thị Mai", "Y Tú Niê"))
        self.lan: Enrollment | None = None

    def _pupil(self, name: str, grade_level: int, **fields: object) -> Enrollment:
        return factories.enroll(
            factories.make_student(name), self.school_class, grade_level=grade_level, **fields
        )

    def class_period(self, period: str) -> ClassPeriod:
        return ClassPeriod.objects.get(school_class=self.school_class, period=period)

    def record_of(self, pupil: Enrollment, period: str) -> PeriodRecord:
        return PeriodRecord.objects.select_related(
            "class_period__school_class__school_year", "enrollment__student"
        ).get(enrollment=pupil, class_period__period=period)

    def fill(self, period: Period) -> None:
        fill_class(self.school_class, period, homeroom=self.cast.ngoc)
        exempt = {"level": ("T", "M"), "exemption_reason": ("", "Em mổ tim")}
        self.edit(period, "giao_duc_the_chat", self.hhen, **exempt)

    def edit(
        self, period: Period, subject: str, pupil: Enrollment, **edits: tuple[object, object]
    ) -> None:
        actions.save_subject_results(
            school_class=self.school_class,
            period=period,
            subject_code=subject,
            rows=[RowEdit(pupil.pk, {name: Edit(*edit) for name, edit in edits.items()})],
            by=self.cast.ngoc,
        )

    def sign(self, period: Period) -> None:
        class_period = actions.submit_class_period(
            school_class=self.school_class, period=period, by=self.cast.ngoc
        )
        actions.sign_off_class_period(class_period=class_period, by=self.cast.hanh)

    def repeat_test(self, period: Period, score: int, taken_on: datetime.date) -> None:
        retest = actions.propose_retest(
            record=self.record_of(self.mai, period),
            subject_code="toan",
            reason="Hằng ngày em làm tốt",
            by=self.cast.ngoc,
        )
        actions.agree_to_retest(retest=retest, by=self.cast.hanh)
        actions.enter_retest_score(retest=retest, score=score, taken_on=taken_on, by=self.cast.ngoc)

    def run_first_term(self) -> None:
        with on(DAYS[Period.MID_TERM_1] - datetime.timedelta(days=3)):
            settle_assessment(
                enrollment=self.duc,
                is_not_assessed=True,
                decided_on=DAYS[Period.MID_TERM_1] - datetime.timedelta(days=5),
                decision="Quyết định 12/QĐ-THKĐ",
                by=self.cast.hanh,
            )
        with on(DAYS[Period.MID_TERM_1]):
            self.fill(Period.MID_TERM_1)
            self.sign(Period.MID_TERM_1)
        with on(DAYS[Period.END_TERM_1]):
            self.fill(Period.END_TERM_1)
            self.edit(Period.END_TERM_1, "toan", self.mai, score=(9, 3))
            self.repeat_test(Period.END_TERM_1, 8, DAYS[Period.END_TERM_1])
            self.sign(Period.END_TERM_1)

    def run_second_term(self) -> None:
        with on(FEBRUARY):
            self.lan = self._pupil("Mai Thu Lan", 4, enrolled_on=FEBRUARY)
        with on(DAYS[Period.MID_TERM_2]):
            self.fill(Period.MID_TERM_2)
            self.sign(Period.MID_TERM_2)
        with on(APRIL):
            end_enrollments(
                departures=[Departure(self.nam, APRIL, ExitReason.TRANSFERRED_OUT)],
                by=self.cast.tam.acting_user,
            )
        with on(DAYS[Period.END_YEAR]):
            self.fill(Period.END_YEAR)
            self.edit(Period.END_YEAR, "toan", self.mai, score=(9, 4))
            self.repeat_test(Period.END_YEAR, 9, DAYS[Period.END_YEAR])
            self.edit(Period.END_YEAR, "toan", self.tu, level=("T", "C"), score=(9, 4))
            actions.confirm_year_decisions(school_class=self.school_class, by=self.cast.ngoc)
            self.sign(Period.END_YEAR)

    def run_summer(self) -> SupplementaryAssessment:
        with on(JULY):
            assessment = actions.plan_supplementary_assessment(
                enrollment=self.tu,
                plan=PLAN,
                subject_codes=["toan"],
                trait_codes=[],
                by=self.cast.ngoc,
            )
            actions.save_supplementary_results(
                assessment=assessment,
                subjects={"toan": actions.LaterSubject("H", 5)},
                traits={},
                by=self.cast.ngoc,
            )
            actions.submit_supplementary_assessment(assessment=assessment, by=self.cast.ngoc)
        with on(AUGUST):
            return actions.decide_supplementary_assessment(
                assessment=assessment, is_promoted=True, by=self.cast.hanh
            )


@pytest.fixture
def year(cast: Cast) -> Year:
    year = Year(cast)
    year.run_first_term()
    year.run_second_term()
    return year


def pages_of(year: Year) -> dict[str, YearPages]:
    with on(AUGUST):
        return {
            content.enrollment.student.full_name: year_of(content.body)
            for content in years_of_class(year.school_class)
        }


def test_every_period_holds_those_who_were_there(year: Year) -> None:
    counts = {
        period: SignOff.objects.in_force()
        .filter(record__class_period=year.class_period(period))
        .count()
        for period in DAYS
    }
    assert counts == {
        Period.MID_TERM_1: 6,
        Period.END_TERM_1: 6,
        Period.MID_TERM_2: 7,  # with Lan
        Period.END_YEAR: 6,  # without Nam
    }
    assert {year.class_period(period).status for period in DAYS} == {Status.SIGNED_OFF}


def test_each_grade_owes_its_own(year: Year) -> None:
    third, fourth = (expectations(year.school_class, Period.END_YEAR)[grade] for grade in (3, 4))
    assert "tu_nhien_va_xa_hoi" in third.subjects
    assert {"khoa_hoc", "lich_su_va_dia_li"} <= set(fourth.subjects)
    assert "khoa_hoc" not in third.tested


def test_each_pupil_has_the_result_that_is_hers(year: Year) -> None:
    results = {
        pupil.student.full_name: (
            decision_of(pupil).confirmed_result,
            decision_of(pupil).is_promoted,
        )
        for pupil in (year.anh, year.hhen, year.lan, year.mai, year.tu)
        if pupil
    }
    assert results == {
        "Đỗ Minh Anh": (YearOutcome.EXCELLENT, True),
        "H'Hen Êban": (YearOutcome.EXCELLENT, True),  # exempt: neither for nor against her
        "Mai Thu Lan": (YearOutcome.EXCELLENT, True),
        "Hồ Thị Mai": (YearOutcome.EXCELLENT, True),  # by the last attempt, 9 and not 4
        "Y Tú Niê": (YearOutcome.NOT_COMPLETED, None),
    }


def test_who_is_not_assessed_and_who_left_have_no_decision(year: Year) -> None:
    for pupil in (year.duc, year.nam):
        assert not hasattr(Enrollment.objects.get(pk=pupil.pk), "year_decision")


def test_the_summary_sheets_hold_each_grade_apart(year: Year) -> None:
    with on(DAYS[Period.END_YEAR]):
        third, fourth = sheet_of(year.school_class, Period.END_YEAR).grades
    assert (third.form_number, fourth.form_number) == (6, 9)
    assert [row.texts[1] for row in third.rows] == ["Hồ Thị Mai", "Y Tú Niê"]
    names = [row.texts[1] for row in fourth.rows]
    assert names == ["Đỗ Minh Anh", "Lê Trí Đức", "H'Hen Êban", "Mai Thu Lan"]
    remarks = {row.texts[1]: row.texts[-1] for row in (*third.rows, *fourth.rows)}
    assert "Miễn học GDTC" in str(remarks["H'Hen Êban"])
    assert "không đánh giá" in str(remarks["Lê Trí Đức"]).lower()


def test_each_card_is_printed_as_it_was_signed(year: Year) -> None:
    pages = pages_of(year)
    assert {page.state for page in pages.values()} == {YearState.SIGNED_OFF}
    gym = next(row for row in pages["H'Hen Êban"].subjects if row.name == "Giáo dục thể chất")
    assert gym.level == "Miễn"
    assert pages["Lê Trí Đức"].outcome == pages["Lê Trí Đức"].completion == ""
    assert pages["Y Tú Niê"].completion == "Chưa hoàn thành chương trình lớp 3."
    maths = next(row for row in pages["Hồ Thị Mai"].subjects if row.name == "Toán")
    assert maths.score == "9"


def test_the_summer_completes_the_year(year: Year) -> None:
    decided = year.run_summer()
    assert (decided.has_completed, decided.is_promoted) == (True, True)
    assert pages_of(year)["Y Tú Niê"].completion == (
        "Hoàn thành chương trình lớp 3; Được lên lớp 4."
    )
    with on(AUGUST):
        sheet = sheet_of(year.school_class, Period.END_YEAR, grade_level=3)
    [row] = [row for row in only_grade(sheet).rows if row.texts[1] == "Y Tú Niê"]
    assert row.texts[-2] == ""  # "Chưa được lên lớp" is crossed no more


def test_after_the_summer_nothing_waits_for_anybody(year: Year) -> None:
    year.run_summer()
    with on(AUGUST):
        assert not ClassPeriod.objects.awaiting_sign_off().exists()
        assert (
            not PeriodRecord.objects.filter(class_period__school_class=year.school_class)
            .exclude(status=Status.SIGNED_OFF)
            .exists()
        )
        assert roster(year.school_class, Period.END_YEAR).count() == 6
