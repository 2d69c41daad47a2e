"""The cast that is written again is the one that was made."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import serializers

from students.models import Student
from tests import factories
from tests.cast import TABLES, Cast, FirstCast, make_cast

OF_EVERY_DATABASE = {ContentType, Permission}


def stored() -> list[dict[str, object]]:
    rows = [row for model in TABLES for row in model._base_manager.order_by("pk")]
    return serializers.serialize("python", rows)


@pytest.mark.django_db
def test_every_table_that_it_stands_in_is_named(now) -> None:
    make_cast()
    models = [model for model in apps.get_models() if model._base_manager.exists()]
    assert set(models) - OF_EVERY_DATABASE == set(TABLES)


@pytest.mark.django_db
def test_its_rows_are_written_again_as_they_were(now) -> None:
    first = FirstCast()
    first.remember(make_cast())
    before = stored()
    for model in reversed(TABLES):
        model._base_manager.all().delete()
    first.write_again()
    assert stored() == before


def test_new_rows_get_ids_of_their_own(cast: Cast) -> None:
    newest = Student.objects.order_by("pk").last()
    assert factories.make_student("Nông Thị Mây").pk > newest.pk


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_may_change_its_people(cast: Cast, turn: str) -> None:
    assert cast.ngoc.full_name == "Trần Thị Ngọc"
    cast.ngoc.full_name = "Đinh Thị Mới"
    cast.ngoc.save()
