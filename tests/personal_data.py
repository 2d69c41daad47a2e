"""What personal data the models hold: a new field fails test_all_models until it is listed."""

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
        "name": "document pdf_update",
        "identity": "document pdf_update",
        "health": "document",
        "ethnicity": "document",
        "contact": "document",
        "assessment": "document",
        "none": "slot signed_at",
    },
    "reportcards.SigningRun": {"none": "slot started_at cancelled_at"},
    "reportcards.SigningTask": {
        "name": "prepared prepared_pdf refusal",
        "identity": "prepared prepared_pdf",
        "health": "prepared",
        "ethnicity": "prepared",
        "contact": "prepared",
        "assessment": "prepared",
        "none": "state leased_until attempts prepared_until changed_at",
    },
    "reportcards.Rendering": {
        "name": "content refusal",
        "identity": "content",
        "health": "content",
        "ethnicity": "content",
        "contact": "content",
        "assessment": "content refusal",
        "none": "kind content_digest state leased_until attempts name digest page_count "
        "asked_at settled_at",
    },
    "reportcards.PrintRun": {
        "name": "title refusal",
        "none": "document output started_at leased_until attempts merged_name originals_name "
        "finished_at expires_at cancelled_at",
    },
    "reportcards.PrintPart": {"none": "position"},
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
