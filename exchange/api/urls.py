from typing import Any

from django.urls import path

from exchange.api import views

LIST: dict[str, Any] = {"get": "list"}
ROW: dict[str, Any] = {"get": "retrieve"}

urlpatterns = [
    path("openapi.json", views.openapi_document, name="api_openapi"),
    path("schools/", views.SchoolViewSet.as_view(LIST), name="api_schools"),
    path("schools/<int:pk>/", views.SchoolViewSet.as_view(ROW), name="api_school"),
    path("classes/", views.ClassViewSet.as_view(LIST), name="api_classes"),
    path("classes/<int:pk>/", views.ClassViewSet.as_view(ROW), name="api_class"),
    path("students/", views.StudentViewSet.as_view(LIST), name="api_students"),
    path("students/<int:pk>/", views.StudentViewSet.as_view(ROW), name="api_student"),
    path("period-records/", views.PeriodRecordViewSet.as_view(LIST), name="api_period_records"),
    path(
        "period-records/<int:pk>/", views.PeriodRecordViewSet.as_view(ROW), name="api_period_record"
    ),
    path("<path:address>", views.UnknownAddress.as_view(), name="api_unknown_address"),
]
