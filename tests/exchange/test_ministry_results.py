"""The file for the sector database's results import (domain 4.4)."""

import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.models import SubjectResult
from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.ministry_results.actions import download_ministry_results
from exchange.ministry_results.columns import (
    GRADES_1_2,
    TEMPLATES,
    ResultsTemplate,
    Source,
    template_for,
)
from rulesets import Period
from rulesets.tt27 import TT27
from schools.models import SchoolClass
from students.models import Enrollment
from tests import factories
from tests.assessments import year_ends
from tests.assessments.summaries import class_of_grade, enter_everything
from tests.cast import IN_MAY, Cast
from tests.pages import client_of
from tests.reportcards.year_ends import decide_year
from tests.rulesets.invented import kitetest

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


__all__ = ["kitetest"]

TERM, YEAR = Period.END_TERM_1, Period.END_YEAR
FIRST = 4

# Domain 4.4, column by column; [U]: the words of the first header row.
COLUMNS_OF_1_2 = [
    "STT", "Mã lớp", "Mã học sinh", "Họ tên", "Ngày sinh",
    "Toán/Mức đạt được", "Toán/Điểm KTĐK", "Tiếng việt/Mức đạt được", "Tiếng việt/Điểm KTĐK",
    "Đạo đức/Mức đạt được", "Tự nhiên và xã hội/Mức đạt được", "Ngoại ngữ/Mức đạt được",
    "Tiếng dân tộc/Mức đạt được", "TH-CN (Tin học)/Mức đạt được",
    "Nghệ thuật (Âm nhạc)/Mức đạt được", "Nghệ thuật (Mĩ thuật)/Mức đạt được",
    "Hoạt động trải nghiệm/Mức đạt được", "Giáo dục thể chất/Mức đạt được",
    "Năng lực chung/Tự chủ và tự học", "Năng lực chung/Giao tiếp và hợp tác",
    "Năng lực chung/Giải quyết vấn đề và sáng tạo",
    "Năng lực đặc thù/Ngôn ngữ", "Năng lực đặc thù/Tính toán", "Năng lực đặc thù/Khoa học",
    "Năng lực đặc thù/Thẩm mĩ", "Năng lực đặc thù/Thể chất",
    "Phẩm chất/Yêu nước", "Phẩm chất/Nhân ái", "Phẩm chất/Chăm chỉ", "Phẩm chất/Trung thực",
    "Phẩm chất/Trách nhiệm",
    "Hoàn thành chương trình lớp học", "Lên lớp", "Xếp loại", "",
]  # fmt: skip


def template_of(grade_level: int, period: str = TERM) -> ResultsTemplate:
    template = template_for("tt27", period, grade_level)
    assert template is not None
    return template


def written(
    cast: Cast, *classes: SchoolClass, grade_level: int, period: str = TERM, **options: Any
) -> Worksheet:
    arguments = {
        "template": template_of(grade_level, period),
        "classes": classes,
        "school_year": cast.school_year,
        "period": period,
        "grade_level": grade_level,
        "by": cast.tam,
        **options,
    }
    [worksheet] = load_workbook(io.BytesIO(download_ministry_results(**arguments))).worksheets
    return worksheet


def pupil_in(school_class: SchoolClass, name: str = "Nông Thị Mây", **fields: Any) -> Enrollment:
    student = factories.make_student(name, ministry_code=f"66{name[-1]}001", **fields)
    return factories.enroll(student, school_class)


def row_of(worksheet: Worksheet, number: int = FIRST) -> list[Any]:
    """With the last column, of which nothing is written."""
    return [cell.value for cell in worksheet[number]] + [None]


# Columns


def test_the_template_of_grades_1_and_2_has_its_35_columns() -> None:
    found = ["/".join(column.headers[-2:]) for column in GRADES_1_2.columns]
    assert found == COLUMNS_OF_1_2
    assert len(found) == 35
    assert GRADES_1_2.is_confirmed


