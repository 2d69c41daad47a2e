from django.urls import path

from reportcards import views
from reportcards.card_views import (
    child_cards,
    copies,
    differences,
    remote_signatures,
    sign_cards,
    signing_runs,
    withdrawals,
)
from reportcards.handovers.views import handover_minutes
from reportcards.rewards import views as rewards
from reportcards.summary_sheets.views import summary_sheet_pdf

CARD = "digital-cards/<uuid:uuid>/"

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

urlpatterns = [
    *withdrawn_cards,
    *given_files,
    path(
        "students/<int:student_id>/report-card.pdf", views.report_card_pdf, name="report_card_pdf"
    ),
    path(
        "classes/<int:school_class_id>/report-cards.pdf",
        views.class_report_cards_pdf,
        name="class_report_cards_pdf",
    ),
    path(
        "children/<int:student_id>/report-card.pdf",
        views.child_report_card_pdf,
        name="child_report_card_pdf",
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
    path(
        "school-years/<int:first_year>/digital-cards/sign/",
        sign_cards.sign_cards,
        name="sign_cards",
    ),
    path("signing-runs/<int:pk>/", signing_runs.signing_run, name="signing_run"),
    path("signing-runs/<int:pk>/progress/", signing_runs.run_progress, name="run_progress"),
    path("signing-runs/<int:pk>/sign/", signing_runs.sign_next, name="sign_next"),
    path("signing-runs/<int:pk>/retry/", signing_runs.retry_run, name="retry_run"),
    path("signing-runs/<int:pk>/resume/", signing_runs.resume_run, name="resume_run"),
    path("signing-runs/<int:pk>/cancel/", signing_runs.cancel_run, name="cancel_run"),
    path(
        "signing-runs/<int:pk>/digests/",
        remote_signatures.prepare_signatures,
        name="prepare_signatures",
    ),
    path(
        "signing-runs/<int:pk>/signatures/",
        remote_signatures.complete_signature,
        name="complete_signature",
    ),
]
