"""Her own certificates, and for clerk and leaders the school's register."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from audit.errors import DomainError, NotPermitted
from reportcards.actions.certificates import end_certificate, record_certificate_approval
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.card_permissions import check_user_can_keep_register, user_can_keep_register
from reportcards.certificates.forms import ApprovalForm, RevocationListForm
from reportcards.certificates.page import (
    certificates_of,
    own_certificates,
    show,
)
from reportcards.certificates.permissions import (
    check_user_can_end,
    check_user_can_register,
    check_user_can_see_certificate,
    user_can_register_seal,
)
from reportcards.certificates.register_page import register_of
from reportcards.certificates.ways import WAYS, open_ways
from reportcards.models import SigningCertificate
from schools.access import StaffRequest, staff_only
from schools.models import StaffMember

UNPROCESSABLE = 422

ask_or_post = require_http_methods(["GET", "POST"])


@staff_only
@require_safe
def my_certificates(request: StaffRequest) -> HttpResponse:
    context = {
        "certificates": own_certificates(request.staff),
        "ways": open_ways(),
        "keeps_register": user_can_keep_register(request.staff),
        "crumbs": _crumbs(_("Chứng thư số của tôi")),
    }
    return render(request, "reportcards/certificates/mine.html", context)


@sensitive_post_parameters("passphrase")
@sensitive_variables()
@staff_only
@ask_or_post
def new_certificate(request: StaffRequest, key_place: str) -> HttpResponse:
    title = _("Đăng ký chứng thư số của %(name)s") % {"name": request.staff.full_name}
    crumbs = _crumbs(_("Chứng thư số của tôi"), title)
    page = {"title": title, "crumbs": crumbs, "then": reverse("my_certificates")}
    return _register(request, key_place, page, owner=request.staff)


@sensitive_post_parameters("passphrase")
@sensitive_variables()
@staff_only
@ask_or_post
def new_seal_certificate(request: StaffRequest, key_place: str) -> HttpResponse:
    title = _("Đăng ký chứng thư của dấu trường")
    crumbs = _crumbs(_("Sổ chứng thư số"), title)
    page = {"title": title, "crumbs": crumbs, "then": reverse("certificate_register")}
    return _register(request, key_place, page, owner=None)


def _register(
    request: StaffRequest, key_place: str, page: Mapping[str, Any], *, owner: StaffMember | None
) -> HttpResponse:
    way = WAYS.get(key_place)
    if way is None:
        raise Http404
    check_user_can_register(request.staff, owner)
    form = way.form_class(request.POST or None, request.FILES or None)

    def write() -> None:
        row = way.register(**form.cleaned_data, owner=owner, by=request.staff)
        day = date_format(localtime(row.valid_until))
        messages.success(
            request, _("Đã đăng ký chứng thư số, hiệu lực đến %(day)s.") % {"day": day}
        )

    texts = {"lead": way.explanation, "button": _("Đăng ký chứng thư")}
    return _ask(request, {**page, **texts}, form, write)


@staff_only
@require_safe
def certificate_register(request: StaffRequest) -> HttpResponse:
    check_user_can_keep_register(request.staff, request.school)
    context = {
        "register": register_of(request.school),
        "ways": open_ways() if user_can_register_seal(request.staff) else [],
        "crumbs": _crumbs(_("Sổ chứng thư số")),
    }
    return render(request, "reportcards/certificates/register.html", context)


@staff_only
@require_safe
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    shown = show(row, timezone.now())
    context = {
        "shown": shown,
        "keeps_register": user_can_keep_register(request.staff),
        "back_url": _back_url(request, row),
        "crumbs": _crumbs(_list_title(request, row), shown.name),
    }
    return render(request, "reportcards/certificates/certificate.html", context)


@staff_only
@ask_or_post
def certificate_approval(request: StaffRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    check_user_can_keep_register(request.staff, row.school)
    initial = {"approved_on": row.approved_on, "reference": row.approval_reference}
    form = ApprovalForm(request.POST or None, initial=initial)

    def write() -> None:
        record_certificate_approval(certificate=row, by=request.staff, **form.cleaned_data)
        messages.success(request, _("Đã ghi phê duyệt của Sở."))

    title = _("Ghi phê duyệt của Sở")
    page = {
        "title": title,
        "lead": _(
            "Đối chiếu số sê-ri và chủ thể dưới đây với văn bản của Sở. Sau khi ghi, "
            "chứng thư này đóng dấu được học bạ."
        ),
        "button": _("Ghi phê duyệt"),
        "shown": show(row, timezone.now()),
        "crumbs": _crumbs(_list_title(request, row), title),
    }
    return _ask(request, page | {"then": reverse("certificate", args=[pk])}, form, write)


@staff_only
@ask_or_post
def certificate_end(request: StaffRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    check_user_can_end(request.staff, row)
    form = forms.Form(request.POST) if request.method == "POST" else forms.Form()

    def write() -> None:
        end_certificate(certificate=row, by=request.staff)
        messages.success(request, _("Đã ngừng dùng chứng thư."))

    title = _("Ngừng dùng chứng thư")
    page = {
        "title": title,
        "lead": _(
            "Từ nay không ký được bằng chứng thư này, và tệp khóa đã cất giữ bị xóa hẳn. "
            "Chữ ký đã có vẫn còn giá trị. Muốn dùng lại phải đăng ký lại."
        ),
        "button": title,
        "variant": "danger",
        "shown": show(row, timezone.now()),
        "crumbs": _crumbs(_list_title(request, row), title),
    }
    return _ask(request, page | {"then": _back_url(request, row)}, form, write)


@staff_only
@ask_or_post
def new_revocation_list(request: StaffRequest) -> HttpResponse:
    check_user_can_keep_register(request.staff, request.school)
    form = RevocationListForm(request.POST or None, request.FILES or None)

    def write() -> None:
        row = receive_revocation_list(content=form.cleaned_data["content"], by=request.staff)
        day = date_format(localtime(row.this_update))
        messages.success(request, _("Đã nhận danh sách thu hồi lập ngày %(day)s.") % {"day": day})

    title = _("Tải danh sách thu hồi lên")
    page = {
        "title": title,
        "lead": _(
            "Danh sách do nơi cấp chứng thư lập và ký, cho biết chứng thư nào đã bị thu hồi. "
            "Chữ ký của danh sách được kiểm tra trước khi nhận."
        ),
        "button": _("Tải lên"),
        "crumbs": _crumbs(_("Sổ chứng thư số"), title),
    }
    return _ask(request, page | {"then": reverse("certificate_register")}, form, write)


def _ask(
    request: StaffRequest, page: Mapping[str, Any], form: forms.Form, write: Callable[[], None]
) -> HttpResponse:
    """`page`: title, lead, button, crumbs, and where to go then."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
            return redirect(page["then"])
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"page": page, "form": form}
    return render(request, "reportcards/certificates/form.html", context, status=status)


def _load(request: StaffRequest, pk: int) -> SigningCertificate:
    row = get_object_or_404(certificates_of(request.school), pk=pk)
    check_user_can_see_certificate(request.staff, row)
    return row


def _back_url(request: StaffRequest, row: SigningCertificate) -> str:
    is_own = row.staff_member_id == request.staff.pk
    return reverse("my_certificates" if is_own else "certificate_register")


def _list_title(request: StaffRequest, row: SigningCertificate) -> str:
    is_own = row.staff_member_id == request.staff.pk
    return _("Chứng thư số của tôi") if is_own else _("Sổ chứng thư số")


def _crumbs(*titles: str) -> list[dict[str, str]]:
    """The last one is the page itself."""
    urls = {
        _("Chứng thư số của tôi"): reverse("my_certificates"),
        _("Sổ chứng thư số"): reverse("certificate_register"),
    }
    desk = {"label": _("Bàn làm việc"), "url": reverse("desk")}
    return [desk, *({"label": title, "url": urls.get(title, "")} for title in titles)]
