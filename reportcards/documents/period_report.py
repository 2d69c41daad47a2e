"""The report that a family gets of a period (phiếu liên lạc), from what was signed off.

It speaks of one pupil alone: nothing is compared, counted or averaged. Vietnamese whatever
language its reader's screens have, so none of its words is translated.
"""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from reportcards.documents.paper_form import (
    GROUP_COMMENTS,
    Payload,
    Signature,
    YearState,
    completion,
    measure,
    name_and_qualifier,
    rewards,
    year_signature,
)
from reportcards.documents.typesetting import PERIOD_REPORT, render_paper
from rulesets import Period, Ruleset, TraitGroup, get_ruleset

TEMPLATE = "reportcards/document/period_report.html"
OPINION_LINES = range(3)
# Where the page has room for it, more lines for the family, and further apart.
ROOMY_OPINION_LINES = range(5)
MOST_LINES = 27  # of text, on a page with such room; long names have some to spare
# Of comments, in the narrowest column that each may have
LETTERS_A_LINE = {"subject": 50, "traits": 30, "homeroom": 75}

PERIOD_NAMES = {
    Period.MID_TERM_1: "Giữa học kỳ I",
    Period.END_TERM_1: "Cuối học kỳ I",
    Period.MID_TERM_2: "Giữa học kỳ II",
    Period.END_YEAR: "Cuối năm học",
    Period.SUPPLEMENTARY: "Đánh giá bổ sung",
}
IN_THE_SUMMER = (
    "Nhà trường giúp đỡ và đánh giá bổ sung trong hè; giáo viên chủ nhiệm sẽ trao đổi với gia đình."
)


@dataclass(frozen=True)
class SubjectLine:
    name: str
    qualifier: str
    level: str
    score: str
    comment: str


@dataclass(frozen=True)
class LevelLine:
    """The traits of a group that reached the level."""

    level: str
    traits: tuple[str, ...]


@dataclass(frozen=True)
class TraitLine:
    """A group of traits, which share one comment."""

    name: str
    levels: tuple[LevelLine, ...]
    comment: str


@dataclass(frozen=True)
class Outcome:
    """Of a whole year, as it was decided."""

    result: str
    completion: str
    rewards: str
    next_step: str


@dataclass(frozen=True)
class PeriodReport:
    state: YearState
    period: Period
    school_year: str
    department_name: str
    school_name: str
    school_place: str
    class_name: str
    student_name: str
    date_of_birth: datetime.date
    homeroom_comment: str
    is_not_assessed: bool
    subjects: tuple[SubjectLine, ...]
    traits: tuple[TraitLine, ...]
    absences: str
    body: str
    outcome: Outcome | None
    signature: Signature

    @property
    def opinion_lines(self) -> range:
        return ROOMY_OPINION_LINES if self.is_roomy else OPINION_LINES

    @property
    def is_roomy(self) -> bool:
        """What there is to say leaves a good part of the page empty."""
        lines = sum(_lines(subject.comment, "subject") for subject in self.subjects)
        lines += sum(max(2, _lines(group.comment, "traits")) for group in self.traits)
        lines += _lines(self.homeroom_comment, "homeroom") + (3 if self.outcome else 0)
        return lines <= MOST_LINES

    @property
    def period_name(self) -> str:
        return PERIOD_NAMES[self.period]

    @property
    def title(self) -> str:
        time = self.time[0].lower() + self.time[1:]
        return f"Phiếu liên lạc {self.student_name}, {time.replace(' – ', '-')}"

    @property
    def time(self) -> str:
        """The year's end needs no second "năm học"."""
        between = " " if self.period == Period.END_YEAR else ", năm học "
        return f"{self.period_name}{between}{self.school_year}"

    @property
    def has_scores(self) -> bool:
        """In most periods of the lower grades nothing is marked, and there is no such column."""
        return any(subject.score for subject in self.subjects)

    @property
    def is_under_review(self) -> bool:
        return self.state == YearState.UNDER_REVIEW


