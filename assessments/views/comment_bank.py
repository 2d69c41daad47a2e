from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import actions
from assessments.comment_bank import readable_entries
from assessments.comment_bank_page import CommentBankPage, bank_crumbs
from assessments.errors import CodeTaken
from assessments.forms.comment_bank import CommentEntryForm, NewCommentEntryForm, values_of
from assessments.models import CommentEntry
from assessments.permissions import check_user_can_write_a_bank, check_user_can_write_bank
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages
from schools.access import StaffRequest, staff_only


@staff_only
@require_safe
def comment_bank(request: StaffRequest) -> HttpResponse:
    page = CommentBankPage(request.staff, request.GET)
    return render(request, "assessments/comment_bank.html", {"page": page})


@staff_only
@require_http_methods(["GET", "POST"])
def new_comment_entry(request: StaffRequest) -> HttpResponse:
    check_user_can_write_a_bank(request.staff)
    if request.method != "POST":
        form = NewCommentEntryForm(staff=request.staff, initial=request.GET.dict())
        return _show(request, form)
    form = NewCommentEntryForm(request.POST, staff=request.staff)
    if form.is_valid() and _is_saved(form, lambda: _create(request, form)):
        messages.success(request, _("Đã thêm mã %(code)s.") % {"code": form.draft.code})
        return redirect("comment_bank")
    return _show(request, form, status=UNPROCESSABLE)


def _create(request: StaffRequest, form: NewCommentEntryForm) -> CommentEntry:
    return actions.create_comment_entry(
        school=request.school, owner=form.owner, draft=form.draft, by=request.staff
    )


@staff_only
@require_http_methods(["GET", "POST"])
def comment_entry(request: StaffRequest, pk: int) -> HttpResponse:
    entry = _load(request, pk)
    check_user_can_write_bank(request.staff, entry.school, entry.owner)
    if request.method != "POST":
        form = CommentEntryForm(staff=request.staff, initial=values_of(entry))
        return _show(request, form, entry)
    form = CommentEntryForm(request.POST, staff=request.staff)
    if form.is_valid() and _is_saved(form, lambda: _change(request, entry, form)):
        messages.success(request, _("Đã lưu mã %(code)s.") % {"code": form.draft.code})
        return redirect("comment_bank")
    return _show(request, form, entry, status=UNPROCESSABLE)


def _change(request: StaffRequest, entry: CommentEntry, form: CommentEntryForm) -> CommentEntry:
    return actions.change_comment_entry(entry=entry, draft=form.draft, by=request.staff)


def _is_saved(form: CommentEntryForm, save: Callable[[], object]) -> bool:
    try:
        save()
    except CodeTaken as refusal:
        form.add_error("code", str(refusal.message))
    return form.is_valid()


def _show(
    request: HttpRequest,
    form: CommentEntryForm,
    entry: CommentEntry | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    title = _("Sửa mã %(code)s") % {"code": entry.code} if entry else _("Thêm mã nhận xét")
    context = {"form": form, "entry": entry, "title": title, "crumbs": bank_crumbs(title)}
    return render(request, "assessments/comment_entry.html", context, status=status)


@staff_only
@require_POST
def remove_comment_entry(request: StaffRequest, pk: int) -> HttpResponse:
    entry = _load(request, pk)
    actions.remove_comment_entry(entry=entry, by=request.staff)
    messages.success(request, _("Đã xóa mã %(code)s.") % {"code": entry.code})
    return redirect("comment_bank")


@staff_only
@require_POST
def copy_comment_entry(request: StaffRequest, pk: int) -> HttpResponse:
    entry = _load(request, pk)
    with refusals_as_messages(request):
        actions.copy_comment_entry(entry=entry, by=request.staff)
        sentence = _("Đã chép mã %(code)s về bảng mã của thầy/cô; hãy sửa theo ý mình.")
        messages.success(request, sentence % {"code": entry.code})
    return redirect("comment_bank")


def _load(request: StaffRequest, pk: int) -> CommentEntry:
    return get_object_or_404(
        readable_entries(request.staff).select_related("school", "owner"), pk=pk
    )
