"""What a class's summary sheet says of its pupils, beyond the grid of its form."""

import datetime

import pytest
from django.utils import timezone

from assessments.models import (
    ClassPeriod,
    Commendation,
    PeriodRecord,
    Retest,
    SubjectResult,
    TestScore,
    YearDecision,
)
from assessments.retest_workflow import RetestStatus
from assessments.summary_sheets.rows import is_not_promoted
from assessments.summary_sheets.sheet import GradeSheet
from rulesets import Period, Ruleset, YearOutcome
from schools.models import SubjectOffering
from schools.models.classes import ClassKind
from students.models import Enrollment, Transfer
from students.models.enrollment import EntryReason, ExitReason
from tests import factories
from tests.assessments import states, year_ends
from tests.assessments.summaries import (
    cell_of,
    class_of_grade,
    columns_and_cells,
    enter_everything,
    only_grade,
    sheet_of,
)
from tests.assessments.test_models import AWARDED, LETTER
from tests.cast import Cast
from tests.reportcards.year_ends import decide_year
from tests.rows import saved_row
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]

TERM, YEAR = Period.END_TERM_1, Period.END_YEAR
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Nguyễn Phương Khánh Linh Thảo Nguyên"


def sheet_of_4a(cast: Cast, period: str = TERM, **options) -> GradeSheet:
    return only_grade(sheet_of(cast.school_class, period, **options))


def headings(grade: GradeSheet) -> list[str]:
    return [path for path, _text in columns_and_cells(grade)]


def names(grade: GradeSheet) -> list[str]:
    return [str(row.texts[1]) for row in grade.rows]


def remark(cast: Cast, **options) -> str:
    """Anh's."""
    return cell_of(sheet_of_4a(cast, **options), "Ghi chú")


def change(pupil: Enrollment, **fields) -> None:
    Enrollment.objects.filter(pk=pupil.pk).update(**fields)


# Pupils


def test_pupils_stand_in_roll_order_and_are_numbered(cast: Cast) -> None:
    grade = sheet_of_4a(cast)
    assert names(grade) == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]
    assert [row.texts[0] for row in grade.rows] == [1, 2, 3]


def test_what_nobody_has_entered_is_empty(cast: Cast) -> None:
    [row, *_others] = sheet_of_4a(cast).rows
    assert row.texts == (1, "Lê Minh Anh", *[""] * (len(row.texts) - 2))


def test_a_class_without_pupils_has_its_columns_and_no_row(cast: Cast) -> None:
    grade = only_grade(sheet_of(class_of_grade(cast, 2)))
    assert grade.rows == ()
    assert len(grade.header) == 4


def test_a_name_of_sixty_letters_stands_whole(cast: Cast) -> None:
    assert len(LONG_NAME) > 60
    school_class = class_of_grade(cast, 3)
    factories.enroll(factories.make_student(LONG_NAME), school_class)
    assert names(only_grade(sheet_of(school_class))) == [LONG_NAME]


def test_a_multi_grade_class_has_a_sheet_for_each_grade(cast: Cast) -> None:
    school_class = class_of_grade(cast, 3, 4)
    may, pa = (factories.make_student(name) for name in ("Nông Thị Mây", "Sùng Thị Pà"))
    factories.enroll(may, school_class, grade_level=3)
    enter_everything(factories.enroll(pa, school_class, grade_level=4), TERM, cast.ngoc.user)
    third, fourth = sheet_of(school_class).grades
    assert (third.form_number, names(third)) == (5, ["Nông Thị Mây"])
    assert (fourth.form_number, names(fourth)) == (8, ["Sùng Thị Pà"])
    assert fourth.rows[0].texts[0] == 1
    assert cell_of(fourth, "Khoa học / Điểm KTĐK") == "6"
    assert not any("Khoa học / Điểm" in heading for heading in headings(third))


def test_one_grade_of_a_multi_grade_class_can_be_asked_for(cast: Cast) -> None:
    sheet = sheet_of(class_of_grade(cast, 1, 2, 3), grade_level=2)
    assert [grade.grade_level for grade in sheet.grades] == [2]


# Columns


