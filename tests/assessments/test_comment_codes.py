"""A code that stands alone in a comment cell, as "#T1", is saved as the text it means."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from assessments.models import PeriodRecord
from rulesets import Period
from tests.assessments.banks import own_entry, school_entry
from tests.assessments.pages import GridForm, log_in, result_of, save_cells, subject_url
from tests.cast import Cast


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    school_entry(cast)
    return log_in(client, cast.ngoc)


@pytest.fixture
def maths(cast: Cast) -> str:
    return subject_url(cast)


@pytest.fixture
def records(cast: Cast) -> str:
    return reverse("record_grid", args=[cast.school_class.pk, Period.END_TERM_1])


def save(client: Client, url: str, **typed: str):
    return client.post(url, GridForm(client.get(url)).typed(**typed))


@pytest.mark.parametrize("code", ["#T1", "#t1", " #T1 ", "#T1\r\n"])
def test_a_code_becomes_its_text_with_the_pupils_name(ngoc, cast, maths, code):
    response = save(ngoc, maths, **{f"e{cast.hhen.pk}_comment": code})
    assert response.status_code == 302
    assert result_of(cast.hhen).comment == "H'Hen tính nhanh và chính xác."


def test_each_pupil_gets_her_own_name(ngoc, cast, maths):
    pupils = {cast.anh: "Anh", cast.hhen: "H'Hen", cast.duc: "Đức"}
    save(ngoc, maths, **{f"e{pupil.pk}_comment": "#T1" for pupil in pupils})
    assert {pupil: result_of(pupil).comment for pupil in pupils} == {
        pupil: f"{name} tính nhanh và chính xác." for pupil, name in pupils.items()
    }


@pytest.mark.parametrize("text", ["T1", "Em #T1", "#T1 và #T2", "# T1", "Đạt #1 của lớp."])
def test_a_code_within_words_or_without_its_mark_is_left_alone(ngoc, cast, maths, text):
    save(ngoc, maths, **{f"e{cast.anh.pk}_comment": text})
    assert result_of(cast.anh).comment == text


def test_an_unknown_code_is_refused_where_it_stands(ngoc, cast, maths):
    response = save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#T9", f"e{cast.anh.pk}_level": "T"})
    page = response.content.decode()
    assert response.status_code == 422
    assert escape("Bảng mã nhận xét không có mã “T9” cho ô này; hãy ghi mã khác.") in page
    assert GridForm(response)[f"e{cast.anh.pk}-comment"] == "#T9"


def test_one_unknown_code_keeps_nobody_else_from_being_saved(ngoc, cast, maths):
    typed = {f"e{cast.anh.pk}_comment": "#T9", f"e{cast.duc.pk}_comment": "#T1"}
    save(ngoc, maths, **typed)
    assert result_of(cast.duc).comment == "Đức tính nhanh và chính xác."


def test_the_code_of_another_subject_is_unknown_here(ngoc, cast, maths):
    school_entry(cast, code="V1", purpose="tieng_viet", text="Đọc to.")
    assert save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#V1"}).status_code == 422
    reading = subject_url(cast, "tieng_viet")
    assert save(ngoc, reading, **{f"e{cast.anh.pk}_comment": "#V1"}).status_code == 302


def test_a_colleagues_own_code_is_unknown(ngoc, cast, maths):
    own_entry(cast.binh, code="B1")
    assert save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#B1"}).status_code == 422


def test_ones_own_text_goes_before_the_schools(ngoc, cast, maths):
    own_entry(cast.ngoc, text="Cô khen {tên}.")
    save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#T1"})
    assert result_of(cast.anh).comment == "Cô khen Anh."


def test_a_code_for_the_text_that_stands_there_changes_nothing(ngoc, cast, maths):
    save_cells(cast, cast.anh, comment=("", "Anh tính nhanh và chính xác."))
    response = save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#T1"})
    sentences = [str(message) for message in ngoc.get(response.url).context["messages"]]
    assert sentences == ["Không có thay đổi nào để lưu."]


def test_a_name_that_makes_the_text_too_long_is_counted(ngoc, cast, maths):
    cast.anh.student.given_name = "Nguyễn Phúc Minh Anh"
    cast.anh.student.save(update_fields=["given_name"])
    own_entry(cast.ngoc, code="DAI", text="{tên}" + "x" * 490)
    response = save(ngoc, maths, **{f"e{cast.anh.pk}_comment": "#dai"})
    assert response.status_code == 422
    assert "đang có 510" in response.content.decode()


@pytest.mark.parametrize(
    "field",
    [
        "homeroom_comment",
        "quality_comment",
        "general_competence_comment",
        "specific_competence_comment",
    ],
)
def test_each_comment_of_the_record_has_its_codes(ngoc, cast, records, field):
    school_entry(cast, purpose=field, level="", text="{tên} ngoan.")
    assert save(ngoc, records, **{f"e{cast.duc.pk}_{field}": "#T1"}).status_code == 302
    assert getattr(PeriodRecord.objects.get(enrollment=cast.duc), field) == "Đức ngoan."


def test_a_note_for_the_homeroom_teacher_knows_no_codes(client, cast):
    school_entry(cast, purpose="", level="")
    url = reverse("trait_notes", args=[cast.school_class.pk, Period.END_TERM_1])
    save(log_in(client, cast.binh), url, **{f"e{cast.anh.pk}_text": "#T1"})
    assert cast.anh.period_records.get().trait_notes.get().text == "#T1"


def test_a_page_does_not_ask_for_the_bank_before_a_code_is_typed(ngoc, cast, maths):
    def asks_for_the_bank(comment):
        with CaptureQueriesContext(connection) as queries:
            save(ngoc, maths, **{f"e{cast.anh.pk}_comment": comment})
        return sum("commententry" in query["sql"] for query in queries)

    assert asks_for_the_bank("Em chăm học.") == 0
    assert asks_for_the_bank("#T1") == 1


def test_the_cells_say_what_the_script_needs(ngoc, cast, maths, records):
    comment = GridForm(ngoc.get(maths)).controls[f"e{cast.anh.pk}-comment"].attributes
    assert (comment["data-comments"], comment["data-longest"]) == ("toan", "500")
    page = GridForm(ngoc.get(records))
    homeroom = page.controls[f"e{cast.anh.pk}-homeroom_comment"].attributes
    assert (homeroom["data-comments"], homeroom["data-longest"]) == ("homeroom_comment", "2000")


def test_the_grid_says_how_codes_are_written_and_leads_to_the_bank(ngoc, maths):
    page = ngoc.get(maths).content.decode()
    assert "<code>#T1</code>" in page
    assert f'href="{reverse("comment_bank")}"' in page


def test_a_reader_is_not_told_how_to_write(client, cast, maths):
    page = log_in(client, cast.hanh).get(maths).content.decode()
    assert "#T1" not in page
    assert "data-comment-bank" not in page
