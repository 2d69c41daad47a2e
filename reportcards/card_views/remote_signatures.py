"""A key that lies elsewhere: digests go out, signature values come back."""

from base64 import b64encode
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.views.refusals import UNPROCESSABLE
from audit.errors import DomainError, NotPermitted
from reportcards.actions import (
    complete_prepared_signature,
    fail_overdue_cards,
    refuse_prepared_signature,
)
from reportcards.actions import prepare_signatures as prepare
from reportcards.card_forms.signing_runs import (
    Answer,
    SignaturesForm,
    SignaturesUnreadable,
    read_answers,
)
from reportcards.card_views.signing_runs import run_or_404
from reportcards.models import SigningRun, SigningTask, TaskState
from reportcards.responses import wants_json
from reportcards.signing.certificates import read_certificate
from reportcards.signing_runs import signature_algorithm, waiting_signatures
from schools.access import StaffRequest, staff_only

JSON = "application/json"


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def prepare_signatures(request: StaffRequest, pk: int) -> HttpResponse:
    """GET: the digests that wait, the same each time. POST: prepares more, of 50 cards in all."""
    run = run_or_404(request, pk)
    try:
        if request.method == "POST":
            fail_overdue_cards(run=run, by=request.staff)
            prepare(run=run, by=request.staff)
    except NotPermitted:
        raise
    except DomainError as refusal:
        return _refused(request, run, str(refusal.message))
    if request.method == "POST" and not wants_json(request):
        return redirect("signing_run", run.pk)
    return JsonResponse(_digests(run))


def _digests(run: SigningRun) -> dict[str, Any]:
    certificate = read_certificate(run.certificate.pem.encode())
    algorithm = signature_algorithm(certificate)
    return {
        "run": run.pk,
        "certificate": b64encode(certificate.public_bytes(Encoding.DER)).decode(),
        "signatures": [
            {
                "task": waiting.task.pk,
                "name": waiting.task.report_card.student.full_name,
                "digest": b64encode(waiting.digest).decode(),
                "digest_hex": waiting.hexadecimal,
                "pdf_digest": b64encode(waiting.pdf_digest).decode(),
                "pdf_digest_hex": waiting.pdf_hexadecimal,
                "algorithm": algorithm,
                "until": waiting.task.prepared_until,
            }
            for waiting in waiting_signatures(run)
        ],
        "waiting": run.tasks.filter(state=TaskState.WAITING).count(),
    }


@never_cache
@staff_only
@require_POST
def complete_signature(request: StaffRequest, pk: int) -> HttpResponse:
    """Two values a card, of one card or many; each answers for itself."""
    run = run_or_404(request, pk)
    try:
        answers = _answers(request)
        tasks = _tasks_of(run, answers)
        settled = [_settle(request, tasks[answer.task], answer) for answer in answers]
    except NotPermitted:
        raise
    except DomainError as refusal:
        return _refused(request, run, str(refusal.message))
    if wants_json(request):
        return JsonResponse({"signatures": [_as_json(task) for task in settled]})
    _tell(request, settled)
    return redirect("signing_run", run.pk)


def _answers(request: StaffRequest) -> list[Answer]:
    if request.content_type == JSON:
        try:
            return read_answers(request.body)
        except RequestDataTooBig:
            raise SignaturesUnreadable from None
    form = SignaturesForm(request.POST, request.FILES)
    if not form.is_valid():
        raise SignaturesUnreadable
    return form.answers


def _tasks_of(run: SigningRun, answers: list[Answer]) -> dict[int, SigningTask]:
    tasks = run.tasks.select_related("report_card").in_bulk([answer.task for answer in answers])
    for answer in answers:
        if answer.task not in tasks:
            raise SignaturesUnreadable(_("Lượt ký này không có học bạ mang số %d.") % answer.task)
        tasks[answer.task].run = run
    return tasks


def _settle(request: StaffRequest, task: SigningTask, answer: Answer) -> SigningTask:
    if answer.refusal:
        return refuse_prepared_signature(task=task, reason=answer.refusal, by=request.staff)
    return complete_prepared_signature(task=task, values=answer.values, by=request.staff)


def _as_json(task: SigningTask) -> dict[str, Any]:
    return {"task": task.pk, "state": task.state, "sentence": task.refusal}


def _tell(request: StaffRequest, settled: list[SigningTask]) -> None:
    signed = sum(task.state == TaskState.SIGNED for task in settled)
    if signed:
        sentence = ngettext(
            "Đã nhận chữ ký của %(count)s học bạ.", "Đã nhận chữ ký của %(count)s học bạ.", signed
        )
        messages.success(request, sentence % {"count": signed})


def _refused(request: StaffRequest, run: SigningRun, sentence: str) -> HttpResponse:
    if wants_json(request) or request.method == "GET":
        return JsonResponse({"sentence": sentence}, status=UNPROCESSABLE)
    messages.error(request, sentence)
    return redirect("signing_run", run.pk)
