"""The rows of a grid as they are shown, before and after a save."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.forms.shown_rows import ShownRow
from rulesets import Period
from tests.assessments import states
from tests.assessments.pages import GridForm, log_in
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


def url_of(cast: Cast, period: str = END_TERM_1) -> str:
    return reverse("subject_grid", args=[cast.school_class.pk, period, "toan"])


def shown(client: Client, cast: Cast, period: str = END_TERM_1) -> ShownRow:
    """Anh's row."""
    return client.get(url_of(cast, period)).context["page"].rows[0]


def after(client: Client, cast: Cast, **typed: object) -> ShownRow:
    """Anh's row after these cells of hers were typed and sent."""
    cells = {f"e{cast.anh.pk}_{name}": value for name, value in typed.items()}
    posted = GridForm(client.get(url_of(cast))).typed(**cells)
    return client.post(url_of(cast), posted).context["page"].rows[0]


def test_a_row_where_something_is_owed_is_missing(ngoc: Client, cast: Cast) -> None:
    assert shown(ngoc, cast).state == "missing"


def test_a_filled_row_is_saved(ngoc: Client, cast: Cast) -> None:
    states.filled(cast)
    assert shown(ngoc, cast).state == "saved"


def test_a_row_of_a_class_that_was_handed_in_is_locked(ngoc: Client, cast: Cast) -> None:
    states.submitted(cast)
    assert shown(ngoc, cast).state == "locked"


def test_a_locked_row_shows_texts_and_no_controls(ngoc: Client, cast: Cast) -> None:
    states.submitted(cast)
    cells = shown(ngoc, cast).cells
    assert [cell.text for cell in cells] == ["T", "9", ""]
    assert {cell.control for cell in cells} == {None}


def test_an_open_row_shows_controls_and_no_texts(ngoc: Client, cast: Cast) -> None:
    cells = shown(ngoc, cast).cells
    assert all(cell.control for cell in cells)
    assert {cell.text for cell in cells} == {""}


def test_a_row_with_a_mistake_is_invalid_and_names_pupil_and_cell(ngoc: Client, cast: Cast) -> None:
    row = after(ngoc, cast, score="11")
    (entry,) = row.error_entries
    assert row.state == "invalid"
    assert (entry.where, entry.sentence) == (
        "Lê Minh Anh, Điểm KTĐK",
        "Điểm là số nguyên từ 1 đến 10.",
    )


def test_every_mistake_of_a_row_has_its_entry(ngoc: Client, cast: Cast) -> None:
    entries = list(after(ngoc, cast, level="A", score="11", comment="ô" * 501).error_entries)
    assert [entry.where for entry in entries] == [
        "Lê Minh Anh, Mức đạt được",
        "Lê Minh Anh, Điểm KTĐK",
        "Lê Minh Anh, Nhận xét",
    ]


def test_a_mistake_leads_to_its_control(ngoc: Client, cast: Cast) -> None:
    row = after(ngoc, cast, score="11")
    (entry,) = row.error_entries
    assert entry.target == row.form["score"].id_for_label


def test_a_row_that_was_only_opened_has_no_mistakes(ngoc: Client, cast: Cast) -> None:
    row = shown(ngoc, cast)
    assert (row.invalid_controls, list(row.error_entries), row.choices) == ([], [], [])


def test_a_row_that_was_locked_meanwhile_shows_what_was_typed(ngoc: Client, cast: Cast) -> None:
    states.filled(cast)
    cells = {f"e{cast.anh.pk}_comment": "Tính nhanh.", f"e{cast.anh.pk}_score": ""}
    posted = GridForm(ngoc.get(url_of(cast))).typed(**cells)
    states.submit(cast)

    row = ngoc.post(url_of(cast), posted).context["page"].rows[0]

    assert row.state == "locked"
    assert row.unsaved_texts == ["Điểm KTĐK: (trống)", "Nhận xét: Tính nhanh."]


def test_a_row_that_was_locked_meanwhile_is_linked_from_the_summary(
    ngoc: Client, cast: Cast
) -> None:
    states.filled(cast)
    posted = GridForm(ngoc.get(url_of(cast))).typed(**{f"e{cast.anh.pk}_score": "10"})
    states.submit(cast)

    row = ngoc.post(url_of(cast), posted).context["page"].rows[0]

    (entry,) = row.error_entries
    assert entry.target == row.anchor == f"row-{cast.anh.pk}"
    assert "chưa lưu" in entry.sentence


def test_a_contested_row_asks_in_words(ngoc: Client, cast: Cast) -> None:
    states.filled(cast)
    posted = GridForm(ngoc.get(url_of(cast))).typed(**{f"e{cast.anh.pk}_score": "10"})
    states.correct(cast, "toan", score=(9, 7))

    row = ngoc.post(url_of(cast), posted).context["page"].rows[0]

    (choice,) = row.choices
    assert row.state == "conflict"
    assert choice.question == (
        "Điểm KTĐK của Lê Minh Anh đã được người khác sửa trong lúc thầy/cô gõ. Giữ bản nào?"
    )
    assert (choice.mine, choice.theirs) == ("10", "7")
    assert choice.theirs_by == "Trần Thị Ngọc, 20:30 05/01/2027"


def test_an_emptied_cell_is_a_value_to_choose_too(ngoc: Client, cast: Cast) -> None:
    states.filled(cast)
    posted = GridForm(ngoc.get(url_of(cast))).typed(**{f"e{cast.anh.pk}_score": ""})
    states.correct(cast, "toan", score=(9, 7))

    (choice,) = ngoc.post(url_of(cast), posted).context["page"].rows[0].choices

    assert (choice.mine, choice.theirs) == ("(trống)", "7")
