"""`updated_at` is what the export's readers go by: no way of writing a row may leave it behind."""

import datetime

import pytest
import time_machine
from django.db import models

from schools.models import School, SchoolClass
from students.models import Enrollment, Student
from tests.cast import NOW, Cast

LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def later(cast: Cast):
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.parametrize("model", [School, SchoolClass, Student, Enrollment])
def test_a_new_row_was_updated_when_it_was_made(model: type[models.Model], cast: Cast):
    assert {row.updated_at for row in model.objects.all()} == {NOW}


def test_save_moves_it(cast: Cast, later: None):
    cast.school_class.save()
    assert SchoolClass.objects.get(pk=cast.school_class.pk).updated_at == LATER


def test_save_of_named_fields_moves_it(cast: Cast, later: None):
    cast.school_class.name = "4B"
    cast.school_class.save(update_fields=["name"])
    school_class = SchoolClass.objects.get(pk=cast.school_class.pk)
    assert (school_class.name, school_class.updated_at) == ("4B", LATER)


def test_save_of_no_fields_leaves_it(cast: Cast, later: None):
    cast.school_class.save(update_fields=[])
    assert SchoolClass.objects.get(pk=cast.school_class.pk).updated_at == NOW


def test_update_moves_it_for_the_rows_changed(cast: Cast, later: None):
    Student.objects.filter(pk=cast.anh.student_id).update(residence="Phường An Bình, Đắk Lắk")
    assert Student.objects.get(pk=cast.anh.student_id).updated_at == LATER
    assert Student.objects.get(pk=cast.duc.student_id).updated_at == NOW


def test_update_through_a_related_manager_moves_it(cast: Cast, later: None):
    cast.anh.student.enrollments.update(register_number="17")
    assert Enrollment.objects.get(pk=cast.anh.pk).updated_at == LATER


def test_update_may_name_the_time_itself(cast: Cast, later: None):
    Student.objects.update(updated_at=NOW)
    assert {student.updated_at for student in Student.objects.all()} == {NOW}


def test_bulk_update_moves_it(cast: Cast, later: None):
    cast.anh.register_number = "17"
    Enrollment.objects.bulk_update([cast.anh], ["register_number"])
    assert Enrollment.objects.get(pk=cast.anh.pk).updated_at == LATER


def test_update_or_create_moves_it(cast: Cast, later: None):
    School.objects.update_or_create(pk=cast.school.pk, defaults={"name": "Trường Tiểu học Mới"})
    assert School.objects.get(pk=cast.school.pk).updated_at == LATER
