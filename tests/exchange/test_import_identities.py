"""Which pupil a row means."""

import datetime

import pytest
from django.utils import timezone

from students.models import Enrollment, Student
from tests import factories
from tests.exchange.imports import (
    MAY,
    imported,
    only_row,
    refusal_of,
    row_of,
    upload,
)

YEAR_START = datetime.date(2026, 9, 5)


def test_a_known_pupil_is_found_by_the_ministrys_code(cast):
    batch = upload(cast, row_of(cast.anh.student, personal_id=""))
    assert only_row(batch).student == cast.anh.student


def test_a_known_pupil_is_found_by_the_personal_id_and_gets_her_code(cast):
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code=None)
    batch = imported(cast, row_of(cast.anh.student, ministry_code="6699999999"))
    assert only_row(batch).changes == {"ministry_code": [None, "6699999999"]}


def test_a_known_pupil_is_found_by_name_birth_and_class(cast):
    row = row_of(cast.anh.student, ministry_code="", personal_id="", full_name="LÊ MINH ANH")
    assert only_row(upload(cast, row)).student == cast.anh.student


def test_a_namesake_with_another_id_is_another_pupil(cast):
    row = row_of(cast.anh.student, ministry_code="6699999999", personal_id="066317999999")
    assert only_row(upload(cast, row)).outcome == "created"


def test_a_namesake_in_another_class_without_ids_is_refused(cast):
    factories.make_class(cast.school_year, "4B")
    row = row_of(cast.anh.student, class_name="4B", ministry_code="", personal_id="")
    assert "cùng họ tên và ngày sinh" in only_row(upload(cast, row)).remarks[0]


def test_a_pupil_of_the_same_name_at_another_school_does_not_matter(cast):
    stranger = cast.stranger.student
    row = row_of(stranger, ministry_code="", personal_id="")
    assert only_row(upload(cast, row)).outcome == "created"


def test_a_code_and_an_id_of_two_pupils_are_refused(cast):
    row = row_of(cast.anh.student, personal_id=cast.duc.student.personal_id)
    assert "hai học sinh khác nhau" in only_row(upload(cast, row)).remarks[0]


def test_an_id_under_another_name_and_birth_is_refused(cast):
    row = {**MAY, "ministry_code": cast.anh.student.ministry_code}
    assert "khác họ tên và khác ngày sinh" in only_row(upload(cast, row)).remarks[0]


def test_a_ministry_code_never_changes(cast):
    row = row_of(cast.anh.student, ministry_code="6699999999")
    assert "mã ấy không đổi" in only_row(upload(cast, row)).remarks[0]


@pytest.mark.parametrize("cell", ["ministry_code", "personal_id"])
def test_an_id_that_is_enrolled_elsewhere_points_to_the_transfer(cast, cell):
    stranger = cast.stranger.student
    said = refusal_of(
        cast, **{"ministry_code": "", "personal_id": "", cell: getattr(stranger, cell)}
    )
    assert "chuyển trường" in said


def test_nothing_of_a_pupil_of_another_school_is_disclosed(cast):
    stranger = cast.stranger.student
    row = only_row(upload(cast, {**MAY, "personal_id": stranger.personal_id}))
    shown = f"{row.remarks} {row.changes} {row.full_name} {row.class_name} {row.cells}"
    assert row.student is None
    for secret in (
        stranger.full_name,
        stranger.ministry_code,
        cast.other_school.name,
        "14/03/2017",
    ):
        assert secret not in shown


def test_an_id_that_only_another_school_has_known_points_to_the_transfer(cast):
    Enrollment.objects.filter(pk=cast.stranger.pk).update(
        ended_on=timezone.localdate(), exit_reason="transferred_out"
    )
    said = refusal_of(cast, ministry_code="", personal_id=cast.stranger.student.personal_id)
    assert "chuyển trường" in said


def test_a_pupil_who_went_to_another_school_is_not_looked_at_when_she_is_listed_as_gone(cast):
    Enrollment.objects.filter(pk=cast.anh.pk).update(
        ended_on=YEAR_START, exit_reason="transferred_out"
    )
    factories.enroll(
        cast.anh.student, cast.other_class, enrolled_on=YEAR_START + datetime.timedelta(days=9)
    )
    row = only_row(upload(cast, row_of(cast.anh.student, status="04", status_on="05/09/2026")))
    assert (row.outcome, row.student, row.changes) == ("unchanged", None, {})


@pytest.mark.parametrize("cell", ["ministry_code", "personal_id"])
def test_two_rows_with_one_id_are_both_refused(cast, cell):
    other = {
        **MAY,
        "ministry_code": "",
        "personal_id": "",
        cell: MAY[cell],
        "full_name": "Nông Thị Mưa",
    }
    batch = upload(cast, MAY, other)
    assert [row.outcome for row in batch.rows.in_sheet_order()] == ["refused", "refused"]
    assert "nhiều dòng của tệp: 4, 5" in batch.rows.first().remarks[0]


def test_two_rows_of_one_name_birth_and_class_without_ids_are_refused(cast):
    row = {**MAY, "ministry_code": "", "personal_id": ""}
    batch = upload(cast, row, row)
    assert {"refused"} == {row.outcome for row in batch.rows.all()}


def test_twins_with_ids_of_their_own_are_two_pupils(cast):
    twin = {**MAY, "ministry_code": "6612345679", "personal_id": "066317000002"}
    assert {"created"} == {row.outcome for row in upload(cast, MAY, twin).rows.all()}


def test_an_id_that_cannot_be_read_is_said_and_not_the_name_that_fits(cast):
    row = row_of(cast.anh.student, ministry_code="", personal_id="66317000001")
    assert "đã mất số 0 ở đầu" in only_row(upload(cast, row)).remarks[0]
