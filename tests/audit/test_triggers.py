from itertools import product

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.migrations import Migration

from assessments.models import SubjectResult
from audit.models import AuditEvent
from students.models import Enrollment
from tests.audit.triggers import APPEND_ONLY, FROZEN, LOCKABLE, installed_triggers
from tests.flush import remove_all_triggers
from tests.rows import locked_row, saved_row

OPERATIONS = {
    "sqlite": ["insert", "update", "delete"],
    "postgresql": ["insert", "update", "delete", "truncate"],
}
TABLES = [
    "audit_auditchain_frozen",
    "audit_auditevent_append_only",
    "assessments_signoff_append_only",
    "assessments_subjectconfirmation_append_only",
    "assessments_handover_locked",
    "assessments_issuelock_held_by_reportcard",
    "assessments_handovernote_locked",
    "assessments_periodrecord_locked",
    "assessments_subjectresult_locked",
    "assessments_supplementaryassessment_locked",
    "assessments_testscore_locked",
    "assessments_traitresult_locked",
    "assessments_yeardecision_locked",
    "exchange_apiread_append_only",
    "reportcards_archivedfile_append_only",
    "reportcards_cardyearclosing_append_only",
    "reportcards_certifiedcopy_append_only",
    "reportcards_digitalsignature_append_only",
    "reportcards_reportcard_frozen",
    "reportcards_reportcardevent_append_only",
    "reportcards_revocationlist_append_only",
    "reportcards_signingcertificate_frozen",
    "students_individualplan_append_only",
]


def expected_triggers() -> set[str]:
    return {f"{table}_{verb}" for table, verb in product(TABLES, OPERATIONS[connection.vendor])}


def test_every_guarded_model_is_listed_here():
    guarded = {f"{model._meta.db_table}_append_only" for model in APPEND_ONLY}
    guarded |= {f"{model._meta.db_table}_frozen" for model in FROZEN}
    guarded |= {f"{model._meta.db_table}_locked" for model in LOCKABLE}
    guarded |= {
        f"{apps.get_model(hold.held)._meta.db_table}_held_by_{hold.by.split('.')[1].lower()}"
        for app_config in apps.get_app_configs()
        for hold in getattr(app_config, "holds", ())
    }
    assert guarded == set(TABLES)


def test_migrate_leaves_every_trigger_in_place(db):
    assert installed_triggers() >= expected_triggers()


def test_migrate_installs_anew_what_a_rebuilt_table_has_lost(db):
    remove_all_triggers()
    assert not installed_triggers() & expected_triggers()
    call_command("migrate", verbosity=0)
    assert installed_triggers() >= expected_triggers()


def test_installing_twice_changes_nothing(db):
    before = installed_triggers()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
    assert installed_triggers() == before


def test_a_migration_of_one_app_releases_them_all(db):
    plan = [(Migration("0099_next", "schools"), False)]
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS, plan=plan)
    assert not installed_triggers()


def test_a_migration_of_nothing_leaves_them_all(db):
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS, plan=[])
    assert installed_triggers() >= expected_triggers()


@pytest.mark.parametrize("model", LOCKABLE)
def test_unlocking_fields_are_fields_of_the_model(model):
    assert set(model.unlocking_fields) <= {field.name for field in model._meta.concrete_fields}


def test_a_migration_back_before_a_guarded_table_installs_what_is_left(db):
    before_any_model = type(apps)()
    emit_post_migrate_signal(
        verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS, apps=before_any_model
    )
    assert not installed_triggers() & expected_triggers()


@pytest.mark.parametrize("journey", [1, 2])
def test_guarded_rows_are_flushed_after_a_transactional_test(transactional_db, cast, journey):
    locked_row(SubjectResult, cast)
    saved_row(AuditEvent, cast)
    assert SubjectResult.objects.count() == AuditEvent.objects.count() == 1
    assert installed_triggers() >= expected_triggers()


def test_an_app_with_locks_is_migrated_back_and_forth(transactional_db):
    call_command("migrate", "assessments", "zero", verbosity=0)
    assert not any(name.startswith("assessments_") for name in installed_triggers())
    call_command("migrate", verbosity=0)
    assert installed_triggers() >= expected_triggers()


def test_a_table_that_locked_rows_lead_to_is_rebuilt_beneath_their_triggers(transactional_db, cast):
    locked_row(SubjectResult, cast)
    before = installed_triggers()
    wider = models.CharField(max_length=30, blank=True)
    wider.set_attributes_from_name("register_number")
    wider.model = Enrollment
    narrow = Enrollment._meta.get_field("register_number")
    for old, new in [(narrow, wider), (wider, narrow)]:
        with connection.schema_editor() as editor:
            editor.alter_field(Enrollment, old, new)
    assert installed_triggers() == before
