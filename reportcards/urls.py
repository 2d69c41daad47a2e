from django.urls import path

from reportcards import views
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
]
