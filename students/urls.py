from django.urls import path

from students import views

urlpatterns = [
    path("students/", views.students, name="students"),
    path("students/<int:student_id>/", views.student, name="student"),
]
