import copy
from typing import Any

import pytest

from assessments.payload import Payload
from assessments.payload_changes import payload_changes
from tests.assessments import states
from tests.cast import Cast


@pytest.fixture
def payload(cast: Cast) -> Payload:
    record = states.signed_off(cast).records.get(enrollment=cast.anh)
    return record.sign_offs.get().payload


def changed(payload: Payload, *path: str | int, to: Any) -> list[tuple[str, str, str]]:
    new = copy.deepcopy(payload)
    place = new
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return [(row.label, row.before, row.after) for row in payload_changes(payload, new)]


def index_of(payload: Payload, part: str, code: str) -> int:
    return [row["code"] for row in payload[part]].index(code)


def test_equal_payloads_have_no_changes(payload: Payload) -> None:
    assert payload_changes(payload, copy.deepcopy(payload)) == []


def test_the_signature_itself_is_no_change(payload: Payload) -> None:
    assert changed(payload, "signed_by", to=None) == []


def test_a_score(payload: Payload) -> None:
    row = index_of(payload, "subjects", "toan")
    assert changed(payload, "subjects", row, "score", to=10) == [("Toán, điểm kiểm tra", "9", "10")]


def test_a_level_is_told_by_its_name(payload: Payload) -> None:
    row = index_of(payload, "subjects", "khoa_hoc")
    assert changed(payload, "subjects", row, "level_name", to="Hoàn thành") == [
        ("Khoa học, mức đạt được", "Hoàn thành tốt", "Hoàn thành")
    ]


def test_a_trait_is_not_taken_for_the_subject_of_the_same_name(payload: Payload) -> None:
    row = index_of(payload, "traits", "khoa_hoc")
    assert changed(payload, "traits", row, "level_name", to="Đạt") == [
        ("Phẩm chất, năng lực “Khoa học”", "Tốt", "Đạt")
    ]


def test_what_was_empty_is_an_empty_text(payload: Payload) -> None:
    row = index_of(payload, "subjects", "dao_duc")
    assert changed(payload, "subjects", row, "comment", to="Lễ phép.") == [
        ("Đạo đức, nhận xét", "", "Lễ phép.")
    ]


def test_height_is_written_as_the_reader_writes_it(payload: Payload) -> None:
    assert changed(payload, "body", "height_cm", to="133.0") == [
        ("Chiều cao (cm)", "132,5", "133,0")
    ]


def test_absences(payload: Payload) -> None:
    assert changed(payload, "attendance", "absences_with_leave", to=3) == [
        ("Buổi nghỉ có phép", "2", "3")
    ]


def test_a_corrected_date_of_birth(payload: Payload) -> None:
    assert changed(payload, "student", "date_of_birth", to="2017-03-15") == [
        ("Ngày sinh", "14/03/2017", "15/03/2017")
    ]


def test_a_corrected_gender_is_a_word(payload: Payload) -> None:
    assert changed(payload, "student", "gender", to="male") == [("Giới tính", "Nữ", "Nam")]


def test_a_pupil_who_is_no_longer_assessed(payload: Payload) -> None:
    assert changed(payload, "is_not_assessed", to=True) == [("Không đánh giá", "không", "có")]


def test_a_subject_that_was_added(payload: Payload) -> None:
    added = {
        **payload["subjects"][0],
        "code": "tieng_dan_toc",
        "name": "Tiếng dân tộc",
        "level_name": "Hoàn thành",
        "score": None,
    }
    assert changed(payload, "subjects", to=[*payload["subjects"], added]) == [
        ("Tiếng dân tộc, mức đạt được", "", "Hoàn thành")
    ]


def test_a_year_decision(payload: Payload) -> None:
    decision = {
        "result": "good",
        "result_name": "Hoàn thành tốt",
        "has_completed": True,
        "is_promoted": None,
        "reward": "Khen từng mặt",
        "extraordinary_reward": "",
    }
    assert changed(payload, "year_decision", to=decision) == [
        ("Kết quả năm học", "", "Hoàn thành tốt"),
        ("Hoàn thành chương trình lớp học", "", "có"),
        ("Khen thưởng", "", "Khen từng mặt"),
    ]
