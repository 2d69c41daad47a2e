"""What differs between two payloads of one record, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.payload import Payload
from assessments.wording import decimal_in_words, field_name, translated

Fields = dict[str, str]

COMMENTS = {
    "quality": "quality_comment",
    "general_competence": "general_competence_comment",
    "specific_competence": "specific_competence_comment",
    "homeroom": "homeroom_comment",
}
YEAR_DECISION = {
    "result_name": gettext_lazy("Kết quả năm học"),
    "has_completed": gettext_lazy("Hoàn thành chương trình lớp học"),
    "is_promoted": gettext_lazy("Được lên lớp"),
    "reward": gettext_lazy("Khen thưởng"),
    "extraordinary_reward": gettext_lazy("Khen thưởng đột xuất"),
}
STUDENT = {
    "full_name": gettext_lazy("Họ và tên"),
    "ministry_code": gettext_lazy("Mã học sinh"),
    "personal_id": gettext_lazy("Số định danh cá nhân"),
    "gender": gettext_lazy("Giới tính"),
}
GENDERS = {"male": gettext_lazy("Nam"), "female": gettext_lazy("Nữ")}


@dataclass(frozen=True)
class PayloadChange:
    label: str
    before: str
    after: str


def payload_changes(old: Payload, new: Payload) -> list[PayloadChange]:
    before, after = _in_words(old), _in_words(new)
    labels = [*after, *(label for label in before if label not in after)]
    return [
        PayloadChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def _in_words(payload: Payload) -> Fields:
    return dict(_fields(payload))


def _fields(payload: Payload) -> Iterator[tuple[str, str]]:
    yield from _identity(payload)
    for subject in payload["subjects"]:
        yield from _subject(subject)
    for trait in payload["traits"]:
        label = _("Phẩm chất, năng lực “%(trait)s”") % {"trait": translated(trait["name"])}
        yield label, translated(trait["level_name"] or "")
    for name, value in payload["attendance"].items():
        yield capfirst(field_name(name)), _text(value)
    for name, value in payload["body"].items():
        yield capfirst(field_name(name)), decimal_in_words(value) if value else ""
    for name, value in payload["comments"].items():
        yield capfirst(field_name(COMMENTS[name])), value
    decision = payload["year_decision"] or {}
    for name, decided in YEAR_DECISION.items():
        yield str(decided), _decided(name, decision.get(name))


def _identity(payload: Payload) -> Iterator[tuple[str, str]]:
    student = payload["student"]
    for name, label in STUDENT.items():
        value = student[name]
        yield str(label), str(GENDERS[value]) if name == "gender" else _text(value)
    born_on = parse_date(student["date_of_birth"])
    yield _("Ngày sinh"), date_format(born_on) if born_on else ""
    yield _("Lớp"), payload["school_class"]["name"]
    yield _("Giáo viên chủ nhiệm"), payload["homeroom_teacher"] or ""
    yield _("Không đánh giá"), _yes_or_no(payload["is_not_assessed"])


def _subject(subject: Payload) -> Iterator[tuple[str, str]]:
    name = translated(subject["name"])
    level = translated(subject["level_name"] or "")
    yield _("%(subject)s, mức đạt được") % {"subject": name}, level
    yield _("%(subject)s, điểm kiểm tra") % {"subject": name}, _text(subject["score"])
    for number, attempt in enumerate(subject.get("attempts", [])[1:], start=2):
        label = _("%(subject)s, kiểm tra lần %(attempt)s") % {"subject": name, "attempt": number}
        taken_on = parse_date(attempt["taken_on"] or "")
        yield (
            label,
            _("%(score)s điểm, ngày %(day)s")
            % {
                "score": attempt["score"],
                "day": date_format(taken_on) if taken_on else "",
            },
        )
    yield _("%(subject)s, nhận xét") % {"subject": name}, subject["comment"]


def _decided(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _yes_or_no(value)
    return translated(str(value)) if name == "result_name" and value else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _yes_or_no(value: bool) -> str:  # noqa: FBT001
    return _("có") if value else _("không")
