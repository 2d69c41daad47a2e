"""A comment that names a classmate is saved, and its writer is told."""

import pytest
from django.test import Client

from assessments.cells import Fate
from tests.assessments import states
from tests.assessments.grid_cells import (
    note_grid,
    record_grid,
    save_one,
    sheet_of,
    subject_grid,
    typed,
)
from tests.assessments.pages import log_in, result_of, save_cells, subject_url
from tests.cast import Cast

TEXT = "Em Minh Anh tính nhanh."
WARNING = "Nhận xét này nhắc đến Lê Minh Anh; thầy/cô xem lại có nhầm em không."


def test_the_comment_is_saved_with_a_warning(cast: Cast) -> None:
    outcome = save_one(cast, subject_grid(cast), typed(cast.duc, "comment", TEXT))

    assert (outcome.fate, outcome.sentence, outcome.warning) == (Fate.SAVED, "", WARNING)
    assert result_of(cast.duc).comment == TEXT


@pytest.mark.parametrize("field", ["quality_comment", "homeroom_comment"])
def test_the_homeroom_teachers_comments_too(cast: Cast, field: str) -> None:
    assert save_one(cast, record_grid(cast), typed(cast.duc, field, TEXT)).warning == WARNING


def test_her_own_name_is_no_reason(cast: Cast) -> None:
    assert save_one(cast, subject_grid(cast), typed(cast.anh, "comment", TEXT)).warning == ""


def test_notes_for_a_colleague_may_name_whom_they_like(cast: Cast) -> None:
    outcome = save_one(cast, note_grid(cast, cast.ngoc), typed(cast.duc, "text", TEXT))

    assert (outcome.fate, outcome.warning) == (Fate.SAVED, "")


def test_some_rows_of_a_sheet_know_the_names_of_all(cast: Cast) -> None:
    some = subject_grid(cast, only={cast.duc.pk})

    assert [pupil.enrollment for pupil in some.pupils] == [cast.duc]
    assert save_one(cast, some, typed(cast.duc, "comment", TEXT)).warning == WARNING
    assert some.sheet.names == sheet_of(cast).names


def test_the_page_says_it_under_the_row(client: Client, cast: Cast) -> None:
    save_cells(cast, cast.duc, comment=("", TEXT))

    html = log_in(client, cast.ngoc).get(subject_url(cast)).content.decode()

    assert html.count(WARNING) == 1


def test_nobody_is_warned_of_what_cannot_be_mended(client: Client, cast: Cast) -> None:
    save_cells(cast, cast.duc, comment=("", TEXT))
    states.assign_every_subject(cast.school_class, cast.ngoc)

    html = log_in(client, cast.hanh).get(subject_url(cast)).content.decode()

    assert WARNING not in html
    assert TEXT in html
