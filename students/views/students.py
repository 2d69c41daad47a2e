from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from schools.access import StaffRequest, staff_only
from schools.permissions import visible_classes
from schools.years import school_year_of
from students.forms import StudentSearchForm
from students.identity import identity
from students.permissions import (
    check_user_can_list_students,
    check_user_can_see_student,
    user_sees_file,
    user_sees_sensitive,
    user_sees_support,
    visible_students,
)
from students.reading import (
    enrollments_of,
    search_students,
    students_of,
    with_current_class,
)

STUDENTS_A_PAGE = 50


@staff_only
@require_safe
def students(request: StaffRequest) -> HttpResponse:
    check_user_can_list_students(request.staff)
    school_year = school_year_of(request.school, timezone.localdate())
    classes = visible_classes(request.staff).filter(school_year=school_year).in_order()
    form = StudentSearchForm(request.GET, classes=classes)
    found = visible_students(request.staff).none()
    if form.is_valid():
        found = search_students(
            visible_students(request.staff),
            text=form.cleaned_data["q"],
            school_class=form.cleaned_data["school_class"],
        )
    listed = with_current_class(found, request.school)
    page = Paginator(listed, STUDENTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "students/students.html", {"form": form, "page": page})


@staff_only
@require_safe
def student(request: StaffRequest, student_id: int) -> HttpResponse:
    pupil = get_object_or_404(students_of(request.school), pk=student_id)
    check_user_can_see_student(request.staff, pupil)
    sees_file = user_sees_file(request.staff, pupil)
    enrollments = list(enrollments_of(pupil, request.school))
    context = {
        "student": pupil,
        "identity": identity(
            pupil, sees_file=sees_file, sees_sensitive=user_sees_sensitive(request.staff)
        ),
        "enrollments": enrollments,
        "sees_file": sees_file,
        "sees_support": user_sees_support(request.staff, enrollments),
    }
    return render(request, "students/student.html", context)