@pytest.mark.parametrize("grade_level", [3, 4, 5])
def test_templates_that_were_not_seen_say_so_in_the_files_name(grade_level: int) -> None:
    template = template_of(grade_level)
    assert not template.is_confirmed
    assert "chua-doi-chieu-voi-mau-cua-Bo" in template.name


@pytest.mark.parametrize("grade_level", TT27.grade_levels)
def test_every_subject_test_and_trait_of_a_grade_has_its_column(grade_level: int) -> None:
    columns = template_of(grade_level).columns
    levels = {column.code for column in columns if column.source == Source.LEVEL}
    scores = {column.code for column in columns if column.source == Source.SCORE}
    traits = {column.code for column in columns if column.source == Source.TRAIT}
    taught = {
        subject.code
        for subject in (
            *TT27.compulsory_subjects(grade_level),
            *TT27.optional_subjects(grade_level),
        )
    }
    tested = TT27.tested_subjects(grade_level=grade_level, period=YEAR)
    assert levels == taught
    assert scores == {subject.code for subject in tested}
    assert traits == {trait.code for trait in TT27.traits_for(grade_level)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_template_has_at_most_three_header_rows_and_no_column_twice(template) -> None:
    assert max(len(column.headers) for column in template.columns) == 3
    keys = [(column.source, column.code) for column in template.columns]
    assert len({*keys}) == len(keys)


@pytest.mark.parametrize("period", [Period.MID_TERM_1, Period.MID_TERM_2, Period.SUPPLEMENTARY])
def test_the_ministry_takes_only_the_ends_of_terms(period: str) -> None:
    assert template_for("tt27", period, 1) is None


def test_another_regulation_has_no_template() -> None:
    assert template_for("kitetest", YEAR, 1) is None


# The file


def test_the_header_has_three_rows_merged_as_they_belong_together(cast: Cast) -> None:
    worksheet = written(cast, class_of_grade(cast, 1), grade_level=1)
    assert row_of(worksheet, 1)[:6] == [
        "STT", "Mã lớp", "Mã học sinh", "Họ tên", "Ngày sinh", "Môn học và hoạt động giáo dục",
    ]  # fmt: skip
    assert [worksheet["F2"].value, worksheet["F3"].value] == ["Toán", "Mức đạt được"]
    merged = {str(area) for area in worksheet.merged_cells.ranges}
    assert {"A1:A3", "F1:R1", "F2:G2", "S1:Z1", "S2:U2", "V2:Z2", "AA1:AE1", "AF1:AF3"} <= merged
    assert not any(area.startswith("AI") for area in merged)


def test_a_pupil_of_grade_1_at_the_years_end(cast: Cast) -> None:
    school_class = class_of_grade(cast, 1, name="1A")
    pupil = pupil_in(school_class)
    enter_everything(pupil, YEAR, cast.ngoc.user)
    decide_year(pupil, by=cast.ngoc.user)
    worksheet = written(cast, school_class, grade_level=1, period=YEAR)
    assert row_of(worksheet) == [
        1, "1A", "66y001", "Nông Thị Mây", "14/03/2017",
        "H", 9, "T", 10,
        "C", "T", None, None, None, "C", "T", "H", "H",
        "C", "T", "Đ",
        "C", "T", "Đ", "C", "T",
        "T", "Đ", "C", "T", "Đ",
        "x", "x", "HTT", None,
    ]  # fmt: skip


def test_at_the_end_of_term_nothing_is_decided(cast: Cast) -> None:
    school_class = class_of_grade(cast, 1)
    pupil = pupil_in(school_class)
    enter_everything(pupil, TERM, cast.ngoc.user)
    decide_year(pupil, by=cast.ngoc.user)
    assert row_of(written(cast, school_class, grade_level=1))[-4:] == [None] * 4


def test_who_has_not_completed_the_year_has_no_tick(cast: Cast) -> None:
    pupil = pupil_in(class_of_grade(cast, 1))
    decide_year(
        pupil,
        by=cast.ngoc.user,
        derived_result="not_completed",
        confirmed_result="not_completed",
        has_completed=False,
        is_promoted=None,
    )
    worksheet = written(cast, pupil.school_class, grade_level=1, period=YEAR)
    assert row_of(worksheet)[-4:] == [None, None, "CHT", None]


@pytest.mark.parametrize(
    ("bring", "ticks"),
    [
        (year_ends.signed_off, [None, None]),
        (year_ends.put_forward, [None, None]),
        (year_ends.decided, ["x", "x"]),
    ],
)
def test_after_the_summer_the_last_decision_is_reported(cast: Cast, bring, ticks) -> None:
    """The result stays that of the year's end, as on the summary sheet."""
    with time_machine.travel(IN_MAY, tick=False):
        bring(cast)
        row = row_of(written(cast, cast.school_class, grade_level=4, period=YEAR))
    assert row[3] == "Lê Minh Anh"
    assert row[-4:] == [*ticks, "CHT", None]


def test_in_the_last_grade_nobody_is_promoted(cast: Cast) -> None:
    pupil = pupil_in(class_of_grade(cast, 5))
    decide_year(pupil, by=cast.ngoc.user)
    worksheet = written(cast, pupil.school_class, grade_level=5, period=YEAR)
    assert row_of(worksheet)[-4:] == ["x", None, "HTT", None]


def test_who_is_exempt_has_m_and_no_score(cast: Cast) -> None:
    pupil = pupil_in(class_of_grade(cast, 1))
    record = enter_everything(pupil, TERM, cast.ngoc.user)
    maths = SubjectResult.objects.get(record=record, subject_code="toan")
    maths.test_scores.all().delete()
    SubjectResult.objects.filter(pk=maths.pk).update(level="M")
    assert row_of(written(cast, pupil.school_class, grade_level=1))[5:7] == ["M", None]


def test_who_is_not_assessed_has_a_row_without_results(cast: Cast) -> None:
    pupil = pupil_in(class_of_grade(cast, 1))
    Enrollment.objects.filter(pk=pupil.pk).update(is_not_assessed=True)
    row = row_of(written(cast, pupil.school_class, grade_level=1))
    assert row[3] == "Nông Thị Mây"
    assert set(row[5:]) == {None}


def test_a_code_and_a_name_stay_text(cast: Cast) -> None:
    pupil = pupil_in(class_of_grade(cast, 1), "=1+1")
    worksheet = written(cast, pupil.school_class, grade_level=1)
    assert [worksheet["C4"].data_type, worksheet["D4"].data_type] == ["s", "s"]
    assert worksheet["D4"].value == "=1+1"


def test_a_multi_grade_class_gives_the_grade_that_is_asked_for(cast: Cast) -> None:
    school_class = class_of_grade(cast, 2, 3)
    factories.enroll(factories.make_student("Nông Thị Mây"), school_class, grade_level=2)
    factories.enroll(factories.make_student("Sùng Thị Pà"), school_class, grade_level=3)
    worksheet = written(cast, school_class, grade_level=3)
    assert [row[3] for row in worksheet.iter_rows(min_row=FIRST, values_only=True)] == [
        "Sùng Thị Pà"
    ]


def test_a_grade_of_the_school_stands_class_by_class(cast: Cast) -> None:
    first, second = (class_of_grade(cast, 1, name=name) for name in ("1A", "1B"))
    for school_class, name in ((second, "Lê An"), (first, "Vũ Yến"), (first, "Hồ Bích")):
        factories.enroll(factories.make_student(name), school_class)
    rows = [*written(cast, first, second, grade_level=1).iter_rows(min_row=FIRST, values_only=True)]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        (1, "1A", "Hồ Bích"),
        (2, "1A", "Vũ Yến"),
        (3, "1B", "Lê An"),
    ]


