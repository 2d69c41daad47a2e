from django.urls import path, register_converter

from assessments.converters import PeriodConverter
from assessments.views import (
    cell_history,
    cells,
    children,
    class_periods,
    commendations,
    comment_bank,
    extensions,
    handovers,
    history,
    nudges,
    readiness,
    records,
    reopen_requests,
    retests,
    summary_sheets,
)
from assessments.views import supplementary as summer
from assessments.views.class_subjects import class_subjects
from assessments.views.grid_comments import record_comments, subject_comments
from assessments.views.record_grid import record_grid
from assessments.views.statistics import school_statistics
from assessments.views.subject_grid import subject_grid
from assessments.views.trait_grid import trait_grid
from assessments.views.trait_notes import trait_notes
from assessments.views.year_end import year_end
from assessments.views.year_results import (
    pupil_year,
    refuse_reward,
    restore_reward,
    year_results,
)

register_converter(PeriodConverter, "period")

CLASS = "classes/<int:school_class_id>/<period:period>/"
RECORD = "period-records/<int:pk>/"
RETEST = "retests/<int:pk>/"
SUMMER = "supplementary-assessments/<int:pk>/"
COMMENDATION = "commendations/<int:pk>/"
HANDOVER = "classes/<int:school_class_id>/handover/<int:grade_level>/"

