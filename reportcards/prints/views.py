"""Printing for many pupils: choosing, the run that makes the files, and taking them."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.calendar import period_today
from assessments.reading import classes_in_order
from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on
from reportcards.actions import (
    cancel_print_run,
    download_print,
    resume_print_run,
    retry_print_run,
    start_print_run,
)
from reportcards.forms import YearForm
from reportcards.models import PrintRun
from reportcards.prints.choice import Choice, scopes_for
from reportcards.prints.forms import ChoosePrintForm, StartPrintForm
from reportcards.prints.permissions import check_user_can_use_print, check_user_prints
from reportcards.prints.queue import is_stalled
from reportcards.prints.run_page import PrintRunPage, recent_runs, runs_of
from reportcards.responses import saved_as
from reportcards.work_progress import progress_or_refresh
from schools.access import StaffRequest, staff_only
from schools.models import SchoolYear

PROGRESS = "reportcards/print_run/progress.html"


@staff_only
@require_http_methods(["GET", "POST"])
def print_cards(request: StaffRequest) -> HttpResponse:
    school_year = _year_or_404(request)
    scopes = scopes_for(request.staff, school_year, classes_in_order(school_year))
    check_user_prints(scopes)
    moment = period_today(request.school, timezone.localdate())
    asked = ChoosePrintForm(
        request.GET or None, scopes=scopes, school_year=school_year, moment=moment
    )
    if not asked.is_acceptable:
        raise Http404
    choice = Choice(school_year, asked.scope, asked.chosen_document, asked.chosen_period)
    if request.method == "POST":
        return _start(request, asked, choice)
    return _show(request, asked, choice, StartPrintForm(choice=choice))


def _year_or_404(request: StaffRequest) -> SchoolYear:
    """The one asked for, or that of today."""
    form = YearForm(request.GET)
    if not form.is_valid():
        raise Http404
    years = request.school.school_years.select_related("school__department").newest_first()
    first_year = form.cleaned_data["year"]
    if first_year is not None:
        return get_object_or_404(years, first_year=first_year)
    begun = years.filter(starts_on__lte=timezone.localdate()).first() or years.first()
    if begun is None:
        raise Http404
    return begun


def _start(request: StaffRequest, asked: ChoosePrintForm, choice: Choice) -> HttpResponse:
    form = StartPrintForm(request.POST, choice=choice)
    if form.is_valid():
        with refusals_on(form):
            order = choice.order(form.chosen, form.chosen_output)
            run = start_print_run(order=order, by=request.staff)
            return redirect("print_run", run.pk)
    return _show(request, asked, choice, form, status=UNPROCESSABLE)


def _show(
    request: StaffRequest,
    asked: ChoosePrintForm,
    choice: Choice,
    form: StartPrintForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "asked": asked,
        "choice": choice,
        "form": form,
        "years": _years(request, choice.school_year),
        "crumbs": _crumbs(_("In học bạ, phiếu liên lạc")),
    }
    return render(request, "reportcards/print_cards.html", context, status=status)


def _years(request: StaffRequest, shown: SchoolYear) -> list[dict[str, object]]:
    """A way to each school year, where there are several."""
    years = list(request.school.school_years.newest_first())
    if len(years) < 2:
        return []
    return [
        {
            "label": year.name,
            "url": f"{reverse('print_cards')}?year={year.first_year}",
            "is_current": year.pk == shown.pk,
            "count": None,
        }
        for year in years
    ]


def _crumbs(title: str, *, is_below: bool = False) -> list[dict[str, str]]:
    desk = {"label": _("Bàn làm việc"), "url": reverse("desk")}
    runs = {"label": _("Các lượt in"), "url": reverse("print_runs")}
    return [desk, *([runs] if is_below else []), {"label": title, "url": ""}]


@never_cache
@staff_only
@require_safe
def print_runs(request: StaffRequest) -> HttpResponse:
    """Her own, the newest first."""
    context = {"runs": recent_runs(request.staff), "crumbs": _crumbs(_("Các lượt in"))}
    return render(request, "reportcards/print_runs.html", context)


def run_or_404(request: StaffRequest, pk: int) -> PrintRun:
    run = get_object_or_404(runs_of(request.staff), pk=pk)
    check_user_can_use_print(request.staff, run)
    return run


@never_cache
@staff_only
@require_safe
def print_run(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    context = {"page": PrintRunPage(run), "crumbs": _crumbs(run.title, is_below=True)}
    return render(request, "reportcards/print_run.html", context)


@never_cache
@staff_only
@require_safe
def print_run_progress(request: StaffRequest, pk: int) -> HttpResponse:
    return progress_or_refresh(request, PrintRunPage(run_or_404(request, pk)), PROGRESS)


@staff_only
@require_POST
def cancel_print(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    with refusals_as_messages(request):
        cancel_print_run(run=run, by=request.staff)
        messages.success(request, _("Đã hủy lượt in."))
    return redirect("print_run", run.pk)


@staff_only
@require_POST
def retry_print(request: StaffRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    with refusals_as_messages(request):
        retry_print_run(run=run, by=request.staff)
    return redirect("print_run", run.pk)


@staff_only
@require_POST
def resume_print(request: StaffRequest, pk: int) -> HttpResponse:
    """The page asks for it by itself when it sees that a worker has died."""
    run = run_or_404(request, pk)
    if is_stalled(run):
        resume_print_run(run=run, by=request.staff.acting_user)
    if request.htmx:  # type: ignore[attr-defined]
        return progress_or_refresh(request, PrintRunPage(run), PROGRESS)
    return redirect("print_run", run.pk)


@staff_only  # type: ignore[arg-type]  # a stream is no HttpResponse
@require_safe
def print_run_file(request: StaffRequest, pk: int, kind: str) -> HttpResponseBase:
    """Saved as a file, and kept by no cache."""
    run = run_or_404(request, pk)
    with refusals_as_messages(request):
        found = download_print(run=run, kind=kind, by=request.staff)
        response = FileResponse(found.file, content_type=found.content_type)
        return saved_as(response, found.name, found.ending)
    return redirect("print_run", run.pk)