def test_an_optional_subject_has_its_column_where_it_is_offered(cast: Cast) -> None:
    school_class = class_of_grade(cast, 1)
    before = headings(only_grade(sheet_of(school_class)))
    SubjectOffering.objects.create(
        school_class=school_class,
        grade_level=1,
        subject_code="tieng_dan_toc",
        language_name="Tiếng Ê-đê",
    )
    after = headings(only_grade(sheet_of(school_class)))
    [added] = set(after) - set(before)
    subjects = "Môn học và hoạt động giáo dục"
    assert added == f"{subjects} / Tiếng dân tộc (Tiếng Ê-đê) / Mức đạt được"


def test_a_special_class_has_vietnamese_and_maths_alone(cast: Cast) -> None:
    """Điều 8.3."""
    school_class = class_of_grade(cast, 4, kind=ClassKind.SPECIAL)
    pupil = factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
    enter_everything(pupil, TERM, cast.ngoc.user)
    grade = only_grade(sheet_of(school_class))
    subjects = [pair for pair in columns_and_cells(grade) if pair[0].startswith("Môn học")]
    assert [(path.partition(" / ")[2], text) for path, text in subjects] == [
        ("Tiếng Việt / Mức đạt được", "T"),
        ("Tiếng Việt / Điểm KTĐK", "10"),
        ("Toán / Mức đạt được", "H"),
        ("Toán / Điểm KTĐK", "9"),
    ]


def test_another_regulation_has_its_own_form(cast: Cast, kitetest: Ruleset) -> None:
    school_year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    school_class = factories.make_class(school_year, "2K", (2,))
    pupil = factories.enroll(factories.make_student("Hà Văn Diều"), school_class)
    class_period = ClassPeriod.objects.create(school_class=school_class, period=YEAR)
    record = PeriodRecord.objects.create(class_period=class_period, enrollment=pupil)
    saved = {"saved_at": timezone.now(), "saved_by": cast.ngoc.user}
    wind = SubjectResult.objects.create(record=record, subject_code="wind", level="CAO", **saved)
    TestScore.objects.create(result=wind, score=0)
    decide_year(
        pupil,
        by=cast.ngoc.user,
        ruleset_key="kitetest",
        confirmed_result="completed",
        deviation_reason="Bay vừa đủ",
    )
    change(pupil, enrolled_on=datetime.date(2026, 9, 5))
    grade = only_grade(sheet_of(school_class, YEAR))
    assert grade.form_number == 12
    assert columns_and_cells(grade) == [
        ("STT", "1"),
        ("Họ và tên", "Hà Văn Diều"),
        ("Đánh giá kết quả giáo dục / LC", ""),
        ("Đánh giá kết quả giáo dục / BĐ", "X"),
        ("Đánh giá kết quả giáo dục / CB", ""),
        ("Người thả diều / Khéo / Kiên nhẫn", ""),
        ("Người thả diều / Khéo / Vững tay", ""),
        ("Môn học và hoạt động giáo dục / Thắt nút / Mức đạt được", ""),
        ("Môn học và hoạt động giáo dục / Thắt nút / Điểm KTĐK", ""),
        ("Môn học và hoạt động giáo dục / Đọc gió / Mức đạt được", "CAO"),
        ("Môn học và hoạt động giáo dục / Đọc gió / Điểm KTĐK", "0"),
    ]


# Cells and remarks


def test_who_is_exempt_has_m_and_a_remark_without_the_reason(cast: Cast) -> None:
    record = enter_everything(cast.anh, TERM, cast.ngoc.user)
    result = SubjectResult.objects.get(record=record, subject_code="giao_duc_the_chat")
    result.level, result.exemption_reason = "M", "Bệnh tim"
    result.save(update_fields=["level", "exemption_reason"])
    grade = sheet_of_4a(cast)
    assert cell_of(grade, "Giáo dục thể chất / Mức đạt được") == "M"
    assert cell_of(grade, "Ghi chú") == "Miễn học GDTC"


def test_of_a_retest_the_last_score_stands_and_a_remark_says_so(cast: Cast) -> None:
    states.taken_retest(cast)
    grade = sheet_of_4a(cast)
    assert cell_of(grade, "Toán / Điểm KTĐK") == "10"
    assert cell_of(grade, "Ghi chú") == "Kiểm tra lại Toán"
    assert cell_of(grade, "Ghi chú", row=1) == ""


