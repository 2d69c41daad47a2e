from reportcards.actions.asking import (
    ask_for_renderings,
    resume_rendering,
    retry_renderings,
)
from reportcards.actions.assembling import assemble_print_run
from reportcards.actions.certificates import (
    end_certificate,
    record_certificate_approval,
    register_key_file,
    register_remote_certificate,
    register_token_certificate,
)
from reportcards.actions.copies import (
    Recipient,
    download_card_file,
    download_child_card_file,
    download_copy,
    download_decision,
    give_certified_copy,
    open_unissued_pdf,
)
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
from reportcards.actions.print_runs import (
    cancel_print_run,
    download_print,
    resume_print_run,
    retry_print_run,
    start_print_run,
)
from reportcards.actions.printing import (
    print_child_report_card,
    print_report_card,
)
from reportcards.actions.purging import purge_prints
from reportcards.actions.rendering import render_next, render_now
from reportcards.actions.reports import print_child_period_report, print_period_report
from reportcards.actions.revocation_lists import receive_revocation_list
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
    Decision,
    correct_pupil,
    decide_withdrawal,
    request_withdrawal,
    take_back_report_card,
)
from reportcards.attachments import Attachment

__all__ = [
    "Attachment",
    "Decision",
    "Plan",
    "Recipient",
    "ask_for_renderings",
    "assemble_print_run",
    "cancel_print_run",
    "cancel_signing_run",
    "close_card_year",
    "complete_prepared_signature",
    "correct_pupil",
    "create_report_cards",
    "decide_withdrawal",
    "discard_report_card",
    "download_card_file",
    "download_child_card_file",
    "download_copy",
    "download_decision",
    "download_print",
    "end_certificate",
    "fail_overdue_cards",
    "give_certified_copy",
    "give_up_signing_run",
    "open_unissued_pdf",
    "prepare_signatures",
    "print_child_period_report",
    "print_child_report_card",
    "print_period_report",
    "print_report_card",
    "purge_prints",
    "receive_allotted_uuids",
    "receive_revocation_list",
    "record_certificate_approval",
    "record_deliveries",
    "record_delivery",
    "recreate_report_card",
    "refuse_prepared_signature",
    "register_key_file",
    "register_remote_certificate",
    "register_token_certificate",
    "render_next",
    "render_now",
    "request_withdrawal",
    "resume_print_run",
    "resume_rendering",
    "resume_signing_run",
    "retry_failed_cards",
    "retry_print_run",
    "retry_renderings",
    "sign_next_cards",
    "start_print_run",
    "start_signing_run",
    "take_back_report_card",
]
