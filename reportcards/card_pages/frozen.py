"""The frozen content of a card as a page reads it: nothing of it is looked up anywhere else."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording import decimal_in_words, translated
from reportcards.documents.paper_form import GENDER_NAMES, Payload, completion
from reportcards.lack_sentences import relaxation_sentence
from reportcards.profiles.relaxations import Use
from rulesets import Ruleset, get_ruleset

GROUP_COMMENTS = ("quality", "general_competence", "specific_competence")

Row = dict[str, Any]


@dataclass(frozen=True)
class Trait:
    name: str
    level: str


@dataclass(frozen=True)
class TraitGroup:
    """As components/report_traits.html shows it."""

    name: str
    traits: tuple[Trait, ...]
    comment: str


@dataclass(frozen=True)
class FrozenCard:
    """`sees_everything`: who may not is shown no ethnicity, number, measure or excuse."""

    payload: Payload
    sees_everything: bool

    @property
    def ruleset(self) -> Ruleset:
        return get_ruleset(self.payload["ruleset"])

    @property
    def pupil(self) -> list[Row]:
        student = self.payload["student"]
        rows = [
            (_("Họ và tên"), student["full_name"]),
            (_("Giới tính"), translated(GENDER_NAMES[student["gender"]])),
            (_("Ngày sinh"), _day(student["date_of_birth"])),
        ]
        if self.sees_everything:
            rows += [
                (_("Mã học sinh"), student["ministry_code"]),
                (_("Số định danh cá nhân"), student["personal_id"]),
                (_("Dân tộc"), student["ethnicity"]),
                (_("Quốc tịch"), student["nationality"]),
                (_("Nơi sinh"), student["birth_place"]),
                (_("Quê quán"), student["home_town"]),
                (_("Nơi ở hiện nay"), student["residence"]),
                (_("Họ và tên cha"), student["father_name"]),
                (_("Họ và tên mẹ"), student["mother_name"]),
                (_("Người giám hộ"), student["guardian_name"]),
                (_("Số đăng bộ"), student["register_number"]),
            ]
        return _rows(rows)

    @property
    def school(self) -> list[Row]:
        school, department = self.payload["school"], self.payload["department"]
        places = [school[name] for name in ("commune_name", "district_name", "province_name")]
        return _rows(
            [
                (_("Trường"), f"{school['name']} ({school['ministry_code']})"),
                (_("Địa chỉ"), ", ".join(place for place in places if place)),
                (_("Sở"), f"{department['name']} ({department['code']})"),
                (_("Năm học"), self.payload["school_year"]),
                (_("Lớp"), self.payload["school_class"]["name"]),
                (
                    _("Nơi và ngày ký"),
                    f"{self.payload['place_of_issue']}, {_day(self.payload['issued_on'])}",
                ),
            ]
        )

    @property
    def year(self) -> list[Row]:
        attendance, body = self.payload["attendance"], self.payload["body"]
        rows = [
            (_("Nghỉ có phép"), _half_days(attendance["absences_with_leave"])),
            (_("Nghỉ không phép"), _half_days(attendance["absences_without_leave"])),
        ]
        if self.sees_everything:
            rows += [
                (_("Chiều cao"), _measure(body["height_cm"], "cm")),
                (_("Cân nặng"), _measure(body["weight_kg"], "kg")),
            ]
        comment = (_("Nhận xét của chủ nhiệm"), self.payload["comments"]["homeroom"])
        return [*self._decision(), *_rows(rows), *_as_written([comment])]

    def _decision(self) -> list[Row]:
        decision = self.payload["year_decision"]
        if decision is None:
            result = _("Học sinh khuyết tật không đánh giá") if self.sees_everything else ""
            return _rows([(_("Kết quả năm học"), result)])
        grade_level = self.payload["school_class"]["grade_level"]
        rewards = (decision["reward"], decision["extraordinary_reward"])
        return [
            *_rows([(_("Kết quả năm học"), translated(decision["result_name"]))]),
            *_as_written(
                [
                    (_("Hoàn thành chương trình"), completion(decision, grade_level, self.ruleset)),
                    (_("Khen thưởng"), "; ".join(reward for reward in rewards if reward)),
                ]
            ),
        ]

    @property
    def subjects(self) -> list[list[Row]]:
        """Rows of components/table.html."""
        return [
            [
                {"text": _subject_name(entry)},
                {"text": translated(entry["level_name"] or "")},
                {"text": entry["score"], "kind": "number"},
                {"text": entry["comment"]},
            ]
            for entry in self.payload["subjects"]
        ]

    @property
    def subject_columns(self) -> list[Row]:
        return [
            {"label": _("Môn học, hoạt động giáo dục")},
            {"label": _("Mức đạt được")},
            {"label": _("Điểm"), "kind": "number"},
            {"label": _("Nhận xét")},
        ]

    @property
    def traits(self) -> list[TraitGroup]:
        return [
            TraitGroup(
                name=translated(group.name),
                traits=tuple(
                    Trait(translated(entry["name"]), translated(entry["level_name"] or ""))
                    for entry in self.payload["traits"]
                    if entry["group"] == group.code
                ),
                comment=self.payload["comments"][comment],
            )
            for group, comment in zip(self.ruleset.trait_groups, GROUP_COMMENTS, strict=False)
        ]

    @property
    def history(self) -> list[list[Row]]:
        return [
            [
                {"text": row["school_year"]},
                {"text": row["class_name"]},
                {"text": row["school_name"]},
                {"text": _day(row["entered_on"]), "kind": "date"},
            ]
            for row in self.payload["history"]
        ]

    @property
    def history_columns(self) -> list[Row]:
        return [
            {"label": _("Năm học")},
            {"label": _("Lớp")},
            {"label": _("Trường")},
            {"label": _("Ngày vào"), "kind": "date"},
        ]

    @property
    def relaxations(self) -> list[str]:
        """What the profile requires and this card leaves out, each with why it may."""
        if not self.sees_everything:
            return []
        uses = self.payload["relaxations"]
        return [relaxation_sentence(Use(use["key"], use["tag"])) for use in uses]

    @property
    def sign_offs(self) -> list[str]:
        """When the results in it were signed off."""
        moments = [row["signed_at"] for row in self.payload["sign_offs"]]
        return [_moment(datetime.datetime.fromisoformat(moment)) for moment in moments]


def _rows(pairs: list[tuple[str, Any]]) -> list[Row]:
    """As components/summary_list.html shows them."""
    return [{"term": term, "value": value} for term, value in pairs]


def _as_written(pairs: list[tuple[str, Any]]) -> list[Row]:
    """As it stands on the form, in its language."""
    return [row | {"lang": "vi"} for row in _rows(pairs)]


def _subject_name(entry: Payload) -> str:
    name = translated(entry["name"])
    return f"{name} ({entry['language_name']})" if entry["language_name"] else name


def _day(day: str) -> str:
    return date_format(datetime.date.fromisoformat(day))


def _moment(moment: datetime.datetime) -> str:
    return date_format(localtime(moment), "H:i d/m/Y")


def _half_days(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)s buổi", "%(count)s buổi", count) % {"count": count}


def _measure(number: str | None, unit: str) -> str:
    return "" if number is None else f"{decimal_in_words(number)} {unit}"
