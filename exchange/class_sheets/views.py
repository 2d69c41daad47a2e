from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.links import class_period_url
from assessments.views.grid_page import class_or_404
from exchange.class_sheets.actions import (
    confirm_sheet_upload,
    download_class_sheet,
    upload_class_sheet,
)
from exchange.class_sheets.forms import ClassSheetForm, ConfirmationForm
from exchange.class_sheets.pages import UploadPage, class_title, crumbs, upload_of
from exchange.class_sheets.permissions import check_user_can_write_in, check_user_uploaded
from exchange.errors import FileRefused, ImportRefused
from exchange.models import EditFate, SheetUpload
from exchange.responses import XLSX
from exchange.views.imports import UNPROCESSABLE
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass
from schools.names import fold


@staff_only
@require_safe
def class_sheet(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    content = download_class_sheet(school_class=school_class, period=period, by=request.staff)
    name = "-".join(fold(class_title(school_class, period)).replace(",", "").split())
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@staff_only
@require_http_methods(["GET", "POST"])
def new_sheet_upload(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    check_user_can_write_in(request.staff, school_class)
    if request.method != "POST":
        return _show_form(request, ClassSheetForm(), school_class, period)
    form = ClassSheetForm(request.POST, request.FILES)
    upload = _upload(request, form, school_class, period) if form.is_valid() else None
    if upload is None:
        return _show_form(request, form, school_class, period, status=UNPROCESSABLE)
    return redirect("sheet_upload", upload.pk)


def _show_form(
    request: StaffRequest,
    form: ClassSheetForm,
    school_class: SchoolClass,
    period: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "school_class": school_class,
        "period": period,
        "lead": class_title(school_class, period),
        "crumbs": crumbs(school_class, period, _("Nhập bằng tệp Excel")),
        "class_url": class_period_url(school_class, period),
    }
    return render(request, "exchange/new_sheet_upload.html", context, status=status)


def _upload(
    request: StaffRequest, form: ClassSheetForm, school_class: SchoolClass, period: str
) -> SheetUpload | None:
    file = form.cleaned_data["file"]
    try:
        return upload_class_sheet(
            school_class=school_class,
            period=period,
            file=file,
            file_name=file.name,
            by=request.staff,
        )
    except FileRefused as refusal:
        form.add_error("file", str(refusal.message))
        return None


@staff_only
@require_safe
def sheet_upload(request: StaffRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    page = UploadPage(upload, request.GET.get("show"), request.GET.get("page"))
    template = "exchange/sheet_edits.html" if page.whole_list else "exchange/sheet_upload.html"
    return render(request, template, {"page": page, "upload": upload})


@staff_only
@require_POST
def confirm_upload(request: StaffRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    form = ConfirmationForm(request.POST, conflicts=upload.edits.of_fate(EditFate.CONFLICT))
    form.full_clean()
    try:
        confirm_sheet_upload(
            upload=upload,
            overwritten=form.overwritten,
            seen_at=form.cleaned_data.get("seen_at"),
            by=request.staff,
        )
        messages.success(request, _("Đã ghi kết quả từ tệp %(name)s.") % {"name": upload.file_name})
    except ImportRefused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("sheet_upload", pk)


def _load(request: StaffRequest, pk: int) -> SheetUpload:
    upload = upload_of(request.school, pk)
    check_user_uploaded(request.staff, upload)
    return upload
