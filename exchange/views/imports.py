from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.actions import confirm_import, import_students, undo_import
from exchange.errors import FileRefused, ImportRefused
from exchange.forms import StudentImportForm
from exchange.import_pages import (
    ImportPage,
    batch_columns,
    batch_of,
    batch_rows,
    crumbs,
    page_of_batches,
    refused_rows_file,
)
from exchange.models import ImportBatch
from exchange.permissions import check_user_can_import
from exchange.responses import XLSX
from schools.access import StaffRequest, staff_only

UNPROCESSABLE = 422


@staff_only
@require_safe
def student_imports(request: StaffRequest) -> HttpResponse:
    check_user_can_import(request.staff, request.school)
    page = page_of_batches(request.school, request.GET.get("page"))
    context = {"page": page, "columns": batch_columns(), "rows": batch_rows(page.object_list)}
    return render(request, "exchange/student_imports.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def new_student_import(request: StaffRequest) -> HttpResponse:
    check_user_can_import(request.staff, request.school)
    if request.method != "POST":
        return _show_form(request, StudentImportForm(school=request.school))
    form = StudentImportForm(request.POST, request.FILES, school=request.school)
    batch = _upload(request, form) if form.is_valid() else None
    if batch is None:
        return _show_form(request, form, status=UNPROCESSABLE)
    return redirect("student_import", batch.pk)


def _show_form(
    request: StaffRequest, form: StudentImportForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "crumbs": crumbs(_("Nhập học sinh từ tệp"))}
    return render(request, "exchange/new_student_import.html", context, status=status)


def _upload(request: StaffRequest, form: StudentImportForm) -> ImportBatch | None:
    file = form.cleaned_data["file"]
    try:
        return import_students(
            school=request.school,
            school_year=form.cleaned_data["school_year"],
            file=file,
            file_name=file.name,
            by=request.staff,
        )
    except FileRefused as refusal:
        form.add_error("file", str(refusal.message))
        return None


@staff_only
@require_safe
def student_import(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _load(request, pk)
    page = ImportPage(batch, request.GET.get("show"), request.GET.get("page"))
    return render(request, "exchange/student_import.html", {"preview": page, "batch": batch})


@staff_only
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _load(request, pk)
    try:
        confirm_import(batch=batch, by=request.staff)
        messages.success(request, _("Đã nhập danh sách học sinh từ tệp %(name)s.") % _name(batch))
    except ImportRefused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("student_import", pk)


@staff_only
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _load(request, pk)
    try:
        undo_import(batch=batch, by=request.staff)
        messages.success(request, _("Đã hoàn tác lần nhập từ tệp %(name)s.") % _name(batch))
    except ImportRefused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("student_import", pk)


@staff_only
@require_safe
def refused_rows(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows that were refused, with the reasons, as a file to put right and upload again."""
    batch = _load(request, pk)
    name = f"{_('dong-loi')}-{batch.pk}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(refused_rows_file(batch), content_type=XLSX, headers=headers)


def _load(request: StaffRequest, pk: int) -> ImportBatch:
    batch = batch_of(request.school, pk)
    check_user_can_import(request.staff, request.school)
    return batch


def _name(batch: ImportBatch) -> dict[str, str]:
    return {"name": batch.file_name}
