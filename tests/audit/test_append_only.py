import pytest

from assessments.models import SignOff
from audit.models import AppendOnlyError, AuditEvent
from reportcards.models import (
    ArchivedFile,
    CardYearClosing,
    CertifiedCopy,
    DigitalSignature,
    RevocationList,
    SlotKey,
)
from schools.models import SchoolYear
from students.models import IndividualPlan
from tests.audit.triggers import (
    APPEND_ONLY,
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

CHANGES = {
    "audit.AuditEvent": {"reason": "khác"},
    "assessments.SignOff": {"digest": "f" * 64},
    "assessments.SubjectConfirmation": {"subject_code": "khac"},
    "exchange.ApiRead": {"path": "/khac"},
    "reportcards.ArchivedFile": {"size": 7},
    "reportcards.CardYearClosing": {"reference": "khác"},
    "reportcards.CertifiedCopy": {"recipient_name": "Khác"},
    "reportcards.DigitalSignature": {"document": "<HOC_BA></HOC_BA>"},
    "reportcards.ReportCardEvent": {"reason": "khác"},
    "reportcards.RevocationList": {"issuer_name": "CN=Khác"},
    "students.IndividualPlan": {"adjustments": "Đọc đoạn văn ngắn hơn."},
}
# Which field of the next row has another value: it names the one it replaces, or is the next.
KEYS = {
    SignOff: lambda row: {"supersedes": SignOff.objects.get()},
    IndividualPlan: lambda row: {"supersedes": IndividualPlan.objects.get()},
    AuditEvent: lambda row: {"number": row.number + 1},
    ArchivedFile: lambda row: {"digest": "f" * 64},
    CardYearClosing: lambda row: {
        "school_year": SchoolYear.objects.exclude(pk=row.school_year_id).get()
    },
    CertifiedCopy: lambda row: {"number": row.number + 1},
    DigitalSignature: lambda row: {"slot": SlotKey.LEADER},
    RevocationList: lambda row: {"digest": "f" * 64},
}

pytestmark = pytest.mark.parametrize("model", APPEND_ONLY)


def changed_field(model):
    [(name, value)] = CHANGES[model._meta.label].items()
    return name, value


@pytest.fixture
def row(model, cast):
    return saved_row(model, cast)


def test_save_is_refused(model, row):
    with pytest.raises(AppendOnlyError):
        row.save()


def test_delete_is_refused(model, row):
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_update_of_a_queryset_is_refused(model, row):
    with pytest.raises(AppendOnlyError):
        model.objects.update(**CHANGES[model._meta.label])


def test_delete_of_a_queryset_is_refused(model, row):
    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()


def test_the_database_refuses_an_update_past_the_manager(model, row):
    with refused("append-only"):
        model._base_manager.update(**CHANGES[model._meta.label])


def test_the_database_refuses_a_delete_past_the_manager(model, row):
    with refused("append-only"):
        model._base_manager.filter(pk=row.pk).delete()


def test_the_database_refuses_a_save_past_the_model(model, row):
    setattr(row, *changed_field(model))
    with refused("append-only"):
        row.save_base()


def test_the_database_refuses_saving_a_new_object_over_the_row(model, row, cast):
    row._state.adding = True
    with refused("append-only"):
        row.save()


def test_the_database_refuses_bulk_update(model, row):
    name, value = changed_field(model)
    setattr(row, name, value)
    with refused("append-only"):
        model._base_manager.bulk_update([row], [name])


def test_the_database_refuses_an_upsert(model, row):
    name, value = changed_field(model)
    setattr(row, name, value)
    with refused("append-only"):
        model.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["pk"], update_fields=[name]
        )


def test_the_database_refuses_sql(model, row):
    table = model._meta.db_table
    with refused("append-only"):
        run_sql(f"UPDATE {table} SET id = id + 1000")
    with refused("append-only"):
        run_sql(f"DELETE FROM {table}")


@on_sqlite
def test_the_database_refuses_insert_or_replace(model, row):
    with refused("append-only"):
        run_sql(insert_statement(row, "INSERT OR REPLACE"), *column_values(row))


@on_sqlite
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = 1000", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_a_plain_sqlite_client_is_refused(model, row, statement):
    client = copy_for_a_plain_client(model)
    with pytest.raises(client.IntegrityError, match="append-only"):
        client.execute(statement.replace("{}", model._meta.db_table))


@on_postgresql
def test_truncate_is_refused(model, row):
    with refused("append-only"):
        truncate(model)


def test_rows_are_added(model, row, cast):
    further = KEYS.get(model, lambda row: {})(row)
    row.pk, row._state.adding = None, True
    for name, value in further.items():
        setattr(row, name, value)
    row.save()
    assert model.objects.count() == 2


@on_sqlite
def test_a_row_is_not_replaced_through_another_unique_key(model, row):
    if model not in KEYS:
        pytest.skip("has no unique key but its id")
    with refused("append-only"):
        run_sql(insert_statement(row, "INSERT OR REPLACE"), *column_values(row, id=1000))
