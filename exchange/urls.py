from django.urls import path

from exchange.class_sheets import views as class_sheets
from exchange.comments import views as comments
from exchange.ministry_results import views as ministry_results
from exchange.rewards import views as rewards
from exchange.statistics.views import school_statistics_file
from exchange.summary_sheets.views import summary_sheet_xlsx
from exchange.views import imports
from exchange.views.api_reads import api_reads

CLASS = "classes/<int:school_class_id>/<period:period>/"

urlpatterns = [
    path(f"{CLASS}sheet.xlsx", class_sheets.class_sheet, name="class_sheet"),
    path(f"{CLASS}summary.xlsx", summary_sheet_xlsx, name="summary_sheet_xlsx"),
    path(
        f"{CLASS}ministry-results.xlsx",
        ministry_results.ministry_results_of_class,
        name="ministry_results_of_class",
    ),
    path(
        "school-years/<int:first_year>/<period:period>/grades/<int:grade_level>/ministry-results.xlsx",
        ministry_results.ministry_results_of_grade,
        name="ministry_results_of_grade",
    ),
    path(f"{CLASS}sheet/", class_sheets.new_sheet_upload, name="new_sheet_upload"),
    path("sheet-uploads/<int:pk>/", class_sheets.sheet_upload, name="sheet_upload"),
    path(
        "sheet-uploads/<int:pk>/confirm/", class_sheets.confirm_upload, name="confirm_sheet_upload"
    ),
    path(
        "school-years/<int:first_year>/<period:period>/statistics.xlsx",
        school_statistics_file,
        name="school_statistics_file",
    ),
    path("imports/", imports.student_imports, name="student_imports"),
    path("imports/new/", imports.new_student_import, name="new_student_import"),
    path("imports/<int:pk>/", imports.student_import, name="student_import"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="confirm_student_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_student_import"),
    path("imports/<int:pk>/errors.xlsx", imports.refused_rows, name="refused_rows"),
    path("comments/<str:bank>.xlsx", comments.comment_bank_file, name="comment_bank_file"),
    path("comments/imports/new/", comments.new_comment_import, name="new_comment_import"),
    path(
        "comments/imports/confirm/", comments.confirm_comment_import, name="confirm_comment_import"
    ),
    path(
        "school-years/<int:first_year>/rewards/list.xlsx",
        rewards.reward_list_sheet,
        name="reward_list_sheet",
    ),
    path("api-reads/", api_reads, name="api_reads"),
]
