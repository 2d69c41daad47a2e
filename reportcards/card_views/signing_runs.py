"""A run of signatures: its progress, the next cards by a typed secret, and leaving it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages
from audit.errors import DomainError, NotPermitted
from reportcards.actions import (
    cancel_signing_run,
    fail_overdue_cards,
    resume_signing_run,
    retry_failed_cards,
    sign_next_cards,
)
from reportcards.actions.signing import MOST_AT_ONCE
from reportcards.card_forms.signing_runs import SecretForm, SignaturesForm
from reportcards.card_permissions import check_user_can_use_certificate
from reportcards.models import SigningRun, TaskState
from reportcards.responses import wants_json
from reportcards.server_keys import opened_signer
from reportcards.signing_queue import is_stalled
from reportcards.signing_runs import RunPage, runs_of
from reportcards.work_progress import progress_or_refresh
from schools.access import StaffRequest, staff_only

PROGRESS = "reportcards/signing_run/progress.html"


def run_or_404(request: StaffRequest, pk: int) -> SigningRun:
    run = get_object_or_404(runs_of(request.school), pk=pk)
    check_user_can_use_certificate(request.staff, run.certificate, run.slot)
    return run


@never_cache
@staff_only
@require_safe
def signing_run(request: StaffRequest, pk: int) -> HttpResponse:
    page = RunPage(run_or_404(request, pk))
    context = {
        "page": page,
        "secret_form": SecretForm(auto_id="signing_%s"),
        "signatures_form": SignaturesForm(),
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Ký học bạ số"), "url": page.choose_url},
            {"label": page.title, "url": ""},
        ],
    }
    return render(request, "reportcards/signing_run.html", context)


@never_cache
@staff_only
@require_safe
def run_progress(request: StaffRequest, pk: int) -> HttpResponse:
    return progress_or_refresh(request, RunPage(run_or_404(request, pk)), PROGRESS)


@sensitive_post_parameters("secret")
@sensitive_variables()
@never_cache
@staff_only
@require_POST
def sign_next(request: StaffRequest, pk: int) -> HttpResponse:
    """The next cards of the run, at most 50, with the passphrase or PIN in this request."""
    run, form = run_or_404(request, pk), SecretForm(request.POST)
    if not form.is_valid():
        return _refused(request, run, form.sentence)
    try:
        with opened_signer(run.certificate, form.cleaned_data["secret"]) as signer:
            most = form.cleaned_data["most"] or MOST_AT_ONCE
            tried = sign_next_cards(run=run, signer=signer, by=request.staff, most=most)
    except NotPermitted:
        raise
    except DomainError as refusal:
        return _refused(request, run, str(refusal.message))
    return _answered(request, run, tried=len(tried))


def _refused(request: StaffRequest, run: SigningRun, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=UNPROCESSABLE)
    messages.error(request, sentence)
    return redirect("signing_run", run.pk)


def _answered(request: StaffRequest, run: SigningRun, *, tried: int) -> HttpResponse:
    waiting = run.tasks.filter(state=TaskState.WAITING).count()
    if wants_json(request):
        return JsonResponse({"tried": tried, "waiting": waiting})
    if waiting:
        messages.info(
            request,
            ngettext(
                "Còn %(count)s học bạ chờ ký: hãy nhập lại để ký tiếp.",
                "Còn %(count)s học bạ chờ ký: hãy nhập lại để ký tiếp.",
                waiting,
            )
            % {"count": waiting},
        )
    return redirect("signing_run", run.pk)


@staff_only
@require_POST
def retry_run(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    with refusals_as_messages(request):
        fail_overdue_cards(run=run, by=request.staff)
        retry_failed_cards(run=run, by=request.staff)
    return redirect("signing_run", run.pk)


@staff_only
@require_POST
def cancel_run(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    cancel_signing_run(run=run, by=request.staff)
    messages.success(request, _("Đã hủy lượt ký. Học bạ đã ký vẫn giữ chữ ký."))
    return redirect("signing_run", run.pk)


@staff_only
@require_POST
def resume_run(request: StaffRequest, pk: int) -> HttpResponse:
    """The page asks for it by itself when it sees that a worker has died."""
    run = run_or_404(request, pk)
    if is_stalled(run):
        resume_signing_run(run=run, by=request.staff.acting_user)
    if request.htmx:  # type: ignore[attr-defined]
        return progress_or_refresh(request, RunPage(run), PROGRESS)
    return redirect("signing_run", run.pk)
