from itertools import product

import pytest
from django.db import IntegrityError
from django.utils import timezone

from audit.models import FrozenError
from tests.audit.frozen import MOVES, Charter, create_charters
from tests.audit.triggers import (
    FROZEN,
    column_values,
    copy_for_a_plain_client,
    insert_statement,
    on_postgresql,
    on_sqlite,
    refused,
    run_sql,
    truncate,
)
from tests.rows import saved_row

STATES = ["created", "signed", "issued", "it's over"]  # in the order of the steps
OTHER_CONTENT = {"text": "khác", "payload": {"a": 1}, "copy": b"\x01", "number": 9, "id": 99}

every_content_field = pytest.mark.parametrize(("name", "value"), OTHER_CONTENT.items())


@pytest.fixture
def charter(db):
    """Written with the sign that would end a quoted text."""
    create_charters()
    return Charter.objects.create(text="Em ở buôn K'Bang.", number=1, copy=b"\x00\xff")


def stored(charter):
    return Charter.objects.get(pk=charter.pk)


def set_state(charter, state):
    """By the steps that lead there."""
    for step in STATES[1 : STATES.index(state) + 1]:
        Charter.objects.filter(pk=charter.pk).update(state=step)


def test_every_field_is_tried():
    fields = {field.name for field in Charter._meta.concrete_fields}
    assert fields == {*OTHER_CONTENT, *Charter.living_fields}


def test_a_living_field_is_saved(charter):
    charter.state, charter.state_changed_at = "signed", timezone.now()
    charter.save(update_fields=["state", "state_changed_at"])
    assert stored(charter).state == "signed"
    assert stored(charter).state_changed_at == charter.state_changed_at


def test_a_living_field_is_updated(charter):
    assert Charter.objects.update(state="signed", state_changed_at=timezone.now()) == 1
    assert stored(charter).state == "signed"


def test_a_save_that_names_no_field_is_refused(charter):
    with pytest.raises(FrozenError, match="state"):
        charter.save()


@every_content_field
def test_the_model_refuses_content(charter, name, value):
    setattr(charter, name, value)
    with pytest.raises(FrozenError):
        charter.save(update_fields=[name, "state"])


@every_content_field
def test_the_queryset_refuses_content(charter, name, value):
    with pytest.raises(FrozenError):
        Charter.objects.update(**{name: value, "state": "signed"})


def test_the_model_refuses_to_delete(charter):
    with pytest.raises(FrozenError):
        charter.delete()
    with pytest.raises(FrozenError):
        Charter.objects.all().delete()


@every_content_field
def test_the_database_refuses_content(charter, name, value):
    with refused("frozen"):
        Charter._base_manager.update(**{name: value})


@every_content_field
def test_the_database_refuses_content_beside_a_living_field(charter, name, value):
    with refused("frozen"):
        Charter._base_manager.update(**{name: value, "state": "signed"})


def test_the_database_refuses_to_empty_a_column(charter):
    with refused("frozen"):
        Charter._base_manager.update(copy=None)


def test_the_database_refuses_to_fill_an_empty_column(charter):
    empty = Charter.objects.create(text="", number=2)
    with refused("frozen"):
        Charter._base_manager.filter(pk=empty.pk).update(copy=b"")


def test_the_database_refuses_bulk_update(charter):
    charter.text = "khác"
    with refused("frozen"):
        Charter._base_manager.bulk_update([charter], ["text"])


def test_the_database_refuses_an_upsert(charter):
    charter.text = "khác"
    with refused("frozen"):
        Charter._base_manager.bulk_create(
            [charter], update_conflicts=True, unique_fields=["pk"], update_fields=["text"]
        )


def test_the_database_refuses_to_delete(charter):
    with refused("frozen"):
        Charter._base_manager.all().delete()
    with refused("frozen"):
        run_sql("DELETE FROM audit_charter")


@pytest.mark.parametrize("move", list(product(STATES, STATES)), ids=str)
def test_a_state_goes_only_where_the_table_says(charter, move):
    old, new = move
    set_state(charter, old)
    if old == new or move in MOVES:
        Charter._base_manager.update(state=new)
        assert stored(charter).state == new
    else:
        with refused("frozen"):
            run_sql("UPDATE audit_charter SET state = %s", new)


def test_a_state_does_not_go_to_one_that_nobody_knows(charter):
    with refused("frozen"):
        run_sql("UPDATE audit_charter SET state = 'gone'")


@pytest.mark.parametrize("state", STATES)
def test_content_stays_in_every_state(charter, state):
    set_state(charter, state)
    with refused("frozen"):
        run_sql("UPDATE audit_charter SET text = 'khác'")


def test_rows_are_added(charter):
    Charter.objects.create(text="Em ở buôn K'Bang.", number=2)
    assert Charter.objects.count() == 2


@on_sqlite
@pytest.mark.parametrize("replaced", [{}, {"id": 1000}, {"number": 1000}])
def test_insert_or_replace_is_refused(charter, replaced):
    with refused("frozen"):
        run_sql(insert_statement(charter, "INSERT OR REPLACE"), *column_values(charter, **replaced))


@on_sqlite
def test_an_issued_row_is_not_pushed_out_by_another_that_is_issued(charter):
    set_state(charter, "issued")
    other = Charter.objects.create(text=charter.text, number=2)
    Charter.objects.filter(pk=other.pk).update(state="signed")
    with refused("frozen"):
        run_sql("UPDATE OR REPLACE audit_charter SET state = 'issued' WHERE id = %s", other.pk)


@on_sqlite
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = 1000", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_a_plain_sqlite_client_is_refused(charter, statement):
    client = copy_for_a_plain_client(Charter)
    with pytest.raises(client.IntegrityError, match="frozen"):
        client.execute(statement.replace("{}", Charter._meta.db_table))


@on_postgresql
def test_truncate_is_refused(charter):
    with refused("frozen"):
        truncate(Charter)


def test_the_unique_key_of_a_state_holds(charter):
    set_state(charter, "issued")
    other = Charter.objects.create(text=charter.text, number=2)
    Charter.objects.filter(pk=other.pk).update(state="signed")
    with pytest.raises(IntegrityError):
        Charter.objects.filter(pk=other.pk).update(state="issued")


@pytest.mark.parametrize("model", FROZEN)
def test_no_frozen_row_of_ours_is_deleted_or_renumbered(model, cast):
    row = saved_row(model, cast)
    table, pk = model._meta.db_table, model._meta.pk.column
    for statement in [f"UPDATE {table} SET {pk} = 4242", f"DELETE FROM {table}"]:
        with refused("frozen"):
            run_sql(statement)
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", FROZEN)
def test_living_fields_and_moves_are_fields_of_the_model(model):
    fields = {field.name for field in model._meta.concrete_fields}
    assert set(model.living_fields) <= fields
    assert set(model.living_moves) <= set(model.living_fields)
