from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions import set_class_subjects
from assessments.class_subjects import ClassSubjects
from assessments.forms.class_subjects import ClassSubjectsForm
from assessments.permissions import check_user_can_set_subjects
from assessments.reading import classes_of
from assessments.views.refusals import UNPROCESSABLE, refusals_on
from schools.access import StaffRequest, staff_only


@staff_only
@require_http_methods(["GET", "POST"])
def class_subjects(request: StaffRequest, school_class_id: int) -> HttpResponse:
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    check_user_can_set_subjects(request.staff, school_class)
    form = ClassSubjectsForm(ClassSubjects(school_class), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            changed = set_class_subjects(
                school_class=school_class,
                optional=form.optional,
                language_names=form.language_names,
                by=request.staff,
            )
            sentence = _("Đã lưu môn học của lớp.") if changed else _("Không có gì thay đổi.")
            messages.success(request, sentence)
            return redirect("class_subjects", school_class.pk)
    title = _("Môn học của lớp %(name)s") % {"name": school_class.name}
    context = {
        "form": form,
        "school_class": school_class,
        "title": title,
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": title, "url": ""},
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/class_subjects.html", context, status=status)