def _lines(comment: str, kind: str) -> int:
    """About as many as it is printed on; at least one, also where it is empty."""
    return sum(1 + len(line) // LETTERS_A_LINE[kind] for line in comment.splitlines() or [""])


def report_pdf(body: Payload) -> bytes:
    """`payload` of a sign-off, `state` (the name of a YearState), `place` of the signature."""
    report = period_report(body)
    return render_paper(render_to_string(TEMPLATE, {"report": report}), PERIOD_REPORT)


def report_title(body: Payload) -> str:
    """Also the name of the file."""
    return period_report(body).title


def period_report(body: Payload) -> PeriodReport:
    payload = body["payload"]
    ruleset = get_ruleset(payload["ruleset"])
    school = payload["school"]
    places = (school["commune_name"], school["district_name"], school["province_name"])
    return PeriodReport(
        state=YearState[body["state"]],
        period=Period(payload["period"]),
        school_year=payload["school_year"].replace("-", " – "),
        department_name=school["department_name"],
        school_name=school["name"],
        school_place=_joined(*places),
        class_name=payload["school_class"]["name"],
        student_name=payload["student"]["full_name"],
        date_of_birth=datetime.date.fromisoformat(payload["student"]["date_of_birth"]),
        homeroom_comment=payload["comments"]["homeroom"],
        is_not_assessed=payload["is_not_assessed"],
        subjects=_subject_lines(payload),
        traits=_trait_lines(payload, ruleset),
        absences=_absences(payload["attendance"]),
        body=_body(payload["body"]),
        outcome=_outcome(payload, ruleset),
        signature=year_signature(payload, body["place"]),
    )


def _subject_lines(payload: Payload) -> tuple[SubjectLine, ...]:
    """What was assessed; a form's empty rows tell a family nothing."""
    lines = (
        SubjectLine(
            *name_and_qualifier(entry["name"], entry["language_name"]),
            level=entry["level_name"] or "",
            score="" if entry["score"] is None else str(entry["score"]),
            comment=entry["comment"],
        )
        for entry in payload["subjects"]
    )
    return tuple(line for line in lines if line.level or line.score or line.comment)


def _trait_lines(payload: Payload, ruleset: Ruleset) -> tuple[TraitLine, ...]:
    comments = payload["comments"]
    lines = (
        TraitLine(_group_name(group), _level_lines(payload, ruleset, group), comments[comment])
        for group, comment in zip(ruleset.trait_groups, GROUP_COMMENTS, strict=False)
    )
    return tuple(line for line in lines if line.levels or line.comment)


def _group_name(group: TraitGroup) -> str:
    """The form says "Những năng lực chung" over a table; in a cell the noun is enough."""
    return group.name.removeprefix("Những ").capitalize()


def _level_lines(payload: Payload, ruleset: Ruleset, group: TraitGroup) -> tuple[LevelLine, ...]:
    by_level = {
        level.name: tuple(
            entry["name"]
            for entry in payload["traits"]
            if entry["group"] == group.code and entry["level"] == level.code
        )
        for level in ruleset.trait_levels
    }
    return tuple(LevelLine(level, traits) for level, traits in by_level.items() if traits)


def _absences(attendance: Payload) -> str:
    with_leave = attendance["absences_with_leave"]
    without_leave = attendance["absences_without_leave"]
    if with_leave is None and without_leave is None:
        return ""
    if not with_leave and not without_leave:
        return "từ đầu năm không nghỉ buổi nào."
    with_leave, without_leave = with_leave or 0, without_leave or 0
    return f"từ đầu năm nghỉ {with_leave} buổi có phép, {without_leave} buổi không phép."


def _body(body: Payload) -> str:
    height, weight = measure(body["height_cm"], "cm"), measure(body["weight_kg"], "kg")
    said = _joined(f"cao {height}" if height else "", f"nặng {weight}" if weight else "")
    return f"{said}." if said else ""


def _outcome(payload: Payload, ruleset: Ruleset) -> Outcome | None:
    decision = payload["year_decision"]
    if not decision:
        return None
    grade_level = payload["school_class"]["grade_level"]
    is_open = not decision["has_completed"] and decision["is_promoted"] is None
    return Outcome(
        result=decision["result_name"],
        completion=completion(decision, grade_level, ruleset),
        rewards=rewards(decision),
        next_step=IN_THE_SUMMER if is_open else "",
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
