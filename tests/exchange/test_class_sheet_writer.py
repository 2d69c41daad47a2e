"""The workbook that is downloaded, as a spreadsheet program opens it."""

import datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook

from audit.models import AuditEvent
from exchange.class_sheets.layout import STAMP_TITLE
from schools.models import SubjectOffering
from students.models import Student
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject
from tests.exchange.class_sheets import (
    COMMENT,
    ENGLISH,
    LEVEL,
    MATHS,
    NOTES,
    PERIOD,
    RECORDS,
    SCORE,
    TRAITS,
    VIETNAMESE,
    cell_of,
    column_of,
    downloaded,
    header_row,
)
from tests.exchange.workbooks import saved

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


def visible(workbook):
    return [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def headers_of(worksheet):
    return [cell.value for cell in worksheet[header_row(worksheet)]]


def rules_of(worksheet):
    return {column_of_rule(rule): rule for rule in worksheet.data_validations.dataValidation}


def column_of_rule(rule):
    return next(iter(rule.sqref.ranges)).min_col


def comment_of(workbook, cast):
    return cell_of(workbook, MATHS, cast.anh, COMMENT)


def with_comment(cast, text):
    states.filled(cast)
    states.correct(cast, "toan", comment=("", text))


# What it holds


def test_a_homeroom_teacher_gets_her_subjects_the_traits_and_the_records(cast):
    assert visible(downloaded(cast)) == [VIETNAMESE, MATHS, TRAITS, RECORDS]


def test_a_subject_teacher_gets_his_subject_and_his_notes(cast):
    assert visible(downloaded(cast, by=cast.binh)) == [ENGLISH, NOTES]


def test_subjects_stand_in_form_order(cast):
    assign_every_subject(cast.school_class, cast.ngoc)
    titles = visible(downloaded(cast))
    order = [subject.name for subject in cast.school_year.ruleset.subjects]
    places = [order.index(title) for title in titles if title in order]
    assert len(places) > 5
    assert places == sorted(places)


def test_the_identity_comes_first(cast):
    assert headers_of(downloaded(cast)[MATHS]) == [
        "STT", "Mã học sinh", "Họ và tên", LEVEL, SCORE, COMMENT,
    ]  # fmt: skip


def test_a_subject_without_a_test_has_no_score_column(cast):
    factories.assign_teacher(cast.school_class, "am_nhac", cast.ngoc)
    title = cast.school_year.ruleset.subject("am_nhac").name
    assert SCORE not in headers_of(downloaded(cast)[title])


def test_pupils_stand_in_roll_order(cast):
    worksheet = downloaded(cast)[MATHS]
    first = header_row(worksheet) + 1
    names = [worksheet.cell(row, 3).value for row in range(first, first + 3)]
    assert names == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_a_code_keeps_its_zeros(cast):
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code="0066123")
    cast.anh.student.refresh_from_db()
    cell = cell_of(downloaded(cast), MATHS, cast.anh, "Mã học sinh")
    assert (cell.value, cell.data_type, cell.number_format) == ("0066123", "s", "@")


def test_a_pupil_without_a_ministry_code_gets_one_of_ours(cast):
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code=None)
    cast.anh.student.refresh_from_db()
    code = cell_of(downloaded(cast), MATHS, cast.anh, "Mã học sinh").value
    assert code == f"HB-{cast.anh.student_id}"


def test_the_values_that_stand_now_are_in_it(cast):
    states.filled(cast)
    workbook = downloaded(cast)
    assert cell_of(workbook, MATHS, cast.anh, LEVEL).value == "T"
    assert cell_of(workbook, MATHS, cast.anh, SCORE).value == 9
    assert cell_of(workbook, RECORDS, cast.anh, "Chiều cao (cm)").value == 132.5


def test_each_traits_group_stands_over_its_columns(cast):
    worksheet = downloaded(cast)[TRAITS]
    row = header_row(worksheet) - 1
    groups = {cell.value for cell in worksheet[row] if cell.value}
    assert "Những phẩm chất chủ yếu" in groups
    assert len(groups) == 3
    merged = {str(found) for found in worksheet.merged_cells.ranges}
    assert any(found.startswith(f"D{row}:") for found in merged)


def test_the_title_names_subject_class_period_and_school(cast):
    title = downloaded(cast)[MATHS]["A1"].value
    for words in (MATHS, "4A", "Cuối học kỳ I", "2026-2027", cast.school.name):
        assert words in title


def test_the_note_says_how_to_clear_a_value(cast):
    assert "«xóa»" in downloaded(cast)[MATHS]["A2"].value


def test_in_english_the_headers_are_english(cast):
    with translation.override("en"):
        workbook = downloaded(cast)
    worksheet = workbook.worksheets[0]
    assert "Comment" in [cell.value for cell in worksheet[4]]


# What can be typed into


def test_each_worksheet_is_protected_without_a_password(cast):
    for worksheet in downloaded(cast).worksheets:
        assert worksheet.protection.sheet
        assert worksheet.protection.password is None


@pytest.mark.parametrize("header", ["STT", "Mã học sinh", "Họ và tên"])
def test_the_identity_is_locked(cast, header):
    assert cell_of(downloaded(cast), MATHS, cast.anh, header).protection.locked


@pytest.mark.parametrize("header", [LEVEL, SCORE, COMMENT])
def test_the_cells_to_fill_in_are_not(cast, header):
    workbook = downloaded(cast)
    worksheet = workbook[MATHS]
    assert not cell_of(workbook, MATHS, cast.anh, header).protection.locked
    assert worksheet.cell(header_row(worksheet), column_of(worksheet, header)).protection.locked


def test_a_signed_class_is_locked_throughout(cast):
    states.signed_off(cast)
    workbook = downloaded(cast)
    assert cell_of(workbook, MATHS, cast.anh, LEVEL).protection.locked
    assert not workbook[MATHS].data_validations.dataValidation


