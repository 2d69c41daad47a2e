"""A run over a whole sheet: one result a row, nothing written unless it is meant."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_export.results import RowResult

from exchange.columns import COLUMN_BY_KEY
from exchange.header_rows import SheetRow
from exchange.student_resource import StudentResource
from exchange.students_sheet import StudentsSheet
from students.models import Enrollment, Student
from tests.exchange.imports import MAY, row_of

BAD = {**MAY, "ministry_code": "", "personal_id": "066317000009", "gender": "x"}


def resource_of(cast, *rows):
    sheet = StudentsSheet([SheetRow(number, row) for number, row in enumerate(rows, 4)])
    return StudentResource(school_year=cast.school_year, sheet=sheet, by=cast.tam.user)


def kinds(cast, *rows, dry_run=True):
    return [row.import_type for row in resource_of(cast, *rows).run(dry_run=dry_run).rows]


def test_each_row_has_its_result_in_the_order_of_the_sheet(cast):
    changed = row_of(cast.duc.student, mother_name="Khác")
    assert kinds(cast, BAD, MAY, row_of(cast.anh.student), changed) == [
        RowResult.IMPORT_TYPE_INVALID,
        RowResult.IMPORT_TYPE_NEW,
        RowResult.IMPORT_TYPE_SKIP,
        RowResult.IMPORT_TYPE_UPDATE,
    ]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_sheet_without_rows_has_no_results(cast, dry_run):
    assert kinds(cast, dry_run=dry_run) == []


def test_looking_and_writing_find_the_same(cast):
    rows = [BAD, MAY, row_of(cast.anh.student), row_of(cast.duc.student, mother_name="Khác")]
    looked = kinds(cast, *rows)
    assert kinds(cast, *rows, dry_run=False) == looked


def test_looking_writes_nobody(cast):
    kinds(cast, MAY)
    assert not Student.objects.filter(personal_id=MAY["personal_id"]).exists()


def test_looking_changes_nobody(cast):
    kinds(cast, row_of(cast.anh.student, mother_name="Khác"))
    assert Student.objects.get(pk=cast.anh.student_id).mother_name == "Phạm Thị Hòa"


def test_writing_leaves_out_what_is_refused(cast):
    kinds(cast, BAD, MAY, dry_run=False)
    assert not Student.objects.filter(personal_id=BAD["personal_id"]).exists()


def test_writing_twice_enrols_once(cast):
    kinds(cast, MAY, dry_run=False)
    kinds(cast, MAY, dry_run=False)
    assert Enrollment.objects.filter(student__personal_id=MAY["personal_id"]).count() == 1


def test_a_row_with_its_own_class_missing_does_not_stop_the_others(cast):
    rows = [{**MAY, "class_name": "9Z"}, row_of(cast.anh.student)]
    assert kinds(cast, *rows) == [RowResult.IMPORT_TYPE_INVALID, RowResult.IMPORT_TYPE_SKIP]


@pytest.mark.parametrize("name", ["full_name", "date_of_birth", "gender"])
def test_a_new_pupil_is_refused_without_what_is_required(cast, name):
    result = resource_of(cast, {**MAY, name: ""}).run(dry_run=True)
    assert set(result.rows[0].validation_error.error_dict) == {name}


@pytest.mark.parametrize("name", ["full_name", "date_of_birth", "gender"])
def test_a_known_pupil_keeps_what_is_required(cast, name):
    row = row_of(cast.anh.student, **{name: ""})
    assert kinds(cast, row) == [RowResult.IMPORT_TYPE_SKIP]


@pytest.mark.parametrize("name", ["full_name", "residence", "mother_name", "disability"])
def test_a_text_that_is_too_long_refuses_the_row(cast, name):
    result = resource_of(cast, {**MAY, name: "a" * 256}).run(dry_run=True)
    assert name in result.rows[0].validation_error.error_dict


def test_a_pupil_with_a_status_that_is_not_understood_is_refused(cast):
    row = {**MAY, "personal_id": cast.stranger.student.personal_id, "status": "x"}
    assert kinds(cast, row) == [RowResult.IMPORT_TYPE_INVALID]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(COLUMN_BY_KEY)),
        st.one_of(
            st.none(),
            st.text("aăđ'=-#/0123456789 ", max_size=12),
            st.integers(-5, 10**13),
            st.dates(),
            st.floats(allow_nan=False),
        ),
        max_size=6,
    )
)
def test_whatever_a_row_says_it_has_a_result(cast, cells):
    [kind] = kinds(cast, {**MAY, **cells})
    assert kind in {
        RowResult.IMPORT_TYPE_INVALID,
        RowResult.IMPORT_TYPE_NEW,
        RowResult.IMPORT_TYPE_SKIP,
    }


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(order=st.permutations(range(4)))
def test_the_order_of_the_rows_does_not_matter(cast, order):
    rows = [BAD, MAY, row_of(cast.anh.student), row_of(cast.duc.student, mother_name="Khác")]
    expected = kinds(cast, *rows)
    assert kinds(cast, *(rows[place] for place in order)) == [expected[place] for place in order]


@pytest.mark.parametrize("name", ["full_name", "residence", "mother_name", "nationality"])
def test_a_text_that_cannot_be_printed_refuses_the_row_at_its_column(cast, name):
    result = resource_of(cast, {**MAY, name: "Lê 阿梅"}).run(dry_run=True)
    errors = result.rows[0].validation_error.message_dict

    assert errors[name] == ["Không in được ký tự “阿” (U+963F); hãy xóa hoặc thay bằng chữ khác."]
