"""Rows that stand at the beginning of many tests come back as they were written first."""

import pytest

from accounts.models import User
from schools.models import Department
from tests.inserts import Inserts


@pytest.fixture
def rows(db):
    department = Department(pk=71, code="71", name="Sở Giáo dục và Đào tạo Đắk Lắk")
    return [
        [department],
        [],
        [User(pk=number, username=f"co-{number}", full_name="Phạm Thị Hòa") for number in (81, 82)],
    ]


def stored():
    return [*Department.objects.values(), *User.objects.order_by("pk").values()]


def test_what_is_written_again_is_what_was_written(rows):
    inserts = Inserts(rows)
    inserts.write()
    first = stored()
    assert len(first) == 3
    for model in (User, Department):
        model.objects.all().delete()

    inserts.write()

    assert stored() == first


def test_each_table_takes_one_statement(rows, django_assert_num_queries):
    inserts = Inserts(rows)
    inserts.write()
    User.objects.all().delete()
    Department.objects.all().delete()

    with django_assert_num_queries(2):
        inserts.write()
