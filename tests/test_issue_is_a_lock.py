"""Issue is a lock: every path that leads to an issued card, and to the results behind it.

A card's content, its signatures, its files and the rows that it was made from are looked at
before and after; whatever anybody does, by whichever way, they are the same. An approved
withdrawal sets the rows of its pupil free, and nobody else's.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from assessments.models import (
    IssueLock,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from reportcards.archive import archive_storage, store_file
from reportcards.models import ArchivedFile, DigitalSignature, FileKind, ReportCard
from students.models import Enrollment
from tests.assessments.held_rows import HELD
from tests.audit.locked_rows import CHANGES, UNLOCKED
from tests.audit.triggers import (
    column_values,
    copy_for_a_plain_client,
    insert_statement,
    on_postgresql,
    on_sqlite,
    run_sql,
    truncate,
)
from tests.cast import Cast
from tests.flush import remove_all_triggers
from tests.issued_world import (
    CARD_MODELS,
    GUARDED,
    World,
    attempt,
    bulk_update,
    content_of,
    delete,
    delete_by_queryset,
    differences,
    guarded_rows,
    other_value,
    raw_delete,
    save,
    save_one_field,
    some_field,
    the_world,
    update,
    upsert,
)
from tests.pages import client_of
from tests.reportcards.withdrawing import record_of, reopened, requested, withdrawn


@pytest.fixture
def world(issued_cards: list[ReportCard]) -> World:
    """Three cards in force."""
    return the_world()


@pytest.mark.parametrize(
    "path",
    [save, save_one_field, update, bulk_update, upsert, delete, delete_by_queryset, raw_delete],
    ids=lambda path: path.__name__,
)
def test_the_models_change_nothing(world: World, path: Callable[[models.Model], None]) -> None:
    for row in guarded_rows():
        with attempt():
            path(row)
    assert differences(world) == []


def test_without_its_triggers_a_database_would_let_it_happen(world: World) -> None:
    """So that what these tests look at is what changes."""
    remove_all_triggers()
    run_sql("UPDATE reportcards_reportcard SET digest = %s", "0" * 64)
    run_sql("DELETE FROM assessments_issuelock")
    archive_storage().delete(ArchivedFile.objects.first().name)
    kinds = {key[0] for key in differences(world)}
    assert kinds == {"reportcards.ReportCard", "assessments.IssueLock", "file"}


# Raw SQL


def column_updates() -> Iterator[tuple[str, list[Any]]]:
    """Each column of each row emptied, and filled with something else."""
    for row in guarded_rows():
        table, pk, content = row._meta.db_table, row._meta.pk, content_of(type(row))
        for field in row._meta.concrete_fields:
            if field.attname not in content:
                continue
            where = f'WHERE "{pk.column}" = %s'
            yield f'UPDATE "{table}" SET "{field.column}" = NULL {where}', [row.pk]
            value = field.get_db_prep_save(other_value(row, field), connection=connection)
            yield f'UPDATE "{table}" SET "{field.column}" = %s {where}', [value, row.pk]


def test_no_statement_changes_a_column(world: World) -> None:
    for statement, parameters in column_updates():
        with attempt():
            run_sql(statement, *parameters)
    assert differences(world) == []


def test_no_statement_deletes_a_row(world: World) -> None:
    for model in GUARDED:
        with attempt():
            run_sql(f'DELETE FROM "{model._meta.db_table}"')
    assert differences(world) == []


def test_no_statement_takes_a_card_out_of_force_but_by_its_table(world: World) -> None:
    for state in ("created", "leader_signed", "withdrawn", "superseded", "discarded", "gone"):
        with attempt():
            run_sql("UPDATE reportcards_reportcard SET state = %s", state)
    assert set(ReportCard.objects.values_list("state", flat=True)) == {"issued"}


@on_sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_no_row_is_replaced(world: World, verb: str) -> None:
    for row in guarded_rows():
        with attempt():
            run_sql(insert_statement(row, verb), *column_values(row))
        with attempt():
            values = column_values(row, **{some_field(row).name: None})
            run_sql(insert_statement(row, verb), *values)
    assert differences(world) == []


@on_sqlite
@pytest.mark.parametrize("model", [ReportCard, DigitalSignature, ArchivedFile])
def test_a_client_without_our_settings_is_refused_too(
    world: World, model: type[models.Model]
) -> None:
    client, table = copy_for_a_plain_client(model), model._meta.db_table
    for statement in (
        f'DELETE FROM "{table}"',
        f'UPDATE "{table}" SET id = id + 1000',
        f'REPLACE INTO "{table}" SELECT * FROM "{table}"',
    ):
        with pytest.raises(client.IntegrityError):
            client.execute(statement)


@on_postgresql
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_no_table_is_emptied(world: World, model: type[models.Model]) -> None:
    with attempt():
        truncate(model)
    assert differences(world) == []


def test_no_other_row_takes_the_number_of_a_card(world: World, issued_cards) -> None:
    for card in issued_cards:
        with attempt():
            ReportCard.objects.filter(pk=card.pk).update(pk=card.pk + 1000)
        with attempt():
            ReportCard.objects.create(
                **{
                    field.attname: getattr(card, field.attname)
                    for field in ReportCard._meta.concrete_fields
                    if field.name != "id"
                }
            )
    assert differences(world) == []
    assert ReportCard.objects.count() == 3


def test_nothing_is_added_to_the_results(world: World) -> None:
    count = {model: model._base_manager.count() for model in [*HELD, SignOff]}
    for row in guarded_rows():
        if type(row) in count:
            row.pk, row._state.adding = None, True
            with attempt():
                type(row)._base_manager.bulk_create([row])
    assert {model: model._base_manager.count() for model in count} == count


# The files


def test_no_file_is_written_over(world: World, issued_cards) -> None:
    for stored in list(ArchivedFile.objects.all()):
        store_file(stored.report_card, FileKind(stored.kind), b"something else", ending="xml")
    assert differences(world) == []


def test_the_storage_gives_a_file_of_the_same_name_another_one(world: World, issued_cards) -> None:
    for stored in ArchivedFile.objects.all():
        assert archive_storage().save(stored.name, ContentFile(b"something else")) != stored.name
    assert differences(world) == []


# What sets free, and what does not


def test_asking_for_a_withdrawal_changes_nothing_but_the_state(world: World, cast, issued_cards):
    requested(cast, issued_cards[0])
    for row in guarded_rows():
        if isinstance(row, SubjectResult):
            with attempt():
                update(row)
    assert differences(world) == []


def test_the_lock_goes_only_with_the_card(world: World, cast: Cast) -> None:
    for lock in IssueLock.objects.all():
        with attempt():
            lock.delete()
        with attempt():
            run_sql("DELETE FROM assessments_issuelock WHERE enrollment_id = %s", lock.pk)
        with attempt():
            run_sql(
                "UPDATE assessments_issuelock SET enrollment_id = %s WHERE enrollment_id = %s",
                cast.stranger.pk,
                lock.pk,
            )
    assert differences(world) == []


def results_of(enrollment: Enrollment) -> dict[type[models.Model], list[models.Model]]:
    """The rows of all kinds that hang on this pupil."""
    of_pupil: dict[type[models.Model], str] = {
        PeriodRecord: "enrollment",
        SubjectResult: "record__enrollment",
        TestScore: "result__record__enrollment",
        TraitResult: "record__enrollment",
        YearDecision: "enrollment",
    }
    return {
        model: list(model._base_manager.filter(**{path: enrollment}))
        for model, path in of_pupil.items()
    }


def write(row: models.Model) -> bool:
    """Whether the database lets the row be unlocked and changed."""
    name, value = CHANGES[type(row)]
    try:
        with transaction.atomic():
            rows = type(row)._base_manager.filter(pk=row.pk)
            rows.update(**UNLOCKED[type(row)])
            rows.update(**{name: value})
    except DatabaseError:
        return False
    return True


def test_while_all_are_in_force_nobodys_results_are_free(world: World, cast: Cast) -> None:
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        for rows in results_of(enrollment).values():
            assert rows
            assert not any(write(row) for row in rows)


def test_an_approved_withdrawal_frees_exactly_this_pupils_rows(
    world: World, cast: Cast, issued_cards
) -> None:
    withdrawn(cast, issued_cards[0])
    assert all(write(row) for rows in results_of(cast.anh).values() for row in rows)
    for neighbour in (cast.hhen, cast.duc):
        assert not any(write(row) for rows in results_of(neighbour).values() for row in rows)


def test_by_the_pages_too_only_hers_are_reopened(world: World, cast: Cast, issued_cards) -> None:
    withdrawn(cast, issued_cards[0])
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        url = reverse("record_reopen", args=[record_of(enrollment).pk])
        client_of(cast, "hanh").post(url, {"reason": "Học bạ đã thu hồi"})
    statuses = {row.enrollment_id: row.status for row in PeriodRecord.objects.all()}
    assert statuses[cast.anh.pk] == "reopened"
    assert statuses[cast.hhen.pk] == statuses[cast.duc.pk] == "signed_off"


def test_the_withdrawn_card_itself_stays_as_it_was(world: World, cast: Cast, issued_cards) -> None:
    withdrawn(cast, issued_cards[0])
    reopened(cast, cast.anh)
    kept = [model._meta.label for model in CARD_MODELS] + ["file"]
    for row in [row for row in guarded_rows() if row._meta.label in kept]:
        for path in (save, update, delete, raw_delete):
            with attempt():
                path(row)
    assert [key for key in differences(world) if key[0] in kept] == []
