from django.urls import path

from students.views import students, support

STUDENT = "students/<int:student_id>/"

urlpatterns = [
    path("students/", students.students, name="students"),
    path(STUDENT, students.student, name="student"),
    path(f"{STUDENT}support/", support.student_support, name="student_support"),
    path(f"{STUDENT}support/plan/", support.individual_plan, name="individual_plan"),
    path(f"{STUDENT}support/assessment/", support.student_assessment, name="student_assessment"),
]
