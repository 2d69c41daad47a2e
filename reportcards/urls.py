from django.urls import path

from reportcards import report_views, views
from reportcards.card_views import (
    child_cards,
    copies,
    differences,
    digital_card,
    remote_signatures,
    school_class,
    sign_cards,
    signing_runs,
    withdrawals,
    year,
)
from reportcards.certificates import views as certificates
from reportcards.handovers.views import handover_minutes
from reportcards.prints import views as prints
from reportcards.rewards import views as rewards
from reportcards.summary_sheets.views import summary_sheet_pdf
from reportcards.verification import views as verification

CARD = "digital-cards/<uuid:uuid>/"
CARD_YEAR = "school-years/<int:first_year>/digital-cards/"
RUN = "signing-runs/<int:pk>/"
OF_A_PERIOD = "<int:student_id>/<int:first_year>/<period:period>/"
PRINT = "print-runs/<int:pk>/"
CARD_CLASS = "classes/<int:school_class_id>/digital-cards/"

made_cards = [
    path(CARD_YEAR, year.card_year, name="card_year"),
    path(f"{CARD_YEAR}closing/", year.close_card_year, name="close_card_year"),
    path("digital-cards/allotted-uuids/", year.allotted_uuids, name="allotted_uuids"),
    path(CARD_CLASS, school_class.class_cards, name="class_cards"),
    path(f"{CARD_CLASS}create/", school_class.create_cards, name="create_cards"),
    path(
        f"{CARD_CLASS}delivery/<str:step>/",
        school_class.record_class_delivery,
        name="record_class_delivery",
    ),
    path(CARD, digital_card.digital_card, name="digital_card"),
    path(f"{CARD}card.xml", digital_card.card_xml, name="card_xml"),
    path(f"{CARD}payload.json", digital_card.card_content, name="card_content"),
    path(f"{CARD}qr.svg", digital_card.card_qr, name="card_qr"),
    path(f"{CARD}recreate/", digital_card.recreate_card, name="recreate_card"),
    path(f"{CARD}discard/", digital_card.discard_card, name="discard_card"),
    path(f"{CARD}delivery/<str:step>/", digital_card.record_delivery, name="record_delivery"),
]

signed_cards = [
    path(f"{CARD_YEAR}sign/", sign_cards.sign_cards, name="sign_cards"),
    path(RUN, signing_runs.signing_run, name="signing_run"),
    path(f"{RUN}progress/", signing_runs.run_progress, name="run_progress"),
    path(f"{RUN}sign/", signing_runs.sign_next, name="sign_next"),
    path(f"{RUN}retry/", signing_runs.retry_run, name="retry_run"),
    path(f"{RUN}resume/", signing_runs.resume_run, name="resume_run"),
    path(f"{RUN}cancel/", signing_runs.cancel_run, name="cancel_run"),
    path(f"{RUN}digests/", remote_signatures.prepare_signatures, name="prepare_signatures"),
    path(f"{RUN}signatures/", remote_signatures.complete_signature, name="complete_signature"),
]

public_pages = [
    path("verify/", verification.verify, name="verify"),
    path("verify/file/", verification.verify_file, name="verify_file"),
    path("verify/<uuid:uuid>/", verification.verify_card, name="verify_card"),
]

withdrawn_cards = [
    path(f"{CARD}withdraw/", withdrawals.request_page, name="request_withdrawal"),
    path(f"{CARD}withdrawal/", withdrawals.decide_page, name="decide_withdrawal"),
    path(
        f"{CARD}withdrawal/decision/",
        withdrawals.withdrawal_attachment,
        name="withdrawal_attachment",
    ),
    path(f"{CARD}take-back/", withdrawals.take_back_page, name="take_back_card"),
    path(f"{CARD}replacement/", withdrawals.replace_page, name="replace_card"),
    path(f"{CARD}replacement/pupil/", withdrawals.correct_page, name="correct_pupil"),
    path(f"{CARD}difference/", differences.difference_page, name="card_difference"),
]

given_files = [
    path("copies/", copies.copies_page, name="copies"),
    path("copies/<int:pk>/", copies.given_copy_page, name="given_copy"),
    path("copies/<int:pk>/card.<str:kind>", copies.given_copy_file, name="given_copy_file"),
    path(f"{CARD}copies/new/", copies.give_page, name="give_copy"),
    path(f"{CARD}card.pdf", copies.card_pdf, name="card_pdf"),
    path(
        "children/<int:student_id>/digital-cards/",
        child_cards.child_cards_page,
        name="child_cards",
    ),
    path(
        "children/<int:student_id>/digital-cards/<uuid:uuid>/card.<str:kind>",
        child_cards.child_card_file,
        name="child_card_file",
    ),
]

printed_documents = [
    path("print/", prints.print_cards, name="print_cards"),
    path("print-runs/", prints.print_runs, name="print_runs"),
    path(PRINT, prints.print_run, name="print_run"),
    path(f"{PRINT}progress/", prints.print_run_progress, name="print_run_progress"),
    path(f"{PRINT}cancel/", prints.cancel_print, name="cancel_print"),
    path(f"{PRINT}retry/", prints.retry_print, name="retry_print"),
    path(f"{PRINT}resume/", prints.resume_print, name="resume_print"),
    path(f"{PRINT}files/<str:kind>/", prints.print_run_file, name="print_run_file"),
]

urlpatterns = [
    *public_pages,
    *made_cards,
    *signed_cards,
    *withdrawn_cards,
    *given_files,
    *printed_documents,
    path(
        "students/<int:student_id>/report-card.pdf", views.report_card_pdf, name="report_card_pdf"
    ),
    path(
        "children/<int:student_id>/report-card.pdf",
        views.child_report_card_pdf,
        name="child_report_card_pdf",
    ),
    path(
        f"students/{OF_A_PERIOD}report.pdf",
        report_views.period_report_pdf,
        name="period_report_pdf",
    ),
    path(
        f"children/{OF_A_PERIOD}report.pdf",
        report_views.child_period_report_pdf,
        name="child_period_report_pdf",
    ),
    path(
        "classes/<int:school_class_id>/<period:period>/summary.pdf",
        summary_sheet_pdf,
        name="summary_sheet_pdf",
    ),
    path(
        "classes/<int:school_class_id>/handover/<int:grade_level>/minutes.pdf",
        handover_minutes,
        name="handover_minutes",
    ),
    path("school-years/<int:first_year>/rewards/", rewards.reward_list, name="reward_list"),
    path(
        "school-years/<int:first_year>/rewards/list.pdf",
        rewards.reward_list_pdf,
        name="reward_list_pdf",
    ),
    path("my-certificates/", certificates.my_certificates, name="my_certificates"),
    path(
        "my-certificates/new/<str:key_place>/",
        certificates.new_certificate,
        name="new_certificate",
    ),
    path("certificates/", certificates.certificate_register, name="certificate_register"),
    path(
        "certificates/seal/new/<str:key_place>/",
        certificates.new_seal_certificate,
        name="new_seal_certificate",
    ),
    path(
        "certificates/revocation-lists/new/",
        certificates.new_revocation_list,
        name="new_revocation_list",
    ),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path(
        "certificates/<int:pk>/approval/",
        certificates.certificate_approval,
        name="certificate_approval",
    ),
    path("certificates/<int:pk>/end/", certificates.certificate_end, name="certificate_end"),
]