def test_a_retest_that_is_not_taken_yet_changes_nothing(cast: Cast) -> None:
    states.agreed_retest(cast)
    assert Retest.objects.get().status == RetestStatus.AGREED
    assert cell_of(sheet_of_4a(cast), "Toán / Điểm KTĐK") == "9"
    assert remark(cast) == ""


def test_who_is_not_assessed_has_a_row_without_results(cast: Cast) -> None:
    change(cast.anh, is_not_assessed=True)
    [anh, *_others] = sheet_of_4a(cast).rows
    assert set(anh.texts[2:-1]) == {""}
    assert anh.texts[-1] == "Học sinh khuyết tật; Không đánh giá"


def test_a_disability_is_named_to_who_may_know_and_never_which(cast: Cast) -> None:
    cast.anh.student.disability = "Khiếm thính"
    cast.anh.student.save(update_fields=["disability"])
    assert remark(cast) == "Học sinh khuyết tật"
    assert remark(cast, shows_disability=False) == ""


def test_that_somebody_is_not_assessed_is_said_without_the_disability(cast: Cast) -> None:
    change(cast.anh, is_not_assessed=True)
    assert remark(cast, shows_disability=False) == "Không đánh giá"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        ({"enrolled_on": datetime.date(2026, 10, 12)}, "Vào lớp 12/10/2026"),
        (
            {
                "enrolled_on": datetime.date(2026, 10, 12),
                "entry_reason": EntryReason.TRANSFERRED_IN,
            },
            "Chuyển đến 12/10/2026",
        ),
        (
            {"enrolled_on": datetime.date(2026, 10, 12), "entry_reason": EntryReason.READMITTED},
            "Học lại từ 12/10/2026",
        ),
        (
            {"ended_on": datetime.date(2027, 2, 1), "exit_reason": ExitReason.TRANSFERRED_OUT},
            "Chuyển đi 01/02/2027",
        ),
        (
            {"ended_on": datetime.date(2027, 2, 1), "exit_reason": ExitReason.WITHDRAWN},
            "Thôi học 01/02/2027",
        ),
        ({"ended_on": datetime.date(2027, 5, 31), "exit_reason": ExitReason.YEAR_ENDED}, ""),
    ],
)
def test_joining_and_leaving_in_mid_year_are_remarks(cast: Cast, fields, said) -> None:
    change(cast.anh, **fields)
    assert Transfer.objects.count() == 0
    assert remark(cast) == said


def test_who_left_before_the_roster_was_fixed_is_not_on_the_sheet(cast: Cast) -> None:
    change(cast.anh, ended_on=datetime.date(2026, 12, 1), exit_reason=ExitReason.TRANSFERRED_OUT)
    assert "Lê Minh Anh" not in names(sheet_of_4a(cast))


# The year


def outcomes(cast: Cast, **decision) -> dict[str, str]:
    decide_year(cast.anh, by=cast.ngoc.user, **decision)
    pairs = columns_and_cells(sheet_of_4a(cast, YEAR))
    return {path.rpartition(" / ")[2]: text for path, text in pairs[-7:-1]}


@pytest.mark.parametrize(
    ("outcome", "crossed"),
    [
        (YearOutcome.EXCELLENT, "HTXS"),
        (YearOutcome.GOOD, "HTT"),
        (YearOutcome.COMPLETED, "HT"),
        (YearOutcome.NOT_COMPLETED, "CHT"),
    ],
)
def test_the_confirmed_result_is_crossed(cast: Cast, outcome, crossed) -> None:
    cells = outcomes(cast, confirmed_result=outcome, deviation_reason="Tiến bộ rõ rệt")
    four = ["HTXS", "HTT", "HT", "CHT"]
    assert {name: cells[name] for name in four} == {
        name: "X" if name == crossed else "" for name in four
    }


def test_before_the_teacher_confirms_nothing_is_crossed(cast: Cast) -> None:
    enter_everything(cast.anh, YEAR, cast.ngoc.user)
    assert "X" not in sheet_of_4a(cast, YEAR).rows[0].texts


