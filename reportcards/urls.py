from django.urls import path

from reportcards import views
from reportcards.certificates import views as certificates
from reportcards.handovers.views import handover_minutes
from reportcards.rewards import views as rewards
from reportcards.summary_sheets.views import summary_sheet_pdf

urlpatterns = [
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
