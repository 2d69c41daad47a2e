"""Where things stand on the paper pages, and how these look."""

from pathlib import Path

import pytest

from reportcards.documents.measures import A4_POINTS, MILLIMETRE
from reportcards.documents.paper_book import front_pdf, year_pdf
from reportcards.documents.period_report import report_pdf
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.display.pdf_places import assert_within_the_margins, place_of
from tests.reportcards.papers import (
    front_body,
    report_body,
    subjects_of,
)
from tests.reportcards.seen import assert_looks_as_seen, on_the_versions_that_drew

pytestmark = pytest.mark.any_database

ADDRESS = "https://hocba.example.edu.vn"
DIGEST = "0123456789abcdef" * 4
LONG_NAME = "Nguyễn Phước Hoàng Thiên Bảo Ngọc Quỳnh Trâm Anh Thư Tuyết M"
ENDLESS = "à" * 400
LEFT, BOTTOM, RIGHT, TOP = 0, 1, 2, 3
DRAWN = Path(__file__).with_name("paper_pages.png")


def card_body(**changes):
    payload = card_payload(**changes)
    return {"payload": payload, "digest": DIGEST, "state": "SIGNED_OFF", "is_demo": False}


def full_card_body():
    person = {"full_name": LONG_NAME, "position_title": "Phó Hiệu trưởng"}
    return card_body(
        student={"full_name": LONG_NAME},
        subjects=subjects_of(4, ENDLESS),
        comments=dict.fromkeys(("quality", "general_competence", "specific_competence"), ENDLESS),
        leader=person,
        homeroom_signer=person | {"stands_in_for": LONG_NAME},
        school={"name": f"Trường {LONG_NAME}"},
    )


@pytest.fixture(scope="module")
def year():
    return year_pdf(card_body(), ADDRESS)


@pytest.fixture(scope="module")
def full_year():
    return year_pdf(full_card_body(), ADDRESS)


@pytest.fixture(scope="module")
def full_front():
    student = dict.fromkeys(("full_name", "father_name", "guardian_name"), LONG_NAME)
    places = dict.fromkeys(("birth_place", "home_town", "residence"), ENDLESS)
    body = front_body(student=student | places, school={"name": f"Trường {LONG_NAME}"})
    body["history"] = body["history"] * 6
    return front_pdf(body)


@pytest.fixture(scope="module")
def full_report():
    return report_pdf(
        report_body(
            subjects=subjects_of(4, ENDLESS),
            comments=dict.fromkeys(
                ("quality", "general_competence", "specific_competence", "homeroom"), ENDLESS
            ),
            homeroom_teacher=LONG_NAME,
            student={"id": 1, "full_name": LONG_NAME, "date_of_birth": "2017-03-14"},
            signed_by={"full_name": LONG_NAME, "position_title": "Phó hiệu trưởng"},
        )
    )


@pytest.mark.parametrize("document", ["full_year", "full_front", "full_report"])
def test_no_letter_leaves_the_page_nor_its_margins(
    document: str, request: pytest.FixtureRequest
) -> None:
    assert_within_the_margins(
        request.getfixturevalue(document),
        left_edge=16 * MILLIMETRE,
        right_edge=194 * MILLIMETRE,
        below=0,
        above=A4_POINTS[1],
    )


def test_a_groups_comment_stands_beside_all_its_rows(year: bytes) -> None:
    comment, first, last = (
        place_of(year, text) for text in ("Đi học đầy đủ", "Yêu nước", "Trách nhiệm")
    )
    level = place_of(year, "Mức đạt được")
    assert comment[LEFT] > level[RIGHT] > first[RIGHT]
    assert last[BOTTOM] < comment[BOTTOM] < first[TOP] + 6


def test_who_signs_stands_under_the_caption(year: bytes) -> None:
    leader, teacher = place_of(year, "Nguyễn Thị Hạnh"), place_of(year, "Trần Thị Ngọc")
    caption, other = place_of(year, "XÁC NHẬN"), place_of(year, "GIÁO VIÊN CHỦ NHIỆM")
    assert leader[RIGHT] < teacher[LEFT]
    assert caption[LEFT] < leader[RIGHT]
    assert other[LEFT] < teacher[RIGHT]
    assert caption[BOTTOM] - leader[TOP] > 20 * MILLIMETRE  # room to sign and to stamp


def test_the_words_of_the_foot_keep_clear_of_the_code(full_year: bytes) -> None:
    for words in (f"{LONG_NAME} · Lớp 4A", UUID, DIGEST, "Trang"):
        assert place_of(full_year, words)[RIGHT] < (194 - 13 - 2) * MILLIMETRE


def test_the_teachers_words_to_the_family_are_larger_than_the_tables() -> None:
    letters = "Minh"
    document = report_pdf(report_body(subjects=subjects_of(4, letters)))
    in_letter = place_of(document, "Minh Anh chăm ngoan")
    in_table = place_of(document, letters)
    assert in_letter[TOP] - in_letter[BOTTOM] > 1.15 * (in_table[TOP] - in_table[BOTTOM])


@on_the_versions_that_drew
def test_the_pages_look_as_they_were_seen(year: bytes, tmp_path: Path) -> None:
    first_pages = front_pdf(front_body(card={"uuid": UUID, "digest": DIGEST}), ADDRESS)
    report = report_pdf(report_body())
    assert_looks_as_seen([first_pages, year, report], DRAWN, tmp_path)
