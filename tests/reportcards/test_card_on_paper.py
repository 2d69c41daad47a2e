"""A digital card on the ministry's paper form, from its payload alone."""

import datetime

import pytest

from reportcards.documents.card_on_paper import Stamp, card_document, card_pages, stamped
from reportcards.documents.paper_form import YearState
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.cards import UUID, card_payload, grade_payload, not_assessed_payload
from tests.reportcards.reading import A4_POINTS, has_mark, pages_of, sizes_of, text_of, title_of

pytestmark = pytest.mark.any_database

STAMP = Stamp(
    word="BẢN SAO",
    number="12",
    lookup_code=UUID,
    school_name="Trường Tiểu học Kim Đồng",
    place="Buôn Hồ",
    given_on=datetime.date(2027, 6, 20),
)


def document(payload=None, *, is_demo=False):
    return card_document(payload or card_payload(), is_demo=is_demo).content


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


def test_it_has_two_pages_with_the_number_to_look_it_up_by():
    pages = pages_of(document())
    assert len(pages) == 2
    assert all(UUID in page for page in pages)
    assert sizes_of(document()) == {A4_POINTS}


def test_its_title_is_the_pupils_year():
    assert title_of(document()) == "Học bạ Lê Minh Anh 2026-2027"


def test_the_pupil_is_as_she_was_frozen():
    assert "Phạm Minh Anh" in text_of(
        document(card_payload(student={"full_name": "Phạm Minh Anh"}))
    )


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_every_grade_is_laid_out(grade_level):
    pages = pages_of(document(grade_payload(grade_level)))
    assert len(pages) == 2
    assert f"{grade_level}A" in pages[0]


def test_a_pupil_who_is_not_assessed_is_laid_out():
    assert len(pages_of(document(not_assessed_payload()))) == 2


def test_the_same_payload_gives_the_same_bytes():
    assert document() == document()


def test_signed_by_way_of_trial_it_says_so_across_every_page():
    assert all(has_mark(page, DEMO_MARKER) for page in pages_of(document(is_demo=True)))


def test_signed_for_good_it_says_nothing_of_a_trial():
    assert not any(has_mark(page, DEMO_MARKER) for page in pages_of(document()))


# A copy on paper


def test_a_copy_says_on_every_page_which_one_it_is():
    for page in pages_of(stamped(document(), STAMP)):
        assert "BẢN SAO" in page
        assert "Số 12" in page
        assert "Trường Tiểu học Kim Đồng, Buôn Hồ, ngày 20 tháng 06 năm 2027" in page
        assert UUID in page


def test_a_copy_keeps_what_the_card_says():
    original = text_of(document())
    copied = text_of(stamped(document(), STAMP))
    assert all(word in copied for word in original.split())


def test_a_copy_has_the_pages_of_the_card():
    assert sizes_of(stamped(document(), STAMP)) == {A4_POINTS}
    assert len(pages_of(stamped(document(), STAMP))) == 2


def test_a_trial_stays_one_in_a_copy():
    copied = stamped(document(is_demo=True), STAMP)
    assert all(has_mark(page, DEMO_MARKER) for page in pages_of(copied))
