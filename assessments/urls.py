from django.urls import path, register_converter

from assessments.converters import PeriodConverter
from assessments.views import children, class_periods, history, records, reopen_requests
from assessments.views.record_grid import record_grid
from assessments.views.subject_grid import subject_grid
from assessments.views.trait_grid import trait_grid
from assessments.views.trait_notes import trait_notes
from assessments.views.year_results import year_results

register_converter(PeriodConverter, "period")

CLASS = "classes/<int:school_class_id>/<period:period>/"
RECORD = "period-records/<int:pk>/"

urlpatterns = [
    path("classes/<int:school_class_id>/history/", history.class_history, name="class_history"),
    path("students/<int:student_id>/history/", history.student_history, name="student_history"),
    path("classes/<int:school_class_id>/year-results/", year_results, name="year_results"),
    path(CLASS, class_periods.class_period, name="class_period"),
    path(f"{CLASS}submit/", class_periods.submit, name="class_period_submit"),
    path(f"{CLASS}sign-off/", class_periods.sign_off, name="class_period_sign_off"),
    path(f"{CLASS}return/", class_periods.return_to_teachers, name="class_period_return"),
    path(f"{CLASS}reopen/", class_periods.reopen, name="class_period_reopen"),
    path(f"{CLASS}ask-reopening/", class_periods.ask_reopening, name="class_period_ask_reopening"),
    path(f"{CLASS}subjects/<str:subject_code>/", subject_grid, name="subject_grid"),
    path(f"{CLASS}traits/", trait_grid, name="trait_grid"),
    path(f"{CLASS}records/", record_grid, name="record_grid"),
    path(f"{CLASS}notes/", trait_notes, name="trait_notes"),
    path("children/<int:student_id>/", children.child_card, name="child_card"),
    path(
        "children/<int:student_id>/<int:first_year>/<period:period>/",
        children.child_period_card,
        name="child_period_card",
    ),
    path(f"{RECORD}submit/", records.submit, name="record_submit"),
    path(f"{RECORD}sign-off/", records.sign_off, name="record_sign_off"),
    path(f"{RECORD}return/", records.return_to_teachers, name="record_return"),
    path(f"{RECORD}reopen/", records.reopen, name="record_reopen"),
    path(f"{RECORD}ask-reopening/", records.ask_reopening, name="record_ask_reopening"),
    path("reopen-requests/<int:pk>/decide/", reopen_requests.decide, name="reopen_request_decide"),
]
