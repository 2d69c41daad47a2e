"""Two frozen payloads side by side: what differs, field by field, and nothing else."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from reportcards.card_field_names import field_name
from reportcards.documents.paper_form import GENDER_NAMES, Payload
from reportcards.profiles import get_profile
from reportcards.profiles.document import written_fields

# What the XML has no element for, or only a text made of it.
OTHER_NAMES = {
    "format": _("Định dạng"),
    "kind": _("Loại học bạ"),
    "profile": _("Chuẩn XML"),
    "ruleset": _("Quy định đánh giá"),
    "supersedes": _("Thay cho học bạ mã"),
    "is_not_assessed": _("Thuộc diện không đánh giá"),
    "comment": _("Nhận xét"),
    "is_tested": _("Có kiểm tra định kỳ"),
    "language_name": _("Ngôn ngữ được học"),
    "name": _("Tên"),
    "level": _("Mức đạt được"),
    "position_title": _("Chức vụ"),
    "stands_in_for": _("Xác nhận thay cho"),
    "period": _("Thời điểm đánh giá"),
    "digest": _("Giá trị băm của lần ký duyệt"),
    "signed_at": _("Ký duyệt kết quả lúc"),
    "key": _("Lý do được miễn"),
    "tag": _("Thẻ được miễn"),
}
PLACES = {
    "homeroom_signer": _("chủ nhiệm"),
    "leader": _("lãnh đạo"),
    "sign_offs": _("kết quả đã ký duyệt"),
    "relaxations": _("trường bắt buộc được miễn"),
}
OF_THE_LIST = frozenset({"code", "group"})  # the same in every card that has the entry
DAYS = frozenset({"date_of_birth", "issued_on", "entered_on"})
TIMES = frozenset({"made_at", "signed_at"})
MISSING = ""


@dataclass(frozen=True)
class Difference:
    name: str
    before: str
    after: str


def differences(old: Payload, new: Payload) -> list[Difference]:
    """In the order of the old card, then what only the new one has. Null and "" are the same."""
    before, after = dict(leaves(old)), dict(leaves(new))
    names = written_names(new) | written_names(old)
    return [
        Difference(
            name_of(path, names, old, new),
            shown(path, before.get(path, MISSING)),
            shown(path, after.get(path, MISSING)),
        )
        for path in dict.fromkeys([*before, *after])
        if before.get(path, MISSING) != after.get(path, MISSING)
    ]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value by its path, an entry of a list by its code: "subjects.toan.level"."""
    if isinstance(value, dict):
        for key, below in _with_words(value).items():
            yield from leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            told = {key: entry[key] for key in entry if key not in OF_THE_LIST}
            yield from leaves(told, f"{path}.{entry.get('code', position)}")
    elif value is not None and value != MISSING:
        yield path, value


def _with_words(entry: Payload) -> Payload:
    """A level is shown with its letter, the year's result by its words alone."""
    told = dict(entry)
    if entry.get("level_name"):
        told["level"] = f"{told.pop('level_name')} ({entry['level']})"
    if entry.get("result_name"):
        del told["result"]
    return told


def written_names(payload: Payload) -> dict[str, str]:
    """What the profile's element for a value is called, by the value's path."""
    names: dict[str, str] = {}
    for written in written_fields(payload, get_profile(payload["profile"])):
        names.setdefault(written.source, field_name(written.field.tag, written.entry))
    return names


def name_of(path: str, names: dict[str, str], *payloads: Payload) -> str:
    if path in names and path not in OTHER_NAMES:
        return names[path]
    first, _dot, rest = path.partition(".")
    leaf = path.rpartition(".")[2]
    name = str(OTHER_NAMES.get(leaf, leaf))
    entry = _entry_name(first, rest.partition(".")[0], payloads)
    return f"{name} ({entry})" if entry else name


def _entry_name(first: str, code: str, payloads: tuple[Payload, ...]) -> str:
    if first in PLACES:
        return str(PLACES[first])
    lists = [payload[first] for payload in payloads if isinstance(payload[first], list)]
    names = [entry["name"] for entries in lists for entry in entries if entry.get("code") == code]
    return str(names[0]) if names else ""


def shown(path: str, value: Any) -> str:
    """In the words of the card, which is Vietnamese whoever reads it."""
    leaf = path.rpartition(".")[2]
    if isinstance(value, bool):
        return "có" if value else "không"
    if value and leaf in DAYS:
        return datetime.date.fromisoformat(value).strftime("%d/%m/%Y")
    if value and leaf in TIMES:
        return datetime.datetime.fromisoformat(value).strftime("%H:%M:%S %d/%m/%Y")
    if leaf == "gender":
        return GENDER_NAMES.get(value, "")
    return str(value)
