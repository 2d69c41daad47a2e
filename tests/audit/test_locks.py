import datetime

import pytest
from django.db import models
from django.utils import timezone

from assessments.models import PeriodRecord, SubjectResult
from assessments.workflow import Status
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
from tests.rows import lock_of, locked_row, saved_row

HANGING = [model for model in LOCKABLE if model.hangs_on]
OTHER_VALUES: dict[type[models.Field], object] = {
    models.BigAutoField: 999_999,
    models.ForeignKey: 999_999,
    models.OneToOneField: 999_999,
    models.BooleanField: False,
    models.CharField: "x",
    models.TextField: "x",
    models.PositiveSmallIntegerField: 99,
    models.PositiveIntegerField: 99,
    models.DecimalField: 99,
    models.DateField: datetime.date(2020, 1, 1),
    models.JSONField: [],
    models.DateTimeField: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
}
KEPT_FIELDS = [
    (model, field.name)
    for model in LOCKABLE
    for field in model._meta.concrete_fields
    if field.name not in {"locked_at", *model.unlocking_fields}
]

every_model = pytest.mark.parametrize("model", LOCKABLE)
every_hanging_model = pytest.mark.parametrize("model", HANGING)


@pytest.fixture
def locked(model, cast):
    return locked_row(model, cast)


@every_model
def test_save_is_refused(model, locked):
    change(locked)
    with refused("locked"):
        locked.save()


@every_model
def test_update_is_refused(model, locked):
    name, value = CHANGES[model]
    with refused("locked"):
        model.objects.filter(pk=locked.pk).update(**{name: value})


@every_model
def test_bulk_update_is_refused(model, locked):
    name = change(locked)
    with refused("locked"):
        model.objects.bulk_update([locked], [name])


@every_model
def test_an_upsert_by_id_is_refused(model, locked):
    name = change(locked)
    with refused("locked"):
        model.objects.bulk_create(
            [locked], update_conflicts=True, unique_fields=["pk"], update_fields=[name]
        )


@every_model
def test_an_upsert_by_the_unique_key_is_refused(model, locked):
    name = change(locked)
    locked.pk = None
    with refused("locked"):
        model.objects.bulk_create(
            [locked],
            update_conflicts=True,
            unique_fields=unique_key(locked),
            update_fields=[name],
        )


@every_model
def test_delete_is_refused(model, locked):
    with refused("locked"):
        locked.delete()


@every_model
def test_delete_of_a_queryset_is_refused(model, locked):
    with refused("locked"):
        model.objects.all()._raw_delete(using="default")


@every_model
def test_sql_is_refused(model, locked):
    table = model._meta.db_table
    with refused("locked"):
        run_sql(f"UPDATE {table} SET id = id + 1000")
    with refused("locked"):
        run_sql(f"DELETE FROM {table}")


@every_model
def test_moving_the_time_of_the_lock_is_refused(model, locked):
    with refused("locked"):
        model.objects.update(locked_at=timezone.now() + datetime.timedelta(days=1))


@every_model
@on_sqlite
def test_insert_or_replace_of_the_id_is_refused(model, locked):
    with refused("locked"):
        run_sql(insert_statement(locked, "INSERT OR REPLACE"), *column_values(locked))


@every_model
@on_sqlite
def test_insert_or_replace_of_the_unique_key_is_refused(model, locked):
    with refused("locked"):
        run_sql(insert_statement(locked, "INSERT OR REPLACE"), *column_values(locked, id=1000))


@every_model
@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = 1000",
        "DELETE FROM {}",
        "REPLACE INTO {} SELECT * FROM {}",
    ],
)
def test_a_plain_sqlite_client_is_refused(model, locked, statement):
    client = copy_for_a_plain_client(model)
    with pytest.raises(client.IntegrityError, match="locked"):
        client.execute(statement.replace("{}", model._meta.db_table))


@on_sqlite
@pytest.mark.parametrize("assignment", ["id = {0.pk}", "subject_code = '{0.subject_code}'"])
def test_another_row_does_not_push_the_locked_one_out(cast, assignment):
    locked = locked_row(SubjectResult, cast)
    other = SubjectResult.objects.create(
        record=locked.record,
        subject_code="am_nhac",
        saved_at=locked.saved_at,
        saved_by=locked.saved_by,
    )
    client = copy_for_a_plain_client(SubjectResult)
    statement = f"UPDATE OR REPLACE assessments_subjectresult SET {assignment.format(locked)}"
    with pytest.raises(client.IntegrityError, match="locked"):
        client.execute(f"{statement} WHERE id = {other.pk}")


