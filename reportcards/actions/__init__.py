from reportcards.actions.delivery import (
    close_card_year,
    receive_allotted_uuids,
    record_deliveries,
    record_delivery,
)
from reportcards.actions.making import (
    Plan,
    create_report_cards,
    discard_report_card,
    recreate_report_card,
)
from reportcards.actions.printing import (
    print_child_report_card,
    print_class_report_cards,
    print_report_card,
)
from reportcards.actions.runs import (
    cancel_signing_run,
    resume_signing_run,
    retry_failed_cards,
    start_signing_run,
)
from reportcards.actions.signing import (
    complete_prepared_signature,
    fail_overdue_cards,
    give_up_signing_run,
    prepare_signatures,
    refuse_prepared_signature,
    sign_next_cards,
)
from reportcards.actions.withdrawals import (
    Attachment,
    Decision,
    decide_withdrawal,
    request_withdrawal,
    take_back_report_card,
)

__all__ = [
    "Attachment",
    "Decision",
    "Plan",
    "cancel_signing_run",
    "close_card_year",
    "complete_prepared_signature",
    "create_report_cards",
    "decide_withdrawal",
    "discard_report_card",
    "fail_overdue_cards",
    "give_up_signing_run",
    "prepare_signatures",
    "print_child_report_card",
    "print_class_report_cards",
    "print_report_card",
    "receive_allotted_uuids",
    "record_deliveries",
    "record_delivery",
    "recreate_report_card",
    "refuse_prepared_signature",
    "request_withdrawal",
    "resume_signing_run",
    "retry_failed_cards",
    "sign_next_cards",
    "start_signing_run",
    "take_back_report_card",
]
