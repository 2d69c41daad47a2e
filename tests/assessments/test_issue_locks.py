"""While a report card is in force, its pupil's results stay: every path, on both engines."""

import datetime

import pytest
from django.contrib import admin
from django.db import models
from django.utils import timezone

from assessments.issue_locks import hold_enrollments, release_enrollment
from assessments.models import (
    IssueLock,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from students.models import Enrollment
from tests.assessments.held_rows import HELD, everything, hold
from tests.audit.locked_rows import (
    ANOTHER_ROW,
    CHANGES,
    UNLOCKED,
    change,
    plain_values,
    unique_key,
)
from tests.audit.triggers import (
    LOCKABLE,
    column_values,
    copy_for_a_plain_client,
    insert_statement,
    on_postgresql,
    on_sqlite,
    refused,
    run_sql,
    truncate,
)
from tests.cast import Cast
from tests.rows import locked_row, saved_row

MAKE = {"open": saved_row, "locked": locked_row}

every_model = pytest.mark.parametrize("model", HELD)
open_or_locked = pytest.mark.parametrize("state", MAKE)


@pytest.fixture
def held(model, state, cast):
    row = MAKE[state](model, cast)
    hold(cast.anh)
    return row


def beside(row: models.Model, pupil: Enrollment) -> models.Model:
    """The same of another pupil, in the same class and period."""
    values = plain_values(row)
    if isinstance(row, TestScore):
        values["result_id"] = beside(row.result, pupil).pk
    elif isinstance(row, PeriodRecord | YearDecision):
        values["enrollment_id"] = pupil.pk
    else:
        values["record_id"] = beside(row.record, pupil).pk
    return type(row).objects.create(**values)


def key_of(row: models.Model) -> str:
    """Whose change moves the row to another pupil."""
    return f"{row.held_by.split('__')[0]}_id"


def save(row):
    change(row)
    row.save()


def save_one_field(row):
    row.save(update_fields=[change(row)])


def update(row):
    name, value = CHANGES[type(row)]
    type(row).objects.filter(pk=row.pk).update(**{name: value})


def update_all(row):
    name, value = CHANGES[type(row)]
    type(row)._base_manager.update(**{name: value})


def bulk_update(row):
    type(row).objects.bulk_update([row], [change(row)])


def upsert_by_id(row):
    type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[change(row)]
    )


def upsert_by_the_unique_key(row):
    name, row.pk = change(row), None
    type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=unique_key(row), update_fields=[name]
    )


def unlock(row):
    type(row).objects.filter(pk=row.pk).update(**UNLOCKED[type(row)])


def delete(row):
    row.delete()


def delete_of_a_queryset(row):
    type(row).objects.filter(pk=row.pk).delete()


def raw_delete(row):
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows._raw_delete(using=rows.db)


def sql_update(row):
    name, value = CHANGES[type(row)]
    run_sql(f"UPDATE {row._meta.db_table} SET {name} = %s", value)


def sql_update_of_nothing(row):
    run_sql(f"UPDATE {row._meta.db_table} SET id = id")


def sql_unlock(row):
    run_sql(f"UPDATE {row._meta.db_table} SET locked_at = NULL")


def sql_delete(row):
    run_sql(f"DELETE FROM {row._meta.db_table}")


def sql_upsert(row):
    change_column = CHANGES[type(row)][0]
    run_sql(
        f"{insert_statement(row)} ON CONFLICT (id) DO UPDATE"
        f" SET {change_column} = excluded.{change_column}",
        *column_values(row),
    )


PATHS = [
    save,
    save_one_field,
    update,
    update_all,
    bulk_update,
    upsert_by_id,
    upsert_by_the_unique_key,
    unlock,
    delete,
    delete_of_a_queryset,
    raw_delete,
    sql_update,
    sql_update_of_nothing,
    sql_unlock,
    sql_delete,
    sql_upsert,
]


def test_all_that_a_card_is_made_from_is_held():
    assert [model for model in LOCKABLE if model.held_by] == sorted(HELD, key=LOCKABLE.index)


@every_model
def test_what_hangs_on_a_row_is_held_with_it(model):
    assert not model.hangs_on or model.held_by.startswith(f"{model.hangs_on}__")


@every_model
@open_or_locked
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_path_changes_a_row(model, state, held, path):
    before = everything()
    with refused("locked"):
        path(held)
    assert everything() == before


@every_model
@open_or_locked
def test_a_row_is_not_moved_to_another_pupil(model, state, held, cast):
    elsewhere = beside(held, cast.duc)
    target = getattr(elsewhere, key_of(held))
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(**UNLOCKED[model])
    elsewhere.delete()
    with refused("locked"):
        model.objects.filter(pk=held.pk).update(**{key_of(held): target})