urlpatterns = [
    path("classes/<int:school_class_id>/history/", history.class_history, name="class_history"),
    path("students/<int:student_id>/history/", history.student_history, name="student_history"),
    path("classes/<int:school_class_id>/year-results/", year_results, name="year_results"),
    path(
        "classes/<int:school_class_id>/year-results/<int:enrollment_id>/",
        pupil_year,
        name="pupil_year",
    ),
    path("school-years/<int:first_year>/year-end/", year_end, name="year_end"),
    path(
        "classes/<int:school_class_id>/supplementary-assessments/",
        summer.of_class,
        name="supplementary_assessments",
    ),
    path(
        "classes/<int:school_class_id>/supplementary-assessments/<int:enrollment_id>/plan/",
        summer.plan,
        name="supplementary_plan",
    ),
    path(SUMMER, summer.assessment, name="supplementary_assessment"),
    path(f"{SUMMER}submit/", summer.submit, name="supplementary_submit"),
    path(f"{SUMMER}return/", summer.return_to_teacher, name="supplementary_return"),
    path(f"{SUMMER}decide/", summer.decide, name="supplementary_decide"),
    path(f"{SUMMER}reopen/", summer.reopen, name="supplementary_reopen"),
    path("year-decisions/<int:pk>/refuse-reward/", refuse_reward, name="reward_refuse"),
    path("year-decisions/<int:pk>/restore-reward/", restore_reward, name="reward_restore"),
    path("classes/<int:school_class_id>/subjects/", class_subjects, name="class_subjects"),
    path(CLASS, class_periods.class_period, name="class_period"),
    path(f"{CLASS}submit/", class_periods.submit, name="class_period_submit"),
    path(
        f"{CLASS}subjects/<str:subject_code>/confirm/",
        class_periods.confirm_one_subject,
        name="subject_confirm",
    ),
    path(f"{CLASS}sign-off/", class_periods.sign_off, name="class_period_sign_off"),
    path(f"{CLASS}return/", class_periods.return_to_teachers, name="class_period_return"),
    path(f"{CLASS}reopen/", class_periods.reopen, name="class_period_reopen"),
    path(f"{CLASS}ask-reopening/", class_periods.ask_reopening, name="class_period_ask_reopening"),
    path(f"{CLASS}ask-extension/", extensions.ask_extension, name="class_period_ask_extension"),
    path(f"{CLASS}extend/", extensions.extend, name="class_period_extend"),
    path(
        "extension-requests/<int:pk>/refuse/",
        extensions.refuse_request,
        name="extension_request_refuse",
    ),
    path("extensions/<int:pk>/revoke/", extensions.revoke, name="extension_revoke"),
    path(f"{CLASS}summary/", summary_sheets.summary_sheet_page, name="summary_sheet"),
    path(f"{CLASS}readiness/", readiness.of_class, name="class_readiness"),
    path(
        "school-years/<int:first_year>/<period:period>/readiness/",
        readiness.of_school,
        name="school_readiness",
    ),
    path(
        "school-years/<int:first_year>/<period:period>/statistics/",
        school_statistics,
        name="school_statistics",
    ),
    path(f"{CLASS}nudges/", nudges.of_class, name="class_nudges"),
    path(
        "school-years/<int:first_year>/<period:period>/nudges/",
        nudges.of_school,
        name="school_nudges",
    ),
    path(f"{CLASS}subjects/<str:subject_code>/", subject_grid, name="subject_grid"),
    path(
        f"{CLASS}subjects/<str:subject_code>/comments/", subject_comments, name="subject_comments"
    ),
    path(f"{CLASS}records/comments/", record_comments, name="record_comments"),
    path(
        f"{CLASS}subjects/<str:subject_code>/retests/",
        retests.subject_retests,
        name="subject_retests",
    ),
    path(f"{CLASS}traits/", trait_grid, name="trait_grid"),
    path(f"{CLASS}records/", record_grid, name="record_grid"),
    path(f"{CLASS}notes/", trait_notes, name="trait_notes"),
    path(f"{CLASS}subjects/<str:subject_code>/cells/", cells.subject_cells, name="subject_cells"),
    path(f"{CLASS}traits/cells/", cells.trait_cells, name="trait_cells"),
    path(f"{CLASS}records/cells/", cells.record_cells, name="record_cells"),
    path(f"{CLASS}notes/cells/", cells.note_cells, name="note_cells"),
    path(
        f"{CLASS}subjects/<str:subject_code>/history/",
        cell_history.subject_cell_history,
        name="subject_cell_history",
    ),
    path(f"{CLASS}traits/history/", cell_history.trait_cell_history, name="trait_cell_history"),
    path(f"{CLASS}records/history/", cell_history.record_cell_history, name="record_cell_history"),
    path(f"{CLASS}notes/history/", cell_history.note_cell_history, name="note_cell_history"),
    path("comments/", comment_bank.comment_bank, name="comment_bank"),
    path("comments/new/", comment_bank.new_comment_entry, name="new_comment_entry"),
    path("comments/<int:pk>/", comment_bank.comment_entry, name="comment_entry"),
    path(
        "comments/<int:pk>/remove/",
        comment_bank.remove_comment_entry,
        name="remove_comment_entry",
    ),
    path("comments/<int:pk>/copy/", comment_bank.copy_comment_entry, name="copy_comment_entry"),
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
    path(f"{RETEST}agree/", retests.agree, name="retest_agree"),
    path(f"{RETEST}decline/", retests.decline, name="retest_decline"),
    path(f"{RETEST}withdraw/", retests.withdraw, name="retest_withdraw"),
    path(f"{RETEST}score/", retests.enter_score, name="retest_score"),
    path(
        "classes/<int:school_class_id>/commendations/",
        commendations.class_commendations,
        name="class_commendations",
    ),
    path(
        "classes/<int:school_class_id>/praise-letters/new/",
        commendations.new_praise_letter,
        name="new_praise_letter",
    ),
    path("commendations/", commendations.commendations, name="commendations"),
    path(f"{COMMENDATION}award/", commendations.award, name="commendation_award"),
    path(f"{COMMENDATION}decline/", commendations.decline, name="commendation_decline"),
    path(f"{COMMENDATION}forward/", commendations.forward, name="commendation_forward"),
    path(f"{COMMENDATION}withdraw/", commendations.withdraw, name="commendation_withdraw"),
    path(
        "classes/<int:school_class_id>/handover/", handovers.class_handover, name="class_handover"
    ),
    path(HANDOVER, handovers.grade_handover, name="grade_handover"),
    path(f"{HANDOVER}receiver/", handovers.set_receiver, name="handover_receiver"),
    path("handovers/<int:pk>/receive/", handovers.receive, name="handover_receive"),
    path("handovers/<int:pk>/return/", handovers.return_to_giver, name="handover_return"),
    path("reopen-requests/<int:pk>/decide/", reopen_requests.decide, name="reopen_request_decide"),
]
