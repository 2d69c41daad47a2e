from assessments.actions.children import record_card_reading
from assessments.actions.class_periods import (
    reopen_class_period,
    return_class_period,
    sign_off_class_period,
    submit_class_period,
)
from assessments.actions.class_subjects import set_class_subjects
from assessments.actions.commendations import (
    award_commendation,
    decline_commendation,
    forward_commendation,
    propose_commendation,
    withdraw_commendation,
    write_praise_letter,
)
from assessments.actions.comment_bank import (
    change_comment_entry,
    copy_comment_entry,
    create_comment_entry,
    remove_comment_entry,
    write_comment_entries,
)
from assessments.actions.confirmations import (
    confirm_subject,
)
from assessments.actions.extensions import (
    grant_extension,
    refuse_extension_request,
    request_extension,
    revoke_extension,
)
from assessments.actions.handovers import (
    hand_over_class,
    name_receiver,
    receive_class,
    return_handover,
    save_handover,
)
from assessments.actions.nudges import send_nudges
from assessments.actions.period_records import (
    save_period_records,
    save_trait_results,
)
from assessments.actions.records import (
    reopen_record,
    return_record,
    sign_off_record,
    submit_record,
)
from assessments.actions.reopen_requests import decide_reopen_request, request_reopening
from assessments.actions.retests import (
    agree_to_retest,
    decline_retest,
    enter_retest_score,
    propose_retest,
    withdraw_retest,
)
from assessments.actions.subject_results import save_subject_results
from assessments.actions.supplementary import (
    decide_supplementary_assessment,
    plan_supplementary_assessment,
    reopen_supplementary_assessment,
    return_supplementary_assessment,
    submit_supplementary_assessment,
)
from assessments.actions.supplementary_results import (
    LaterSubject,
    save_supplementary_results,
)
from assessments.actions.trait_notes import save_trait_notes
from assessments.actions.year_decisions import (
    Recognition,
    confirm_year_decision,
    confirm_year_decisions,
    refuse_reward,
    restore_reward,
)

__all__ = [
    "LaterSubject",
    "Recognition",
    "agree_to_retest",
    "award_commendation",
    "change_comment_entry",
    "confirm_subject",
    "confirm_year_decision",
    "confirm_year_decisions",
    "copy_comment_entry",
    "create_comment_entry",
    "decide_reopen_request",
    "decide_supplementary_assessment",
    "decline_commendation",
    "decline_retest",
    "enter_retest_score",
    "forward_commendation",
    "grant_extension",
    "hand_over_class",
    "name_receiver",
    "plan_supplementary_assessment",
    "propose_commendation",
    "propose_retest",
    "receive_class",
    "record_card_reading",
    "refuse_extension_request",
    "refuse_reward",
    "remove_comment_entry",
    "reopen_class_period",
    "reopen_record",
    "reopen_supplementary_assessment",
    "request_extension",
    "request_reopening",
    "restore_reward",
    "return_class_period",
    "return_handover",
    "return_record",
    "return_supplementary_assessment",
    "revoke_extension",
    "save_handover",
    "save_period_records",
    "save_subject_results",
    "save_supplementary_results",
    "save_trait_notes",
    "save_trait_results",
    "send_nudges",
    "set_class_subjects",
    "sign_off_class_period",
    "sign_off_record",
    "submit_class_period",
    "submit_record",
    "submit_supplementary_assessment",
    "withdraw_commendation",
    "withdraw_retest",
    "write_comment_entries",
    "write_praise_letter",
]