def test_more_classes_and_pupils_take_no_more_queries(cast: Cast) -> None:
    classes = [class_of_grade(cast, 1, name="1A")]
    enter_everything(factories.enroll(factories.make_student(), classes[0]), TERM, cast.ngoc.user)
    written(cast, *classes, grade_level=1)  # her roles are looked up once
    with CaptureQueriesContext(connection) as few:
        written(cast, *classes, grade_level=1)
    for number in range(3):
        classes.append(class_of_grade(cast, 1, name=f"1B{number}"))
        for _ in range(5):
            pupil = factories.enroll(factories.make_student(), classes[-1])
            enter_everything(pupil, TERM, cast.ngoc.user)
    with CaptureQueriesContext(connection) as many:
        written(cast, *classes, grade_level=1)
    assert len(many) == len(few)


# Pages


def url_of_class(cast: Cast, period: str = TERM) -> str:
    return reverse("ministry_results_of_class", args=[cast.school_class.pk, period])


def url_of_grade(grade_level: int, period: str = TERM) -> str:
    return reverse("ministry_results_of_grade", args=[2026, period, grade_level])


def test_a_classs_file_is_named_after_template_class_and_moment(cast: Cast) -> None:
    response = client_of(cast, "tam").get(url_of_class(cast))
    assert (
        "kqht-c1-khoi45-tt27_2020-chua-doi-chieu-voi-mau-cua-bo-4a-cuoi-hoc-ky-i.xlsx"
        in response["Content-Disposition"]
    )
    assert response["Cache-Control"] == "private, no-store"