@every_model
@on_postgresql
def test_truncate_is_refused(model, locked):
    with refused("locked"):
        truncate(model)


@every_model
def test_unlocking_is_allowed(model, locked):
    model.objects.filter(pk=locked.pk).update(**UNLOCKED[model])
    locked.refresh_from_db()
    assert locked.locked_at is None


@pytest.mark.parametrize(("model", "name"), KEPT_FIELDS)
def test_unlocking_changes_nothing_else(model, name, locked):
    other_value = OTHER_VALUES[type(model._meta.get_field(name))]
    with refused("locked"):
        model.objects.filter(pk=locked.pk).update(**{**UNLOCKED[model], name: other_value})


@every_model
def test_the_row_changes_again_once_unlocked(model, locked):
    model.objects.filter(pk=locked.pk).update(**UNLOCKED[model])
    locked.refresh_from_db()
    change(locked)
    locked.save()
    locked.delete()


@every_model
def test_an_open_row_changes_and_goes(model, cast):
    row = saved_row(model, cast)
    change(row)
    row.save()
    row.delete()
    assert not model.objects.exists()


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SIGNED_OFF])
def test_the_status_does_not_change_under_the_lock(cast, status):
    locked_row(PeriodRecord, cast)
    with refused("locked"):
        PeriodRecord.objects.update(status=status)


def test_another_pupils_record_is_added_beside_a_locked_one(cast):
    locked = locked_row(PeriodRecord, cast)
    PeriodRecord.objects.create(class_period=locked.class_period, enrollment=cast.duc)
    assert PeriodRecord.objects.count() == 2


@pytest.fixture
def beside_a_locked_row(model, cast):
    """Another row, not saved, of the locked row that a first one hangs on."""
    first = saved_row(model, cast)
    another = ANOTHER_ROW[model](cast)
    lock_what_it_hangs_on(first, cast)
    return model(**{**plain_values(first), **another})


def lock_what_it_hangs_on(row: models.Model, cast: Cast) -> None:
    above = getattr(row, row.hangs_on)
    type(above).objects.filter(pk=above.pk).update(**lock_of(type(above), cast))


def unlock_what_it_hangs_on(row: models.Model) -> None:
    above = type(getattr(row, row.hangs_on))
    above.objects.filter(pk=getattr(row, f"{row.hangs_on}_id")).update(**UNLOCKED[above])


@every_hanging_model
def test_nothing_is_added_to_a_locked_row(model, beside_a_locked_row):
    with refused("locked"):
        beside_a_locked_row.save()


@every_hanging_model
def test_nothing_is_added_in_bulk_to_a_locked_row(model, beside_a_locked_row):
    with refused("locked"):
        model.objects.bulk_create([beside_a_locked_row])


@every_hanging_model
def test_an_open_row_is_not_moved_to_a_locked_one(model, cast):
    first = saved_row(model, cast)
    key = f"{model.hangs_on}_id"
    elsewhere = another_to_hang_on(first, cast)
    moving = model.objects.create(
        **{**plain_values(first), **ANOTHER_ROW[model](cast), key: elsewhere.pk}
    )
    lock_what_it_hangs_on(first, cast)
    with refused("locked"):
        model.objects.filter(pk=moving.pk).update(**{key: getattr(first, key)})


def another_to_hang_on(row: models.Model, cast: Cast) -> models.Model:
    above = getattr(row, row.hangs_on)
    if isinstance(above, PeriodRecord):
        another = {"enrollment_id": last_pupil(above).pk}
    else:
        another = ANOTHER_ROW[type(above)](cast)
    return type(above).objects.create(**{**plain_values(above), **another})


def last_pupil(record: PeriodRecord) -> models.Model:
    return record.class_period.school_class.enrollments.last()


@every_hanging_model
def test_a_row_is_added_once_the_lock_above_is_lifted(model, beside_a_locked_row):
    unlock_what_it_hangs_on(beside_a_locked_row)
    beside_a_locked_row.save()
    assert model.objects.count() == 2


@every_hanging_model
def test_what_hangs_on_a_locked_row_can_be_locked_with_it(model, cast):
    row = saved_row(model, cast)
    lock_what_it_hangs_on(row, cast)
    model.objects.filter(pk=row.pk).update(locked_at=timezone.now())
    row.refresh_from_db()
    assert row.locked_at
