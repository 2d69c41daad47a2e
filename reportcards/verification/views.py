"""The public pages: a card by its number and date of birth, and a file by itself.

Whoever asks is nobody: no log-in, no session, and nothing is recorded of her but counts.
"""

import math
import uuid as uuids
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from assessments.views.refusals import UNPROCESSABLE, refusals_on
from reportcards.verification.files import verify_upload
from reportcards.verification.forms import FileForm, LookUpForm
from reportcards.verification.limits import FILES, GUESSES, LOOK_UPS, network_of, take
from reportcards.verification.look_ups import look_up
from reportcards.verification.pages import file_page, rows_of_look_up, verdict_on_look_up
from reportcards.verification.uploads import WholeInMemory, is_too_large
from reportcards.verify import FileReport, Finding
from reportcards.verify.reading import LARGEST_FILE, MEBIBYTE

TOO_LARGE, TOO_MANY = 413, 429


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _forms(request)
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return _forms(request, form=form)
    waits = take(LOOK_UPS, network_of(request)) or take(GUESSES, str(form.cleaned_data["uuid"]))
    if waits:
        return _too_many(request, waits)
    found = look_up(**form.cleaned_data)
    context = {
        "verdict": verdict_on_look_up(found),
        "rows": rows_of_look_up(found),
        "is_demo": found.is_demo,
    }
    return render(request, "reportcards/verification/answer.html", context)


@login_not_required
@never_cache
@require_safe
def verify_card(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Where the QR code leads; the same page for every number, without a look at any card."""
    response = _forms(request, initial=uuid)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
@csrf_exempt  # looking for the token reads the upload: it has to be bounded before
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("verify")
    if is_too_large(request):
        finding = Finding("too_large", {"most": LARGEST_FILE // MEBIBYTE})
        return _report(request, FileReport("", (), (finding,)), status=TOO_LARGE)
    waits = take(FILES, network_of(request))
    if waits:
        return _too_many(request, waits)
    request.upload_handlers = [WholeInMemory(request)]
    return _verify_posted(request)


@csrf_protect
def _verify_posted(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            return _report(request, verify_upload(form.cleaned_data["file"]))
    return _forms(request, file_form=form)


def _forms(
    request: HttpRequest,
    *,
    form: LookUpForm | None = None,
    file_form: FileForm | None = None,
    initial: uuids.UUID | None = None,
) -> HttpResponse:
    is_refused = form is not None or file_form is not None
    context = {
        "form": form or LookUpForm(initial={"uuid": initial}),
        "file_form": file_form or FileForm(),
        "is_scanned": initial is not None,
    }
    status = UNPROCESSABLE if is_refused else 200
    return render(request, "reportcards/verification/verify.html", context, status=status)


def _report(request: HttpRequest, report: FileReport, *, status: int = 200) -> HttpResponse:
    context = {"page": file_page(report)}
    return render(request, "reportcards/verification/report.html", context, status=status)


def _too_many(request: HttpRequest, until: datetime) -> HttpResponse:
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    context = {"minutes": math.ceil(seconds / 60), "title": _("Xin đợi một lúc")}
    response = render(request, "reportcards/verification/too_many.html", context, status=TOO_MANY)
    response["Retry-After"] = str(seconds)
    return response
