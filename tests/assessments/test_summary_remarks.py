"""What stands under "Ghi chú", of pupils whom no database knows."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.grids import StoredCell
from assessments.summary_sheets.remarks import remarks_of
from rulesets import get_ruleset
from schools.models import SchoolYear
from students.models import Enrollment, Student
from students.models.enrollment import EntryReason, ExitReason

BEGINS = datetime.date(2026, 9, 5)
OCTOBER, FEBRUARY = datetime.date(2026, 10, 12), datetime.date(2027, 2, 1)
YEAR = SchoolYear(first_year=2026, starts_on=BEGINS, ruleset_key="tt27")
TT27 = get_ruleset("tt27")
CODES = [subject.code for subject in TT27.subjects]

EXEMPT = {"level": StoredCell("M"), "exemption_reason": StoredCell("Bệnh tim")}
RETESTED = {"level": StoredCell("T"), "score": StoredCell(10, earlier=(4,))}
PLAIN = {"level": StoredCell("T"), "score": StoredCell(10)}


def pupil(*, disability: str = "", has_plan: bool = False, **facts: Any) -> Enrollment:
    student = Student(full_name="Lê Minh Anh", disability=disability)
    enrollment = Enrollment(student=student, **{"enrolled_on": BEGINS, **facts})
    enrollment.has_plan = has_plan  # type: ignore[attr-defined]
    return enrollment


def said(enrollment: Enrollment, *, shown: bool = True, **subjects: dict[str, StoredCell]) -> str:
    return remarks_of(enrollment, subjects, YEAR, shows_disability=shown)


def test_of_most_pupils_nothing_is_particular() -> None:
    assert said(pupil(), toan=PLAIN, tieng_viet=PLAIN) == ""


# Disability (Điều 8)


def test_an_individual_plan_says_it_too() -> None:
    assert said(pupil(has_plan=True)) == "Học sinh khuyết tật"


def test_an_individual_plan_is_no_secret_kept_from_whoever_may_know_alone() -> None:
    assert said(pupil(has_plan=True), shown=False) == ""


def test_several_signs_of_it_say_it_once() -> None:
    both = pupil(disability="Khiếm thị", has_plan=True, is_not_assessed=True)
    assert said(both) == "Học sinh khuyết tật; Không đánh giá"


def test_a_pupil_of_whom_no_plan_was_looked_for_has_none() -> None:
    enrollment = Enrollment(student=Student(), enrolled_on=BEGINS)
    assert said(enrollment) == ""


@given(disability=st.text(min_size=3, max_size=40).filter(lambda words: words.strip()))
def test_which_one_it_is_is_never_said(disability: str) -> None:
    assert said(pupil(disability=disability)) == "Học sinh khuyết tật"
    assert said(pupil(disability=disability), shown=False) == ""


# Exemptions and retests


def test_several_subjects_stand_in_one_remark_by_their_short_names() -> None:
    found = said(pupil(), giao_duc_the_chat=EXEMPT, am_nhac=EXEMPT, toan=PLAIN)
    assert found.startswith("Miễn học GDTC, ")
    assert found.count("Miễn học") == 1


def test_the_reason_of_an_exemption_is_never_said() -> None:
    assert "Bệnh tim" not in said(pupil(), giao_duc_the_chat=EXEMPT)


def test_a_level_that_nobody_entered_is_no_exemption() -> None:
    assert said(pupil(), toan={"level": StoredCell(None)}, am_nhac={}) == ""


def test_who_took_a_test_once_took_none_again() -> None:
    assert said(pupil(), toan={"score": StoredCell(4, earlier=())}) == ""


def test_exempt_from_one_and_tested_again_in_another_are_two_remarks() -> None:
    assert said(pupil(), toan=RETESTED, giao_duc_the_chat=EXEMPT) == (
        "Miễn học GDTC; Kiểm tra lại Toán"
    )


@given(exempt=st.sets(st.sampled_from(CODES)), retested=st.sets(st.sampled_from(CODES)))
def test_every_subject_is_named_where_it_belongs(exempt: set[str], retested: set[str]) -> None:
    cells = {code: RETESTED for code in CODES if code in retested}
    cells |= {code: EXEMPT for code in CODES if code in exempt}
    found = said(pupil(), **cells)
    names = {code: TT27.subject(code).short_name for code in CODES}
    parts = dict(part.split(" ", 2)[0::2] for part in found.split("; ") if part)
    wanted = {"Miễn": exempt, "Kiểm": retested - exempt}
    for word, codes in wanted.items():
        listed = parts.get(word, "").removeprefix("lại ")
        expected = ", ".join(str(names[code]) for code in cells if code in codes)
        assert listed == expected


# Joining and leaving


@pytest.mark.parametrize("day", [BEGINS, BEGINS - datetime.timedelta(days=20)])
def test_who_is_there_from_the_first_day_has_not_joined(day: datetime.date) -> None:
    assert said(pupil(enrolled_on=day)) == ""


def test_who_came_the_day_after_has() -> None:
    assert said(pupil(enrolled_on=BEGINS + datetime.timedelta(days=1))) == "Vào lớp 06/09/2026"


def test_who_was_transferred_in_the_summer_is_said_to_be() -> None:
    """Whatever the day: another school has her earlier results."""
    came = pupil(entry_reason=EntryReason.TRANSFERRED_IN)
    assert said(came) == "Chuyển đến 05/09/2026"


def test_who_came_and_left_again_has_both_days() -> None:
    passing = pupil(
        enrolled_on=OCTOBER,
        entry_reason=EntryReason.TRANSFERRED_IN,
        ended_on=FEBRUARY,
        exit_reason=ExitReason.TRANSFERRED_OUT,
    )
    assert said(passing) == "Chuyển đến 12/10/2026; Chuyển đi 01/02/2027"


def test_a_reason_to_leave_without_a_day_is_none() -> None:
    assert said(pupil(exit_reason=ExitReason.WITHDRAWN)) == ""


def test_remarks_stand_in_one_order() -> None:
    everything = pupil(
        disability="Khiếm thị",
        is_not_assessed=True,
        enrolled_on=OCTOBER,
        entry_reason=EntryReason.READMITTED,
        ended_on=FEBRUARY,
        exit_reason=ExitReason.WITHDRAWN,
    )
    assert said(everything, toan=RETESTED, giao_duc_the_chat=EXEMPT).split("; ") == [
        "Học sinh khuyết tật",
        "Không đánh giá",
        "Miễn học GDTC",
        "Kiểm tra lại Toán",
        "Học lại từ 12/10/2026",
        "Thôi học 01/02/2027",
    ]
