"""What a card's content has that no document can print is named before it is frozen."""

import pytest

from reportcards.card_policies import check_structure_holds
from reportcards.errors import NotReady
from reportcards.printable_texts import unprintable_texts
from tests.reportcards.cards import card_payload

pytestmark = pytest.mark.any_database


def with_comment(comment: str) -> dict:
    payload = card_payload()
    payload["subjects"][1]["comment"] = comment
    return payload


def test_a_card_of_vietnamese_words_can_be_printed():
    assert unprintable_texts(card_payload()) == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"student": {"full_name": "Lê Minh 안"}}, "student.full_name"),
        ({"school": {"name": "Trường Tiểu học ★"}}, "school.name"),
        ({"comments": {"quality": "Ngoan 👍"}}, "comments.quality"),
        ({"year_decision": {"reward": "Giải Nhất 🥇"}}, "year_decision.reward"),
        ({"leader": {"position_title": "Hiệu\u200b trưởng"}}, "leader.position_title"),
    ],
)
def test_the_place_is_named(changes, path):
    [fault] = unprintable_texts(card_payload(**changes))

    assert (fault.path, fault.code) == (path, "unprintable")


def test_each_place_is_named_once():
    faults = unprintable_texts(with_comment("👍👍") | {"place_of_issue": "Buôn Hồ 中"})

    assert [fault.path for fault in faults] == ["place_of_issue", "subjects.1.comment"]


def test_no_card_is_made_of_it():
    with pytest.raises(NotReady) as refusal:
        check_structure_holds(with_comment("Tính nhẩm nhanh 👍"))

    assert str(refusal.value) == (
        "Lê Minh Anh: Nhận xét (Toán) có ký tự “👍” (U+1F44D) không in được; hãy xóa hoặc thay "
        "bằng chữ khác. Giáo viên môn học nhập ở kết quả cuối năm; đã ký duyệt thì đề nghị mở "
        "lại riêng em này."
    )
