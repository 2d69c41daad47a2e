import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.comment_bank import readable_entries
from assessments.comment_bank_page import bank_crumbs, in_form_order
from assessments.comment_drafts import draft_of, ruleset_of
from assessments.forms.comment_bank import Bank, owner_of
from assessments.permissions import check_user_can_write_a_bank
from exchange.comments.actions import import_comment_entries
from exchange.comments.forms import CommentImportForm, ConfirmForm
from exchange.comments.pages import CommentPreview
from exchange.comments.sheet import read_comment_sheet, write_comment_sheet
from exchange.errors import FileRefused, PreviewOutdated
from exchange.responses import XLSX
from exchange.views.imports import UNPROCESSABLE
from schools.access import StaffRequest, staff_only


@staff_only
@require_safe
def comment_bank_file(request: StaffRequest, bank: str) -> HttpResponse:
    if bank not in Bank.values:
        raise Http404
    ruleset = ruleset_of(request.school)
    entries = readable_entries(request.staff).in_bank_of(owner_of(bank, request.staff))
    file = io.BytesIO()
    write_comment_sheet(file, map(draft_of, in_form_order(entries, ruleset)), ruleset)
    headers = {"Content-Disposition": f'attachment; filename="{_("ma-nhan-xet")}.xlsx"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)


@staff_only
@require_http_methods(["GET", "POST"])
def new_comment_import(request: StaffRequest) -> HttpResponse:
    """A file is read and shown; nothing of it is written or kept before it is confirmed."""
    check_user_can_write_a_bank(request.staff)
    if request.method != "POST":
        return _show_form(request, CommentImportForm(staff=request.staff))
    form = CommentImportForm(request.POST, request.FILES, staff=request.staff)
    preview = _read(request, form) if form.is_valid() else None
    if preview is None:
        return _show_form(request, form, status=UNPROCESSABLE)
    return _show_preview(request, preview)


def _show_form(
    request: StaffRequest, form: CommentImportForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "crumbs": bank_crumbs(_("Tải bảng mã lên"))}
    return render(request, "exchange/new_comment_import.html", context, status=status)


def _show_preview(
    request: StaffRequest, preview: CommentPreview, *, status: int = 200
) -> HttpResponse:
    return render(request, "exchange/comment_import.html", {"preview": preview}, status=status)


def _read(request: StaffRequest, form: CommentImportForm) -> CommentPreview | None:
    file = form.cleaned_data["file"]
    try:
        rows = read_comment_sheet(file, file.name, ruleset_of(request.school))
    except FileRefused as refusal:
        form.add_error("file", str(refusal.message))
        return None
    return CommentPreview(rows, form.cleaned_data["bank"], request.staff)


@staff_only
@require_POST
def confirm_comment_import(request: StaffRequest) -> HttpResponse:
    check_user_can_write_a_bank(request.staff)
    form = ConfirmForm(request.POST, staff=request.staff)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["preview"])))
        return redirect("new_comment_import")
    try:
        plan = import_comment_entries(
            school=request.school,
            owner=form.owner,
            rows=form.rows,
            shown=form.shown,
            by=request.staff,
        )
    except PreviewOutdated as refusal:
        messages.error(request, str(refusal.message))
        preview = CommentPreview(form.rows, form.bank, request.staff)
        return _show_preview(request, preview, status=UNPROCESSABLE)
    count = len(plan.to_write)
    sentence = ngettext("Đã nhập %(count)s mã nhận xét.", "Đã nhập %(count)s mã nhận xét.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("comment_bank")