def test_only_the_reopened_pupil_can_be_typed_into(cast):
    states.with_anh_reopened(cast)
    workbook = downloaded(cast)
    assert not cell_of(workbook, MATHS, cast.anh, LEVEL).protection.locked
    assert cell_of(workbook, MATHS, cast.duc, LEVEL).protection.locked


def test_a_score_that_is_not_due_is_locked_in_a_multigrade_class(cast):
    cast.school_class.lowest_grade = 1
    cast.school_class.save()
    SubjectOffering.objects.create(
        school_class=cast.school_class, grade_level=1, subject_code="khoa_hoc"
    )
    factories.assign_teacher(cast.school_class, "khoa_hoc", cast.ngoc)
    young = factories.enroll(
        factories.make_student("Nông Thị Mây"), cast.school_class, grade_level=1
    )
    workbook = downloaded(cast)
    assert cell_of(workbook, "Khoa học", young, SCORE).protection.locked
    assert not cell_of(workbook, "Khoa học", cast.anh, SCORE).protection.locked


# What a spreadsheet program checks


def test_levels_are_chosen_from_a_list_with_the_mark_that_clears(cast):
    rules = rules_of(downloaded(cast)[MATHS])
    assert (rules[4].type, rules[4].formula1) == ("list", '"T,H,C,M,xóa"')


def test_traits_have_their_own_levels(cast):
    assert rules_of(downloaded(cast)[TRAITS])[4].formula1 == '"T,Đ,C,xóa"'


def test_scores_are_whole_numbers_of_the_scale(cast):
    rule = rules_of(downloaded(cast)[MATHS])[5]
    assert rule.type == "custom"
    for part in ("E5=INT(E5)", "E5>=1", "E5<=10", 'LOWER(E5)="xóa"'):
        assert part in rule.formula1


def test_measures_may_have_decimals(cast):
    worksheet = downloaded(cast)[RECORDS]
    rule = rules_of(worksheet)[column_of(worksheet, "Chiều cao (cm)")]
    assert "INT(" not in rule.formula1
    assert ">=10" in rule.formula1


def test_comments_have_their_length(cast):
    rule = rules_of(downloaded(cast)[MATHS])[6]
    assert (rule.type, rule.operator, rule.formula1) == ("textLength", "lessThanOrEqual", "500")


def test_a_rule_covers_every_pupil_and_says_why_it_refuses(cast):
    rule = rules_of(downloaded(cast)[MATHS])[4]
    assert str(rule.sqref) == "D5:D7"
    assert "T, H, C, M" in rule.error
    assert "«xóa»" in rule.error


# How it looks and prints


def test_headers_and_names_stay_in_view(cast):
    assert downloaded(cast)[MATHS].freeze_panes == "D5"


def test_it_prints_on_a4_across_with_its_headers_on_each_page(cast):
    worksheet = downloaded(cast)[TRAITS]
    assert (worksheet.page_setup.orientation, worksheet.page_setup.paperSize) == ("landscape", 9)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    assert worksheet.print_title_rows == "$3:$4"


def test_the_typeface_has_vietnamese(cast):
    assert cell_of(downloaded(cast), MATHS, cast.anh, "Họ và tên").font.name == "Times New Roman"


def test_the_only_text_column_is_wide(cast):
    workbook = downloaded(cast)
    assert workbook[MATHS].column_dimensions["F"].width > 60
    assert workbook[RECORDS].column_dimensions["H"].width < 40


# What nobody sees


def test_the_stamp_is_hidden_from_the_menus_too(cast):
    assert downloaded(cast)[STAMP_TITLE].sheet_state == "veryHidden"


def test_the_stamp_names_school_class_period_ruleset_and_moment(cast):
    rows = {row[0].value: row[1].value for row in downloaded(cast)[STAMP_TITLE].iter_rows()}
    assert rows["school"] == cast.school.ministry_code
    assert rows["school_class"] == cast.school_class.pk
    assert (rows["period"], rows["ruleset"]) == (PERIOD, "tt27")
    assert datetime.datetime.fromisoformat(rows["made_at"]).utcoffset() is not None


# What a spreadsheet program must never calculate


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "|cmd", "%0A=1"]
)
def test_a_comment_that_looks_like_a_formula_stays_text(cast, text):
    with_comment(cast, text)
    cell = comment_of(downloaded(cast), cast)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("name", ["=1+1", "@Anh", "\tAnh", "\rAnh", "-Anh"])
def test_so_does_a_pupils_name(cast, name):
    Student.objects.filter(pk=cast.anh.student_id).update(full_name=name)
    cell = cell_of(downloaded(cast), MATHS, cast.anh, "Họ và tên")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == name.strip()


def test_no_text_of_the_file_is_a_formula(cast):
    with_comment(cast, "=1+1")
    Student.objects.filter(pk=cast.anh.student_id).update(full_name="=2+2")
    workbook = load_workbook(saved(downloaded(cast)))
    kinds = {
        cell.data_type
        for worksheet in workbook.worksheets
        for row in worksheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert "f" not in kinds


def test_characters_that_xml_does_not_have_fall_away(cast):
    Student.objects.filter(pk=cast.anh.student_id).update(full_name="Anh\x0b\x1f Lê")
    assert cell_of(downloaded(cast), MATHS, cast.anh, "Họ và tên").value == "Anh Lê"


# That it happened


def test_the_download_is_recorded(cast):
    downloaded(cast)
    event = AuditEvent.objects.get(event="class_sheet.downloaded")
    assert (event.actor, event.school_class_id) == (cast.ngoc.user, cast.school_class.pk)
    assert event.changes == {"period": [None, PERIOD]}