@every_model
def test_another_pupils_row_is_not_moved_here(model, cast):
    row = saved_row(model, cast)
    moving = beside(row, cast.duc)
    target = getattr(row, key_of(row))
    row.delete()
    hold(cast.anh)
    with refused("locked"):
        model.objects.filter(pk=moving.pk).update(**{key_of(row): target})


@every_model
def test_no_row_is_added(model, cast):
    row = saved_row(model, cast)
    values = plain_values(row)
    row.delete()
    hold(cast.anh)
    for add in (model.objects.create, lambda **one: model.objects.bulk_create([model(**one)])):
        with refused("locked"):
            add(**values)


@pytest.mark.parametrize("model", [SubjectResult, TestScore, TraitResult])
def test_no_row_is_added_beside_another(model, cast):
    row = saved_row(model, cast)
    another = {**plain_values(row), **ANOTHER_ROW[model](cast)}
    hold(cast.anh)
    with refused("locked"):
        model.objects.create(**another)


def test_no_sign_off_takes_the_place_of_the_one_behind_the_card(cast):
    sign_off = saved_row(SignOff, cast)
    hold(cast.anh)
    values = {**plain_values(sign_off), "supersedes_id": sign_off.pk}
    with refused("append-only"):
        SignOff.objects.create(**values)


@every_model
@open_or_locked
@on_sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_a_row_is_not_replaced(model, state, held, verb):
    with refused("locked"):
        run_sql(insert_statement(held, verb), *column_values(held))


@every_model
@open_or_locked
@on_sqlite
def test_a_row_is_not_pushed_out_by_another_pupils(model, state, held, cast):
    """Which takes its number: nothing else of it concerns the pupil."""
    other = beside(held, cast.duc)
    type(other).objects.filter(pk=other.pk).update(**UNLOCKED[model])
    with refused("locked"):
        run_sql(insert_statement(other, "INSERT OR REPLACE"), *column_values(other, id=held.pk))
    with refused("locked"):
        run_sql(
            f"UPDATE OR REPLACE {model._meta.db_table} SET id = %s WHERE id = %s",
            held.pk,
            other.pk,
        )


@every_model
@open_or_locked
@on_sqlite
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = 1000", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_a_plain_sqlite_client_is_refused(model, state, held, statement):
    client = copy_for_a_plain_client(model)
    with pytest.raises(client.IntegrityError, match="locked"):
        client.execute(statement.replace("{}", model._meta.db_table))


@every_model
@on_postgresql
@pytest.mark.parametrize("state", ["open"])
def test_truncate_is_refused(model, state, held):
    with refused("locked"):
        truncate(model)


@every_model
@open_or_locked
def test_a_neighbours_row_stays_free(model, state, held, cast):
    row = beside(held, cast.duc)
    type(row).objects.filter(pk=row.pk).update(**UNLOCKED[model])
    row.refresh_from_db()
    change(row)
    row.save()
    row.delete()


@every_model
@open_or_locked
def test_a_released_row_is_as_it_was_before(model, state, held, cast):
    release_enrollment(cast.anh)
    model.objects.filter(pk=held.pk).update(**UNLOCKED[model])
    held.refresh_from_db()
    change(held)
    held.save()
    held.delete()


@every_model
def test_a_released_row_that_is_locked_stays_locked(model, cast):
    row = locked_row(model, cast)
    hold(cast.anh)
    release_enrollment(cast.anh)
    with refused("locked"):
        row.delete()


def test_several_pupils_are_held_at_once(cast: Cast):
    hold(cast.anh, cast.duc)
    assert set(IssueLock.objects.values_list("enrollment", flat=True)) == {
        cast.anh.pk,
        cast.duc.pk,
    }


def test_who_is_held_stays_held_since_then(cast):
    hold(cast.anh)
    first = IssueLock.objects.get().held_at
    hold_enrollments([cast.anh, cast.duc], timezone.now() + datetime.timedelta(days=1))
    assert IssueLock.objects.get(enrollment=cast.anh).held_at == first
    assert IssueLock.objects.count() == 2


def test_holding_nobody_is_nothing(cast):
    hold()
    assert not IssueLock.objects.exists()


def test_a_pupil_alone_is_released(cast):
    hold(cast.anh, cast.duc)
    release_enrollment(cast.anh)
    assert [lock.enrollment for lock in IssueLock.objects.all()] == [cast.duc]


def test_holding_many_asks_the_database_as_often_as_holding_one(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        hold_enrollments([cast.anh], timezone.now())
    with django_assert_num_queries(3):
        hold_enrollments([cast.anh, cast.duc, cast.hhen], timezone.now())


def test_no_page_of_the_administration_shows_these_rows():
    assert not {*HELD, IssueLock, SignOff} & set(admin.site._registry)
