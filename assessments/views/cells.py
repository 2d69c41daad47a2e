"""The cells of a grid one by one, for the page's autosave and its pasted blocks: JSON."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from assessments.cells import CellOutcome, preview_cells, save_cells
from assessments.forms.cells_request import CellsRequest, UnreadableCells, read_cells
from assessments.views.grid_page import ClassGrid
from assessments.views.record_grid import record_grid_of
from assessments.views.subject_grid import subject_grid_of
from assessments.views.trait_grid import trait_grid_of
from assessments.views.trait_notes import note_grid_of
from schools.access import StaffRequest, staff_only

BAD_REQUEST = 400
CLOCK = "H:i"


@staff_only
@require_POST
def subject_cells(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    return cells_response(request, subject_grid_of(request, school_class_id, period, subject_code))


@staff_only
@require_POST
def trait_cells(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return cells_response(request, trait_grid_of(request, school_class_id, period))


@staff_only
@require_POST
def record_cells(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return cells_response(request, record_grid_of(request, school_class_id, period))


@staff_only
@require_POST
def note_cells(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return cells_response(request, note_grid_of(request, school_class_id, period))


def cells_response(request: HttpRequest, of_class: ClassGrid) -> HttpResponse:
    """Loads no more of the class than the cells name."""
    try:
        asked = read_cells(_body(request))
    except UnreadableCells as refusal:
        return JsonResponse({"sentence": str(refusal.message)}, status=BAD_REQUEST)
    outcomes = _settled(of_class, asked)
    return JsonResponse(
        {
            "cells": [_as_json(outcome) for outcome in outcomes],
            "saved_at": date_format(localtime(timezone.now()), CLOCK),
        }
    )


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise UnreadableCells from error


def _settled(of_class: ClassGrid, asked: CellsRequest) -> list[CellOutcome]:
    grid = of_class.load(only={cell.enrollment_id for cell in asked.cells})
    if asked.is_preview:
        return preview_cells(grid, asked.cells)
    return save_cells(grid, asked.cells, of_class.save_rows)


def _as_json(outcome: CellOutcome) -> dict[str, Any]:
    at = outcome.saved_at
    return {
        "pupil": outcome.cell.enrollment_id,
        "field": outcome.cell.field,
        "fate": outcome.fate.value,
        "value": outcome.value,
        "sentence": outcome.sentence,
        "warning": outcome.warning,
        "saved_by": outcome.saved_by,
        "saved_at": date_format(localtime(at), "DATETIME_FORMAT") if at else "",
    }
