"""Two payloads side by side: everything that differs, by its Vietnamese name, and nothing else."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcards.differences import Difference, differences, leaves
from tests.reportcards.cards import Payload, card_payload, not_assessed_payload

CARD = card_payload()
# Of everything but the names of tables, which have to exist.
PATHS = sorted(path for path, _value in leaves(CARD) if path not in {"profile", "ruleset"})


def differing(**changes: Any) -> list[tuple[str, str, str]]:
    return [_told(row) for row in differences(CARD, card_payload(**changes))]


def _told(row: Difference) -> tuple[str, str, str]:
    return row.name, row.before, row.after


def subject(code: str, **changes: Any) -> Payload:
    subjects = copy.deepcopy(CARD["subjects"])
    next(entry for entry in subjects if entry["code"] == code).update(changes)
    return {"subjects": subjects}


def test_two_that_are_the_same_differ_in_nothing():
    assert differences(CARD, card_payload()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"student": {"full_name": "Lê Minh Ánh"}}, ("Họ và tên", "Lê Minh Anh", "Lê Minh Ánh")),
        ({"student": {"date_of_birth": "2016-09-03"}}, ("Ngày sinh", "02/09/2016", "03/09/2016")),
        ({"student": {"gender": "male"}}, ("Giới tính", "Nữ", "Nam")),
        ({"issued_on": "2027-06-02"}, ("Ngày ký phát hành học bạ", "31/05/2027", "02/06/2027")),
        ({"attendance": {"absences_with_leave": 4}}, ("Tổng số buổi nghỉ có phép", "3", "4")),
        ({"body": {"height_cm": None}}, ("Chiều cao", "128.5", "")),
        ({"year_decision": {"is_promoted": False}}, ("Được lên lớp", "có", "không")),
        ({"is_not_assessed": True}, ("Thuộc diện không đánh giá", "không", "có")),
        ({"supersedes": "abc"}, ("Thay cho học bạ mã", "", "abc")),
        (subject("toan", level="H", level_name="Hoàn thành"),
         ("Mức đạt được (Toán)", "Hoàn thành tốt (T)", "Hoàn thành (H)")),
        (subject("toan", score=8), ("Điểm kiểm tra định kỳ (Toán)", "9", "8")),
        (subject("toan", comment="Tính nhanh."),
         ("Nhận xét (Toán)", "Nắm chắc kiến thức.", "Tính nhanh.")),
        ({"leader": {"position_title": "Phó Hiệu trưởng"}},
         ("Chức vụ giám hiệu ký học bạ", "Hiệu trưởng", "Phó Hiệu trưởng")),
        ({"homeroom_signer": {"stands_in_for": "Lê Thị Sương"}},
         ("Xác nhận thay cho (chủ nhiệm)", "", "Lê Thị Sương")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_change_is_named_and_shown_as_the_card_says_it(changes, told):
    assert differing(**changes) == [told]


def test_a_result_is_shown_by_its_words_alone():
    changes = {"year_decision": {"result": "completed", "result_name": "Hoàn thành"}}
    assert differing(**changes) == [("Kết quả xếp loại", "Hoàn thành tốt", "Hoàn thành")]


def test_null_and_nothing_written_are_the_same_to_a_reader():
    assert differing(student={"guardian_name": None}) == []


def test_an_entry_that_is_new_is_shown_whole():
    fewer = card_payload(subjects=[row for row in CARD["subjects"] if row["code"] != "toan"])
    names = [row.name for row in differences(fewer, CARD)]
    assert "Mức đạt được (Toán)" in names
    assert "Nhận xét (Toán)" in names
    assert all("(Toán)" in name for name in names)


def test_another_order_of_the_same_subjects_is_no_difference():
    assert differing(subjects=list(reversed(CARD["subjects"]))) == []


def test_a_card_without_assessment_beside_one_with_it():
    names = {row.name for row in differences(CARD, not_assessed_payload())}
    assert {"Kết quả xếp loại", "Mức đạt được (Toán)", "Phẩm chất yêu nước"} <= names


def test_no_name_is_a_key_of_the_payload():
    """Everything is called what a person calls it."""
    other = dict.fromkeys(PATHS, "khác")
    names = [row.name for row in differences(CARD, _with(other))]
    assert len(names) == len(PATHS)
    assert [name for name in names if "_" in name or name.islower()] == []


def _with(values: dict[str, str]) -> Payload:
    """The payload with other values at these paths."""
    payload = copy.deepcopy(CARD)
    for path, value in values.items():
        *steps, leaf = path.split(".")
        scope: Any = payload
        for step in steps:
            scope = _entry(scope, step) if isinstance(scope, list) else scope[step]
        scope[leaf] = _like(scope[leaf], value)
    return payload


def _entry(entries: list[Payload], step: str) -> Payload:
    found = [entry for entry in entries if entry.get("code") == step]
    return found[0] if found else entries[int(step)]


def _like(old: Any, value: str) -> Any:
    """Of the kind that was there, and another one."""
    if isinstance(old, bool):
        return not old
    if old == "female":
        return "male"
    if isinstance(old, int):
        return old + 1
    if isinstance(old, str) and old[:4].isdigit() and "T" in old:
        return "2030-01-01T00:00:00+07:00"
    return "2030-01-01" if isinstance(old, str) and old[:4].isdigit() and "-" in old else value


@given(st.sets(st.sampled_from(PATHS), max_size=12))
def test_everything_that_differs_is_told_and_nothing_else(paths):
    changed = _with(dict.fromkeys(paths, "khác"))
    before, after = dict(leaves(CARD)), dict(leaves(changed))
    differing_paths = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    rows = differences(CARD, changed)
    assert len(rows) == len(differing_paths)
    assert all(row.before != row.after for row in rows)


@given(st.sets(st.sampled_from(PATHS), max_size=6))
def test_the_other_way_round_the_same_differs(paths):
    changed = _with(dict.fromkeys(paths, "khác"))
    there = sorted((row.before, row.after) for row in differences(CARD, changed))
    back = sorted((row.after, row.before) for row in differences(changed, CARD))
    assert there == back
