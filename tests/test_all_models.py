"""What holds of every model. A new model, field or constraint fails here until it is listed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from audit.models import AppendOnlyModel, FrozenModel, LockableModel
from tests.models import our_models
from tests.personal_data import KINDS, PERSONAL_DATA
from tests.rows import FIELDS as VALID_ROWS
from tests.rows import valid_row

MUTABLE, LOCKABLE, FROZEN, APPEND_ONLY = "mutable", "lockable", "frozen", "append-only"

MODELS = {
    "audit.AuditEvent": APPEND_ONLY,
    "audit.AuditChain": FROZEN,
    "accounts.User": MUTABLE,
    "schools.Department": MUTABLE,
    "schools.School": MUTABLE,
    "schools.SchoolYear": MUTABLE,
    "schools.PeriodWindow": MUTABLE,
    "schools.StaffMember": MUTABLE,
    "schools.StaffRole": MUTABLE,
    "schools.SchoolClass": MUTABLE,
    "schools.HomeroomAssignment": MUTABLE,
    "schools.SubjectOffering": MUTABLE,
    "schools.TeachingAssignment": MUTABLE,
    "students.Student": MUTABLE,
    "students.Guardian": MUTABLE,
    "students.Enrollment": MUTABLE,
    "students.Transfer": MUTABLE,
    "students.IndividualPlan": APPEND_ONLY,
    "assessments.ClassPeriod": MUTABLE,
    "assessments.PeriodRecord": LOCKABLE,
    "assessments.ReopenRequest": MUTABLE,
    "assessments.Extension": MUTABLE,
    "assessments.ExtensionRequest": MUTABLE,
    "assessments.Retest": MUTABLE,
    "assessments.Nudge": MUTABLE,
    "assessments.SubjectConfirmation": APPEND_ONLY,
    "assessments.Commendation": MUTABLE,
    "assessments.Handover": LOCKABLE,
    "assessments.HandoverNote": LOCKABLE,
    "assessments.IssueLock": MUTABLE,
    "assessments.SubjectResult": LOCKABLE,
    "assessments.SupplementaryAssessment": LOCKABLE,
    "assessments.TestScore": LOCKABLE,
    "assessments.TraitResult": LOCKABLE,
    "assessments.TraitNote": MUTABLE,
    "assessments.CommentEntry": MUTABLE,
    "assessments.SignOff": APPEND_ONLY,
    "assessments.YearDecision": LOCKABLE,
    "reportcards.ReportCard": FROZEN,
    "reportcards.ReportCardEvent": APPEND_ONLY,
    "reportcards.AllottedUuid": MUTABLE,
    "reportcards.CardYearClosing": APPEND_ONLY,
    "reportcards.SigningCertificate": FROZEN,
    "reportcards.StoredKey": MUTABLE,
    "reportcards.RevocationList": APPEND_ONLY,
    "reportcards.DigitalSignature": APPEND_ONLY,
    "reportcards.SigningRun": MUTABLE,
    "reportcards.SigningTask": MUTABLE,
    "reportcards.Rendering": MUTABLE,
    "reportcards.PrintRun": MUTABLE,
    "reportcards.PrintPart": MUTABLE,
    "reportcards.ArchivedFile": APPEND_ONLY,
    "reportcards.CertifiedCopy": APPEND_ONLY,
    "reportcards.WithdrawalRequest": MUTABLE,
    "reportcards.LookUpCount": MUTABLE,
    "exchange.ApiClient": MUTABLE,
    "exchange.ApiRead": APPEND_ONLY,
    "exchange.ImportBatch": MUTABLE,
    "exchange.ImportRow": MUTABLE,
    "exchange.SheetUpload": MUTABLE,
    "exchange.SheetEdit": MUTABLE,
}

OUR_MODELS = our_models()
CONSTRAINTS = [
    (model, constraint) for model in OUR_MODELS for constraint in model._meta.constraints
]

every_model = pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
every_constraint = pytest.mark.parametrize(
    ("model", "constraint"),
    CONSTRAINTS,
    ids=[constraint.name for _model, constraint in CONSTRAINTS],
)


def snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def fields_to_classify(model: type[models.Model]) -> set[str]:
    return {
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation
    }


def actor_and_time_pairs() -> Iterator[tuple[type[models.Model], str, str]]:
    for model in OUR_MODELS:
        for field in model._meta.concrete_fields:
            if field.name.endswith("_by"):
                yield model, f"{field.name.removesuffix('_by')}_at", field.name


def test_every_model_is_declared():
    assert set(MODELS) == {model._meta.label for model in OUR_MODELS}


def test_every_model_has_a_valid_row_to_be_tested_with():
    assert set(VALID_ROWS) == set(OUR_MODELS)


@every_model
def test_the_valid_row_is_valid(model, cast):
    row = valid_row(model, cast)
    if not issubclass(model, AppendOnlyModel):  # no form writes those
        row.full_clean()
    row.save()


@every_model
def test_a_model_is_what_it_is_declared(model):
    kind = {AppendOnlyModel: APPEND_ONLY, FrozenModel: FROZEN, LockableModel: LOCKABLE}
    found = [name for base, name in kind.items() if issubclass(model, base)]
    assert (found or [MUTABLE]) == [MODELS[model._meta.label]]


@every_model
def test_no_model_locks_rows_by_a_field_of_its_own(model):
    names = {field.name for field in model._meta.concrete_fields}
    assert ("locked_at" in names) is issubclass(model, LockableModel)


@every_model
def test_every_field_is_classified(model):
    classified = PERSONAL_DATA[model._meta.label]
    names = {name for names in classified.values() for name in names.split()}
    assert names == fields_to_classify(model)


@every_model
def test_the_kinds_are_known_and_none_excludes_the_others(model):
    classified = {
        kind: set(names.split()) for kind, names in PERSONAL_DATA[model._meta.label].items()
    }
    assert set(classified) <= KINDS
    neutral = classified.pop("none", set())
    assert not neutral & set().union(*classified.values())


@pytest.mark.parametrize(("model", "at", "by"), list(actor_and_time_pairs()))
def test_who_and_when_go_together(model, at, by, cast):
    names = {field.name: field for field in model._meta.concrete_fields}
    if not names[at].null and not names[by].null:
        return
    [pair] = [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and {at, by} <= constraint.condition.referenced_base_fields
    ]
    row = valid_row(model, cast)
    for moment, person in [(timezone.now(), None), (None, cast.hanh.user)]:
        setattr(row, at, moment)
        setattr(row, by, person)
        with pytest.raises(ValidationError):
            pair.validate(model, row)


@every_constraint
def test_a_constraint_says_in_words_what_is_wrong(model, constraint):
    assert constraint.violation_error_message != constraint.default_violation_error_message


@every_constraint
def test_a_constraint_is_named_after_its_model(model, constraint):
    assert constraint.name.startswith(f"{snake_case(model.__name__)}_")


@every_constraint
def test_a_constraint_is_tested(model, constraint):
    tests = Path(__file__).parent / model._meta.app_label / "test_models.py"
    assert f'"{constraint.name}"' in tests.read_text()


@every_model
def test_uniqueness_over_several_fields_is_a_constraint_with_words(model):
    assert not model._meta.unique_together


@every_model
def test_no_row_is_deleted_by_deleting_another(model):
    relations = [field for field in model._meta.concrete_fields if field.is_relation]
    assert all(field.remote_field.on_delete is models.PROTECT for field in relations)


@every_model
def test_a_model_has_a_vietnamese_name(model):
    if MODELS[model._meta.label] != APPEND_ONLY:
        assert model._meta.verbose_name != snake_case(model.__name__).replace("_", " ")
