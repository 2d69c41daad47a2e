"""The display form of a pupil of whom there is much to say, or something odd."""

import logging
from functools import cache

import pytest
from pikepdf import Name

from reportcards.display.comparison import first_difference
from reportcards.display.form import display_form
from reportcards.display.reading import page_texts
from reportcards.documents.display_pdf import display_pdf
from reportcards.profiles.document import DATA_FILE
from tests.reportcards.cards import Payload, card_payload
from tests.reportcards.display.pages import DIGEST
from tests.reportcards.display.pdf_places import (
    assert_within_the_margins,
    field_boxes,
    opened,
    place_of,
)
from tests.reportcards.reading import assert_in_order, fonts_of, pages_of

pytestmark = pytest.mark.any_database

OF_A_USUAL_CARD = 4
SIXTY = "Nguyễn Hoàng Phương Thụy Ngọc Quỳnh Bảo Trân Đặng Thị Nghĩa"
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
MARKUP = (
    "<script>alert(1)</script><b>đậm</b> <!-- ẩn --> &amp; &#65; {{ form }} {% now %} ]]> "
    '<img src="file:///etc/passwd"><link rel="attachment" href="http://127.0.0.1:9/x"> '
    "file:///etc/passwd http://127.0.0.1:9/x <style>p{display:none}</style></td></table>"
)


def numbered(word: str, letters: int) -> str:
    """Words that stand once, of about so many letters in all."""
    return " ".join(f"{word}{number}" for number in range(1, letters // (len(word) + 4) + 1))


def laid_out(payload: Payload) -> bytes:
    return display_pdf(payload, digest=DIGEST)


def assert_nothing_is_lost(payload: Payload, document: bytes) -> None:
    form = display_form(payload, digest=DIGEST)
    assert first_difference(page_texts(document), form) is None
    assert_within_the_margins(document)


@cache
def talkative() -> Payload:
    """2,000 letters in every comment."""
    payload = card_payload()
    for number, subject in enumerate(payload["subjects"]):
        subject["comment"] = numbered(f"môn{number}_", 2000)
    for key in payload["comments"]:
        payload["comments"][key] = numbered(f"{key[:3]}_", 2000)
    return payload


@cache
def of_the_talkative() -> bytes:
    return laid_out(talkative())


@cache
def talkative_pages() -> list[str]:
    return pages_of(of_the_talkative())


def page_with(pages: list[str], text: str) -> int:
    return next(number for number, page in enumerate(pages) if text in page)


def test_2000_letters_in_every_comment_flow_over_the_pages_and_none_is_lost():
    assert_nothing_is_lost(talkative(), of_the_talkative())


def test_the_signatures_stand_on_the_last_page_however_many_there_are():
    with opened(of_the_talkative()) as pdf:
        pages = {field.P.objgen for field in pdf.Root.AcroForm.Fields}
        assert pages == {pdf.pages[-1].obj.objgen}
    caption = place_of(of_the_talkative(), "XÁC NHẬN CỦA HIỆU TRƯỞNG")
    assert all(box[3] < caption[1] for box in field_boxes(of_the_talkative()).values())


def test_the_signatures_never_stand_alone():
    last = talkative_pages()[-1]
    assert last.index("6. Hoàn thành chương trình") < last.index("XÁC NHẬN CỦA HIỆU TRƯỞNG")


def test_the_rows_beside_a_long_comment_stay_together():
    text = talkative_pages()[page_with(talkative_pages(), "Yêu nước")]
    assert all(name in text for name in ("Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"))


def test_a_table_that_goes_on_says_again_what_its_columns_are():
    pages = talkative_pages()
    subjects = range(2, page_with(talkative_pages(), "2. Nhận xét những phẩm chất"))
    assert len(subjects) > 4
    assert all("Mức đạt được" in pages[number] for number in subjects)


def test_a_comment_of_many_pages_goes_on_in_its_column():
    payload = card_payload(comments={"general_competence": numbered("lời", 9000)})
    assert_nothing_is_lost(payload, laid_out(payload))


def test_the_lines_of_a_comment_stay_lines():
    payload = card_payload(comments={"quality": "\n".join(numbered("dòng", 560).split())})
    document = laid_out(payload)
    assert_nothing_is_lost(payload, document)
    page = page_with(pages_of(document), "dòng1")
    first, second = (place_of(document, text, page) for text in ("dòng1\r", "dòng2\r"))
    assert first[0] == pytest.approx(second[0], abs=0.1)
    assert second[3] < first[3] - 10


def test_names_of_sixty_letters_print_well():
    names = dict.fromkeys(("full_name", "father_name", "mother_name", "guardian_name"), SIXTY)
    payload = card_payload(
        student=names,
        school={"name": f"Trường Tiểu học {SIXTY}", "district_name": f"Huyện {SIXTY}"},
        leader={"full_name": SIXTY, "position_title": "Phó hiệu trưởng"},
        homeroom_signer={"stands_in_for": SIXTY},
    )
    document = laid_out(payload)
    assert_nothing_is_lost(payload, document)
    assert pages_of(document)[1].startswith("HỌC BẠ Họ và tên học sinh:")


def test_what_has_no_space_to_break_at_is_broken_all_the_same():
    payload = card_payload(
        student={"full_name": "Đ" * 250, "residence": "W" * 250},
        school={"name": "M" * 250},
        year_decision={"reward": "W" * 400},
    )
    payload["subjects"][0]["comment"] = "W" * 600
    assert_nothing_is_lost(payload, laid_out(payload))


def test_every_vietnamese_letter_is_of_the_typeface():
    both = f"{LETTERS} {LETTERS.upper()}"
    payload = card_payload(student={"full_name": both}, comments={"quality": both})
    document = laid_out(payload)
    assert_nothing_is_lost(payload, document)
    assert fonts_of(document) == {"Document-Serif", "Document-Serif-Bold", "Document-Serif-Italic"}


def test_markup_and_addresses_are_text_and_nothing_is_fetched(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING, "weasyprint")
    payload = card_payload(student={"full_name": MARKUP}, comments={"quality": MARKUP})
    payload["subjects"][0]["comment"] = MARKUP
    document = laid_out(payload)
    assert_nothing_is_lost(payload, document)
    assert caplog.records == []
    with opened(document) as pdf:
        assert list(pdf.attachments) == [DATA_FILE]
        kinds = {note.Subtype for page in pdf.pages for note in page.get(Name.Annots, [])}
        assert kinds == {Name.Widget}


def test_what_should_have_been_refused_when_typed_breaks_no_page():
    odd = "😀🏫 \u202eabc\u202c zero\u200bwidth\u2060 שלום مرحبا ậ\u0323\u0323\u0323 漢字"
    payload = card_payload(comments={"quality": f"Trước {odd} sau.", "general_competence": odd})
    pages = pages_of(laid_out(payload))
    assert len(pages) == OF_A_USUAL_CARD
    assert_in_order(pages[-1], "Yêu nước", "Trước", "Nhân ái", "XÁC NHẬN CỦA HIỆU TRƯỞNG")


def test_an_empty_year_still_has_every_row_and_line():
    payload = card_payload(
        year_decision=None,
        homeroom_signer=None,
        comments=dict.fromkeys(("quality", "general_competence", "specific_competence"), ""),
        student={"personal_id": None, "ethnicity": "", "nationality": "", "mother_name": ""},
    )
    for subject in payload["subjects"]:
        subject |= {"level": None, "level_name": None, "score": None, "comment": ""}
    document = laid_out(payload)
    assert_nothing_is_lost(payload, document)
    assert "5. Khen thưởng: 6. Hoàn thành" in pages_of(document)[-1]
