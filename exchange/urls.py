from django.urls import path

from exchange.views import imports
from exchange.views.api_reads import api_reads

urlpatterns = [
    path("imports/", imports.student_imports, name="student_imports"),
    path("imports/new/", imports.new_student_import, name="new_student_import"),
    path("imports/<int:pk>/", imports.student_import, name="student_import"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="confirm_student_import"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo_student_import"),
    path("imports/<int:pk>/errors.xlsx", imports.refused_rows, name="refused_rows"),
    path("api-reads/", api_reads, name="api_reads"),
]