def test_a_grades_file_has_every_class_of_it(cast: Cast) -> None:
    content = client_of(cast, "hanh").get(url_of_grade(4)).content
    [worksheet] = load_workbook(io.BytesIO(content)).worksheets
    names = {row[3] for row in worksheet.iter_rows(min_row=FIRST, values_only=True)}
    assert names == {"Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"}


@pytest.mark.parametrize("query", ["?grade=3", "?grade=x"])
def test_another_grade_than_the_classs_is_not_found(cast: Cast, query: str) -> None:
    assert client_of(cast, "tam").get(url_of_class(cast) + query).status_code == 404


def test_the_middle_of_a_term_is_not_found(cast: Cast) -> None:
    tam = client_of(cast, "tam")
    assert tam.get(url_of_class(cast, Period.MID_TERM_1)).status_code == 404
    assert tam.get(url_of_grade(4, Period.MID_TERM_2)).status_code == 404


@pytest.mark.parametrize("grade_level", [0, 6])
def test_no_such_grade_is_not_found(cast: Cast, grade_level: int) -> None:
    assert client_of(cast, "tam").get(url_of_grade(grade_level)).status_code == 404


def test_under_another_regulation_there_is_no_file(cast: Cast, kitetest) -> None:
    school_year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    school_class = factories.make_class(school_year, "2K", (2,))
    url = reverse("ministry_results_of_class", args=[school_class.pk, YEAR])
    assert client_of(cast, "tam").get(url).status_code == 404


@pytest.mark.parametrize("is_of_class", [True, False])
def test_the_download_is_recorded(cast: Cast, is_of_class: bool) -> None:
    client_of(cast, "tam").get(url_of_class(cast) if is_of_class else url_of_grade(4))
    event = AuditEvent.objects.get(event="ministry_results.downloaded")
    assert event.actor == cast.tam.user
    assert event.changes == {"period": [None, "end_term_1"], "grade_level": [None, 4]}


@pytest.mark.parametrize("name", ["ngoc", "binh", "van", "kien", "quang"])
def test_nobody_else_downloads_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        written(cast, cast.school_class, grade_level=4, by=getattr(cast, name))
    assert not AuditEvent.objects.filter(event="ministry_results.downloaded").exists()
