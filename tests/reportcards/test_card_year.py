"""A digital card's year on the ministry's paper form, from its payload alone."""

import datetime
import io
import subprocess

import pytest
from PIL import Image

from reportcards.documents.card_year import card_pages
from reportcards.documents.code_mark import code_of
from reportcards.documents.paper_book import front_pdf, year_pdf
from reportcards.documents.paper_form import YearState
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.cards import UUID, card_payload, grade_payload, not_assessed_payload
from tests.reportcards.papers import front_body
from tests.reportcards.reading import has_mark, pages_of, text_of

pytestmark = pytest.mark.any_database

DIGEST = "0123456789abcdef" * 4
ADDRESS = "https://hocba.kimdong.example"


def body(payload=None, **changes):
    return {
        "payload": payload or card_payload(),
        "digest": DIGEST,
        "state": YearState.SIGNED_OFF.name,
        "is_demo": False,
        **changes,
    }


@pytest.fixture(scope="module")
def document():
    return year_pdf(body())


def test_the_signers_and_the_day_are_those_of_the_card():
    signature = card_pages(card_payload()).signature
    assert signature.signer_name == "Nguyễn Thị Hạnh"
    assert signature.homeroom_teacher == "Trần Thị Ngọc"
    assert signature.signed_on == datetime.date(2027, 5, 31)
    assert signature.place == "Buôn Hồ"


def test_a_deputy_signs_on_behalf():
    payload = card_payload(leader={"position_title": "Phó Hiệu trưởng"})
    assert card_pages(payload).signature.signer_capacity == ("KT. Hiệu trưởng", "Phó Hiệu trưởng")


def test_a_leader_who_confirms_for_a_teacher_who_is_gone_is_told():
    payload = card_payload(homeroom_signer={"stands_in_for": "Lê Thị Sương"})
    assert card_pages(payload).signature.homeroom_teacher == (
        "Lê Thị Sương (lãnh đạo trường xác nhận thay)"
    )


def test_a_card_that_no_homeroom_teacher_signs():
    assert card_pages(card_payload(homeroom_signer=None)).signature.homeroom_teacher == ""


def test_it_is_final():
    assert card_pages(card_payload()).state == YearState.SIGNED_OFF


def test_its_two_pages_say_of_which_card_and_of_which_content_they_are(document):
    pages = pages_of(document)
    assert len(pages) == 2
    for page in pages:
        assert f"Mã tra cứu học bạ số: {UUID}" in page
        assert f"Mã băm nội dung (SHA-256): {DIGEST}" in page


def code_on(document, page, modules):
    """What a scanner would see in the corner of the page: rows of dark (1) and light (0)."""
    corner = ["-x", "2138", "-y", "3301", "-W", "154", "-H", "154"]  # 13 mm wide
    drawn = subprocess.run(
        ["pdftoppm", "-gray", "-r", "300", "-f", page, "-l", page, *corner, "-"],
        input=document,
        capture_output=True,
        check=True,
    ).stdout
    image = Image.open(io.BytesIO(drawn)).resize((modules * 5, modules * 5))
    centres = [5 * number + 2 for number in range(modules)]
    return [[int(image.getpixel((x, y)) < 128) for x in centres] for y in centres]


CODE = code_of(f"{ADDRESS}/verify/{UUID}/")


@pytest.mark.parametrize("page", ["1", "2"])
def test_with_a_public_address_each_page_has_the_code_of_the_verification(page):
    expected = [list(row) for row in CODE.matrix]
    assert code_on(year_pdf(body(), ADDRESS), page, len(expected)) == expected


def test_without_a_public_address_there_is_no_code_to_scan(document):
    assert not any(map(any, code_on(document, "1", len(CODE.matrix))))


def test_the_first_pages_from_a_card_say_so_on_each():
    card = {"uuid": UUID, "digest": DIGEST}
    pages = pages_of(front_pdf(front_body(card=card), ADDRESS))
    assert all(f"Mã tra cứu học bạ số: {UUID}" in page and DIGEST in page for page in pages)


def test_the_first_pages_from_the_database_name_no_card():
    assert "Mã tra cứu" not in text_of(front_pdf(front_body(), ADDRESS))


def test_the_pupil_is_as_she_was_frozen():
    payload = card_payload(student={"full_name": "Phạm Minh Anh"})
    assert "Phạm Minh Anh" in text_of(year_pdf(body(payload)))


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_every_grade_is_laid_out(grade_level):
    pages = pages_of(year_pdf(body(grade_payload(grade_level))))
    assert len(pages) == 2
    assert f"{grade_level}A" in pages[0]


def test_a_pupil_who_is_not_assessed_is_laid_out():
    assert len(pages_of(year_pdf(body(not_assessed_payload())))) == 2


def test_the_same_payload_gives_the_same_bytes(document):
    assert document == year_pdf(body())


def test_signed_by_way_of_trial_it_says_so_across_every_page():
    pages = pages_of(year_pdf(body(is_demo=True)))
    assert all(has_mark(page, DEMO_MARKER) for page in pages)


def test_signed_for_good_it_says_nothing_of_a_trial(document):
    assert not any(has_mark(page, DEMO_MARKER) for page in pages_of(document))
