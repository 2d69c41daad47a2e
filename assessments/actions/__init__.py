from assessments.actions.children import record_card_reading
from assessments.actions.class_periods import (
    reopen_class_period,
    return_class_period,
    sign_off_class_period,
    submit_class_period,
)
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
from assessments.actions.subject_results import save_subject_results
from assessments.actions.trait_notes import save_trait_notes
from assessments.actions.year_decisions import confirm_year_decisions

__all__ = [
    "confirm_year_decisions",
    "decide_reopen_request",
    "record_card_reading",
    "reopen_class_period",
    "reopen_record",
    "request_reopening",
    "return_class_period",
    "return_record",
    "save_period_records",
    "save_subject_results",
    "save_trait_notes",
    "save_trait_results",
    "sign_off_class_period",
    "sign_off_record",
    "submit_class_period",
    "submit_record",
]
