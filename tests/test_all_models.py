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

# Which kinds of personal data each field may hold. Keys and foreign keys are not listed: what
# they lead to is. A JSON field stands under every kind that is copied into it.
KINDS = {"name", "identity", "health", "ethnicity", "contact", "assessment", "none"}
PERSONAL_DATA = {
    "audit.AuditEvent": {
        "name": "changes",
        "identity": "student_id changes",
        "health": "changes",
        "ethnicity": "changes",
        "contact": "changes",
        "assessment": "changes reason",
        "none": "event at system_job school_id school_class_id target_type target_id"
        " chain number previous_digest digest",
    },
    "audit.AuditChain": {"none": "length digest"},
    "accounts.User": {
        "name": "full_name",
        "identity": "username",
        "contact": "email",
        "none": "password last_login is_superuser is_staff is_active date_joined row_density",
    },
    "schools.Department": {
        "none": "code name card_profile uuid_source year_due_month year_due_day"
        " supplementary_due_month supplementary_due_day prints_later_levels"
        " asks_for_subject_confirmations"
    },
    "schools.School": {
        "name": "data_protection_contact",
        "contact": "data_protection_contact",
        "none": "updated_at ministry_code name commune_name district_name province_name"
        " commune_code province_code place_of_issue",
    },
    "schools.SchoolYear": {"none": "first_year ruleset_key starts_on ends_on"},
    "schools.PeriodWindow": {"none": "period opens_on closes_on roster_on"},
    "schools.StaffMember": {
        "name": "full_name given_name sort_key search_key",
        "identity": "personal_id",
        "none": "position_title",
    },
    "schools.StaffRole": {"none": "role started_on ended_on"},
    "schools.SchoolClass": {"none": "updated_at name kind lowest_grade highest_grade"},
    "schools.HomeroomAssignment": {"none": "started_on ended_on"},
    "schools.SubjectOffering": {"none": "grade_level subject_code language_name"},
    "schools.TeachingAssignment": {"none": "started_on ended_on"},
    "students.Student": {
        "name": "full_name given_name sort_key search_key father_name mother_name guardian_name",
        "identity": "ministry_code personal_id date_of_birth gender nationality birth_place"
        " birth_commune_code home_town home_town_commune_code",
        "ethnicity": "ethnicity_code ethnicity_as_written",
        "health": "disability",
        "contact": "residence residence_commune_code contact_phone",
        "none": "updated_at",
    },
    "students.Guardian": {"identity": "relation", "none": "confirmed_at ended_on"},
    "students.Enrollment": {
        "identity": "register_number",
        "health": "is_not_assessed assessment_decided_on assessment_decision",
        "none": "updated_at grade_level enrolled_on entry_reason ended_on exit_reason",
    },
    "students.Transfer": {
        "identity": "from_school_name to_school_name reason",
        "none": "moved_on",
    },
    "students.IndividualPlan": {
        "health": "adjustments",
        "none": "valid_from valid_until written_at",
    },
    "assessments.ClassPeriod": {
        "assessment": "status_reason",
        "none": "period status status_changed_at",
    },
    "assessments.PeriodRecord": {
        "assessment": "absences_with_leave absences_without_leave quality_comment"
        " general_competence_comment specific_competence_comment homeroom_comment status_reason",
        "health": "height_cm weight_kg absences_with_leave homeroom_comment",
        "none": "status status_changed_at saved_at locked_at",
    },
    "assessments.ReopenRequest": {
        "assessment": "reason",
        "none": "asked_at is_granted decided_at",
    },
    "assessments.Extension": {
        "health": "reason",
        "none": "ends_on granted_at revoked_at",
    },
    "assessments.ExtensionRequest": {
        "health": "reason",
        "none": "asked_at is_granted decided_at",
    },
    "assessments.Retest": {
        "assessment": "questioned_score reason closing_reason",
        "health": "reason",
        "none": "subject_code status proposed_at answered_at",
    },
    "assessments.Commendation": {
        "assessment": "achievement wording closing_reason",
        "none": "kind status given_on proposed_at awarding_body decision_number decided_on"
        " decided_at",
    },
    "assessments.Handover": {
        "name": "invigilation",
        "assessment": "general_note return_reason",
        "health": "general_note",
        "none": "grade_level lower_secondary_school report_cards class_summaries handed_over_at"
        " received_at returned_at locked_at",
    },
    "assessments.HandoverNote": {
        "assessment": "highlights limits",
        "health": "highlights limits",
        "none": "saved_at locked_at",
    },
    "assessments.Nudge": {"none": "sent_on sent_at has_failed"},
    "assessments.IssueLock": {"none": "held_at"},
    "assessments.SubjectResult": {
        "assessment": "level exemption_reason comment",
        "health": "exemption_reason",
        "none": "subject_code saved_at locked_at",
    },
    "assessments.TestScore": {"assessment": "score attempt", "none": "taken_on locked_at"},
    "assessments.TraitResult": {"assessment": "level", "none": "trait_code saved_at locked_at"},
    "assessments.TraitNote": {"assessment": "text", "none": "saved_at"},
    "assessments.CommentEntry": {"none": "purpose level code text search_key"},
    "assessments.SignOff": {
        "name": "payload",
        "identity": "payload",
        "health": "payload",
        "assessment": "payload",
        "none": "digest signed_at",
    },
    "assessments.YearDecision": {
        "assessment": "derived_result confirmed_result deviation_reason has_completed is_promoted"
        " reward reward_title outstanding_subject progress_trait"
        " reward_refusal",
        "none": "grade_level ruleset_key recognised_on decided_at signed_off_at locked_at",
    },
    "assessments.SubjectConfirmation": {"none": "subject_code confirmed_at"},
    "assessments.SupplementaryAssessment": {
        "assessment": "plan subject_codes trait_codes case_reason derived_result has_completed"
        " is_promoted decision_reason",
        "health": "plan case_reason decision_reason",
        "none": "grade_level planned_at decided_at locked_at",
    },
    "reportcards.ReportCard": {
        "name": "payload",
        "identity": "payload",
        "health": "payload",
        "ethnicity": "payload",
        "contact": "payload",
        "assessment": "payload",
        "none": "uuid kind profile_key ruleset_key digest issued_on made_at state state_changed_at",
    },
    "reportcards.ReportCardEvent": {
        "assessment": "reason",
        "none": "event from_state to_state at reference",
    },
    "reportcards.AllottedUuid": {"none": "uuid received_at used_at"},
    "reportcards.CardYearClosing": {"none": "closed_on reference recorded_at"},
    "reportcards.SigningCertificate": {
        "name": "pem chain_pem subject_name",
        "identity": "pem subject_name personal_id",
        "none": "key_place key_label issuer_name serial_number valid_from valid_until fingerprint"
        " is_demo added_at approved_on approval_reference approved_at ended_at",
    },
    "reportcards.StoredKey": {"identity": "sealed"},
    "reportcards.RevocationList": {
        "none": "issuer_name this_update next_update content digest received_at"
    },
    "reportcards.DigitalSignature": {
        "name": "document",
        "identity": "document",
        "health": "document",
        "ethnicity": "document",
        "contact": "document",
        "assessment": "document",
        "none": "slot signed_at",
    },
    "reportcards.SigningRun": {"none": "slot started_at cancelled_at"},
    "reportcards.SigningTask": {
        "name": "prepared refusal",
        "identity": "prepared",
        "health": "prepared",
        "ethnicity": "prepared",
        "contact": "prepared",
        "assessment": "prepared",
        "none": "state leased_until attempts prepared_until changed_at",
    },
    "reportcards.ArchivedFile": {"none": "kind name digest size stored_at"},
    "reportcards.CertifiedCopy": {
        "name": "recipient_name",
        "identity": "recipient_identity",
        "none": "number kind purpose given_at",
    },
    "reportcards.LookUpCount": {"none": "key count started_at"},
    "reportcards.WithdrawalRequest": {
        "assessment": "reason",
        "identity": "reason",
        "none": "cause asked_at is_granted decided_at decision_number decided_on refusal",
    },
    "exchange.ApiClient": {"none": "name token_digest created_at revoked_at"},
    "exchange.ApiRead": {
        "identity": "path query",
        "none": "at rows address",
    },
    "exchange.ImportBatch": {
        "name": "file",
        "identity": "file",
        "health": "file",
        "ethnicity": "file",
        "contact": "file",
        "none": "file_name file_digest preview_digest uploaded_at confirmed_at undone_at",
    },
    "exchange.ImportRow": {
        "name": "full_name changes cells remarks",
        "identity": "changes cells remarks",
        "health": "changes cells",
        "ethnicity": "changes cells remarks",
        "contact": "changes cells",
        "none": "number outcome class_name",
    },
    "exchange.SheetUpload": {
        "none": "period file_name made_at remarks refused conflicting changed unchanged left_empty"
        " saved uploaded_at previewed_at confirmed_at",
    },
    "exchange.SheetEdit": {
        "name": "pupil_name sentence",
        "identity": "sentence",
        "health": "typed base stored sentence",
        "assessment": "typed base stored sentence warning",
        "none": "number grid_key worksheet reference field column fate writer_name written_at",
    },
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
