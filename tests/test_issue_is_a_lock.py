"""Issue is a lock: every path that leads to an issued card, and to the results behind it.

A card's content, its signatures, its files and the rows that it was made from are looked at
before and after; whatever anybody does, by whichever way, they are the same. An approved
withdrawal sets the rows of its pupil free, and nobody else's.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from assessments import actions as assessing
from assessments.errors import CardInForce
from assessments.models import (
    IssueLock,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from audit.errors import DomainError
from audit.models import AppendOnlyError, FrozenError, SystemJob
from exchange.api.actions import create_client
from reportcards import actions
from reportcards.actions import Plan
from reportcards.archive import archive_storage, store_file
from reportcards.models import ArchivedFile, DigitalSignature, FileKind, ReportCard
from rulesets import Period
from students.models import Enrollment
from tests.assessments.held_rows import HELD
from tests.assessments.pages import GridForm
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
from tests.exchange import class_sheets
from tests.exchange.imports import imported, row_of
from tests.flush import remove_all_triggers
from tests.issued_world import (
    CARD_MODELS,
    GUARDED,
    World,
    content_of,
    differences,
    the_world,
)
from tests.pages import client_of, url_names
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.withdrawing import record_of, reopened, requested, withdrawn

END_YEAR = Period.END_YEAR
REFUSALS = (DatabaseError, DomainError, AppendOnlyError, FrozenError, PermissionDenied, ValueError)
STAFF = ["hanh", "phuc", "ngoc", "binh", "suong", "tam", "van", "kien"]


@pytest.fixture
def world(issued_cards: list[ReportCard]) -> World:
    """Three cards in force."""
    return the_world()


@contextmanager
def attempt() -> Iterator[None]:
    """Something that may be refused, and that leaves nothing behind for the next one."""
    try:
        with transaction.atomic():
            yield
            if connection.vendor == "postgresql":
                run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except REFUSALS:
        pass


def guarded_rows() -> list[models.Model]:
    return [row for model in GUARDED for row in model._base_manager.all()]


def other_value(row: models.Model, field: Any) -> Any:
    """Something else that the column could hold."""
    value = getattr(row, field.attname)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {"changed": True}
    if isinstance(value, str):
        return f"{value}x"[-10:]
    if isinstance(value, int):
        return value + 1
    return None


# The model's own ways


def save(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if not field.primary_key and not field.is_relation:
            setattr(row, field.attname, other_value(row, field))
    row.save()


def save_one_field(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    row.save(update_fields=[field.name])


def update(row: models.Model) -> None:
    field = some_field(row)
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(**{field.name: other_value(row, field)})


def bulk_update(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    type(row)._base_manager.bulk_update([row], [field.name])


def upsert(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    type(row)._base_manager.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[field.name]
    )


def delete(row: models.Model) -> None:
    row.delete()


def delete_by_queryset(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk).delete()


def raw_delete(row: models.Model) -> None:
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows._raw_delete(using=rows.db)


def some_field(row: models.Model) -> Any:
    """The first that is no key: of a lock its day, of a card its content."""
    return next(
        field
        for field in row._meta.concrete_fields
        if not field.primary_key
        and not field.is_relation
        and field.name not in {"state", "locked_at"}
    )


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


# Pages


def values_of(cast: Cast, card: ReportCard) -> dict[str, list[Any]]:
    """What may stand in an address: of the class, its pupil, her card and her rows."""
    rows = (record_of(cast.anh), YearDecision.objects.get(enrollment=cast.anh))
    return {
        "first_year": [2026],
        "period": [END_YEAR],
        "subject_code": ["toan"],
        "grade_level": [4],
        "school_class_id": [cast.school_class.pk],
        "student_id": [cast.anh.student_id],
        "enrollment_id": [cast.anh.pk],
        "uuid": [card.uuid],
        "pk": sorted({1, *(row.pk for row in rows)}),
        "kind": ["xml"],
        "step": ["send"],
        "bank": ["school"],
        "address": ["nowhere"],
    }


# Every name that any form has, with what would change something.
FORM = {
    "reason": "Sửa kết quả",
    "cause": "mistake",
    "is_granted": "yes",
    "number": "45/SGDĐT",
    "decided_on": "07/06/2027",
    "given_on": "07/06/2027",
    "closed_on": "07/06/2027",
    "issued_on": "07/06/2027",
    "level": "C",
    "score": "1",
    "taken_on": "07/06/2027",
    "result": "completed",
    "save": "yes",
    "subjects": "toan",
    "decision": "Quyết định",
    "full_name": "Tên khác",
    "name": "Tên khác",
    "identity": "Giấy",
    "purpose": "Thử",
    "plan": "Ôn tập",
    "wording": "Khen",
    "achievement": "Giỏi",
    "kind": "certified_copy",
}


def addresses(cast: Cast, card: ReportCard) -> Iterator[str]:
    values = values_of(cast, card)
    for name in url_names():
        for pk in values["pk"]:
            known = {key: found[0] for key, found in values.items()} | {"pk": pk}
            url = address_of(name, known)
            if url is not None:
                yield url
                if "<" not in url and str(pk) not in url:
                    break


def address_of(name: str, known: dict[str, Any]) -> str | None:
    """With whichever of the known values the address asks for."""
    possibilities = get_resolver().reverse_dict.getlist(name)
    for [(_template, parameters)], *_rest in possibilities:
        try:
            return reverse(name, kwargs={key: known[key] for key in parameters})
        except (NoReverseMatch, KeyError):
            continue
    return None


def test_the_walk_knows_the_pages_that_write_results(cast: Cast, issued_cards) -> None:
    walked = set(addresses(cast, issued_cards[0]))
    of_period, card = [cast.school_class.pk, END_YEAR], issued_cards[0]
    assert len(walked) > 100
    assert walked >= {
        reverse("subject_grid", args=[*of_period, "toan"]),
        reverse("class_period_reopen", args=of_period),
        reverse("year_results", args=[cast.school_class.pk]),
        reverse("record_reopen", args=[record_of(cast.anh).pk]),
        reverse("discard_card", args=[card.uuid]),
    }


@pytest.mark.parametrize("role", ["hanh", "ngoc", "tam", "van", "kien"])
def test_no_page_changes_anything(world: World, cast: Cast, issued_cards, role: str) -> None:
    client = client_of(cast, role)
    for url in addresses(cast, issued_cards[0]):
        with attempt():
            client.post(url, FORM)
            assert differences(world) == [], url
            transaction.set_rollback(True)
    assert differences(world) == []


def cells(cast: Cast, field: str, typed: str, base: str) -> str:
    cell = {"pupil": cast.anh.pk, "field": field, "base": base, "typed": typed}
    return json.dumps({"preview": False, "cells": [cell]})


@pytest.mark.parametrize(
    ("name", "subject", "cell"),
    [
        ("subject_cells", ["toan"], ("level", "H", "T")),
        ("subject_cells", ["toan"], ("score", "1", "9")),
        ("subject_cells", ["toan"], ("comment", "Khác", "Nắm chắc kiến thức.")),
        ("trait_cells", [], ("nhan_ai", "C", "T")),
        ("record_cells", [], ("absences_with_leave", "9", "0")),
    ],
)
def test_no_cell_of_a_grid_is_saved(world: World, cast: Cast, name, subject, cell) -> None:
    url = reverse(name, args=[cast.school_class.pk, END_YEAR, *subject])
    body = cells(cast, *cell)
    for role in ("ngoc", "binh", "hanh", "tam"):
        client_of(cast, role).post(url, body, "application/json")
    assert differences(world) == []


def test_no_whole_grid_is_saved(world: World, cast: Cast) -> None:
    for name, subject in (("subject_grid", ["toan"]), ("trait_grid", []), ("record_grid", [])):
        url = reverse(name, args=[cast.school_class.pk, END_YEAR, *subject])
        client = client_of(cast, "ngoc")
        shown = GridForm(client.get(url))
        client.post(url, shown.typed() | {f"e{cast.anh.pk}-level": "C"})
    assert differences(world) == []


def test_the_grid_of_an_issued_class_says_why_it_is_locked(world: World, cast: Cast) -> None:
    url = reverse("subject_cells", args=[cast.school_class.pk, END_YEAR, "toan"])
    answer = client_of(cast, "ngoc").post(url, cells(cast, "level", "H", "T"), "application/json")
    assert differences(world) == []
    assert answer.status_code != 500


# Actions, which the pages, the API and the commands call


def test_no_results_are_reopened_by_an_action(world: World, cast: Cast) -> None:
    for enrollment in (cast.anh, cast.hhen, cast.duc):
        with pytest.raises(CardInForce):
            assessing.reopen_record(record=record_of(enrollment), reason="Sửa", by=cast.hanh)
    with pytest.raises(CardInForce):
        assessing.reopen_class_period(
            class_period=record_of(cast.anh).class_period, reason="Sửa", by=cast.hanh
        )
    assert differences(world) == []


def test_an_issued_card_is_not_made_anew(world: World, cast: Cast, issued_cards) -> None:
    plan = Plan(cast.phuc, ISSUED_ON)
    for card in issued_cards:
        with attempt():
            actions.recreate_report_card(report_card=card, plan=plan, reason="Khác", by=cast.van)
        with attempt():
            actions.discard_report_card(report_card=card, reason="Khác", by=cast.van)
    pupils = list(
        Enrollment.objects.filter(school_class=cast.school_class).select_related(
            "student", "school_class__school_year__school__department"
        )
    )
    assert actions.create_report_cards(enrollments=pupils, plan=plan, by=cast.van) == []
    assert differences(world) == []


# The API, the administration, the imports


def test_the_api_only_reads(world: World, cast: Cast, issued_cards) -> None:
    token = create_client(name="Trục", schools=[cast.school], by=SystemJob("tests")).token
    client = Client(headers={"Authorization": f"Bearer {token}"})
    api = [url for url in addresses(cast, issued_cards[0]) if url.startswith("/api/")]
    assert len(api) >= 8
    for url in api:
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(url, FORM, "application/json")
            assert response.status_code in {403, 404, 405}, (method, url)
    assert differences(world) == []


def test_the_administration_has_no_page_of_any_of_it() -> None:
    assert not set(GUARDED) & set(admin.site._registry)


def test_an_administrator_of_everything_finds_no_such_page(world: World) -> None:
    boss = User.objects.create_superuser("boss", full_name="Quản Trị", password="x")
    client = Client()
    client.force_login(boss)
    for model in GUARDED:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        pk = model._base_manager.values_list("pk", flat=True).first() or 1
        for url in (base, f"{base}{pk}/change/", f"{base}{pk}/delete/"):
            assert client.post(url, FORM | {"post": "yes"}).status_code == 404, url
    assert differences(world) == []


def test_the_import_of_pupils_leaves_an_issued_card_alone(world: World, cast: Cast) -> None:
    """Her file may be corrected; what was issued says what it said."""
    student = cast.anh.student
    imported(cast, row_of(student, full_name="Tên Khác Hẳn", ethnicity="Kinh"))
    student.refresh_from_db()
    assert student.full_name == "Tên Khác Hẳn"
    assert differences(world) == []


def test_the_import_of_results_is_refused(world: World, cast: Cast) -> None:
    with attempt():
        book = class_sheets.downloaded(cast, period=END_YEAR)
        typed = {class_sheets.LEVEL: "C", class_sheets.SCORE: 1}
        class_sheets.put(book, class_sheets.MATHS, cast.anh, typed)
        class_sheets.confirmed(cast, book, period=END_YEAR)
    assert differences(world) == []


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