@pytest.mark.parametrize(
    ("rewards", "crossed"),
    [
        ({}, ""),
        ({"reward": "Đạt danh hiệu Học sinh Xuất sắc", "reward_title": "excellent_pupil"}, "X"),
    ],
)
def test_a_title_is_crossed(cast: Cast, rewards, crossed) -> None:
    assert outcomes(cast, **rewards)["Khen thưởng"] == crossed


@pytest.mark.parametrize(
    ("fields", "crossed"), [(AWARDED, "X"), (LETTER, ""), ({}, "")], ids=["awarded", "letter", "no"]
)
def test_an_award_during_the_year_is_crossed_and_a_letter_is_not(
    cast: Cast, fields, crossed
) -> None:
    cast_award = {name: value(cast) if callable(value) else value for name, value in fields.items()}
    saved_row(Commendation, cast, **cast_award)
    assert outcomes(cast)["Khen thưởng"] == crossed


@pytest.mark.parametrize(
    ("has_completed", "is_promoted", "is_crossed"),
    [
        (True, True, False),
        (False, True, False),  # the principal promoted her all the same (Điều 11)
        (False, False, True),
        (False, None, True),  # nobody has decided yet
        (True, None, False),  # the last grade
    ],
)
def test_who_is_not_promoted(has_completed, is_promoted, is_crossed) -> None:
    decision = YearDecision(has_completed=has_completed, is_promoted=is_promoted)
    assert is_not_promoted(decision) == is_crossed


@pytest.mark.parametrize(
    ("bring", "crossed"),
    [(year_ends.signed_off, "X"), (year_ends.put_forward, "X"), (year_ends.decided, "")],
)
def test_what_was_decided_after_the_summer_counts(in_may: Cast, bring, crossed) -> None:
    """The results stay those of the year's end."""
    bring(in_may)
    sheet = sheet_of_4a(in_may, YEAR)
    row = names(sheet).index("Lê Minh Anh")
    assert cell_of(sheet, "Chưa được lên lớp", row) == crossed
    assert cell_of(sheet, "CHT", row) == "X"


def test_who_waits_for_the_principal_is_crossed_as_not_promoted(cast: Cast) -> None:
    cells = outcomes(
        cast,
        derived_result="not_completed",
        confirmed_result="not_completed",
        has_completed=False,
        is_promoted=None,
    )
    assert (cells["CHT"], cells["Chưa được lên lớp"]) == ("X", "X")


def test_the_term_shows_nothing_of_the_year(cast: Cast) -> None:
    decide_year(cast.anh, by=cast.ngoc.user)
    assert "X" not in sheet_of_4a(cast, TERM).rows[0].texts


# Head and legend


def test_the_heading_names_school_class_year_and_moment(cast: Cast) -> None:
    sheet = sheet_of(cast.school_class, Period.MID_TERM_2)
    assert sheet.school_name == "Trường Tiểu học Kim Đồng"
    assert (sheet.class_name, sheet.school_year) == ("4A", "2026-2027")
    assert sheet.period_name == "Giữa học kỳ II"
    assert sheet.name == "Bảng tổng hợp lớp 4A, Giữa học kỳ II, 2026-2027"
    assert sheet.pupils == 3


def test_the_legend_says_what_the_letters_mean(cast: Cast) -> None:
    legends = {
        legend.about: dict(legend.meanings) for legend in sheet_of(cast.school_class).legends
    }
    assert legends == {
        "Môn học và hoạt động giáo dục": {
            "T": "Hoàn thành tốt",
            "H": "Hoàn thành",
            "C": "Chưa hoàn thành",
            "M": "Miễn",
        },
        "Phẩm chất, năng lực": {"T": "Tốt", "Đ": "Đạt", "C": "Cần cố gắng"},
    }


def test_at_the_years_end_the_legend_has_the_outcomes_too(cast: Cast) -> None:
    *_others, outcomes_legend = sheet_of(cast.school_class, YEAR).legends
    assert outcomes_legend.meanings[0] == ("HTXS", "Hoàn thành xuất sắc")
