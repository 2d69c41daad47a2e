"""How far a school has come with a period, as a picture: classes by grade x what is entered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.completeness import Kind
from assessments.links import class_period_url, grid_url
from assessments.progress import ClassProgress, PartProgress
from assessments.wording import subject_name
from rulesets import Ruleset
from schools.models import SchoolClass

Part = tuple[Kind, str]

LABEL_WIDTH, CELL_WIDTH, CELL_HEIGHT, HEAD_HEIGHT = 152, 36, 26, 26
GUTTER = 2


@dataclass(frozen=True)
class Cell:
    """One class and one part of its results, drawn at (x, y)."""

    school_class: SchoolClass
    label: str
    part: PartProgress
    url: str
    x: int
    y: int

    @property
    def state(self) -> str:
        if self.part.is_complete:
            return "done"
        return "part" if self.part.done else "none"

    @property
    def lacking(self) -> int:
        return self.part.total - self.part.done

    @property
    def width(self) -> int:
        return CELL_WIDTH - GUTTER

    @property
    def height(self) -> int:
        return CELL_HEIGHT - GUTTER

    @property
    def filled_width(self) -> int:
        return round(self.width * self.part.done / self.part.total)

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def sentence(self) -> str:
        words = {"name": self.school_class.name, "part": self.label, "n": self.lacking}
        return (
            ngettext(
                "Lớp %(name)s, %(part)s: còn %(n)s em",
                "Lớp %(name)s, %(part)s: còn %(n)s em",
                self.lacking,
            )
            % words
        )


@dataclass(frozen=True)
class Head:
    school_class: SchoolClass
    url: str
    x: int


@dataclass(frozen=True)
class PictureRow:
    label: str
    y: int
    cells: list[Cell | None]

    @property
    def middle(self) -> int:
        return self.y + (CELL_HEIGHT - GUTTER) // 2


@dataclass(frozen=True)
class GradePicture:
    label: str
    heads: list[Head]
    rows: list[PictureRow]

    @property
    def width(self) -> int:
        return LABEL_WIDTH + CELL_WIDTH * len(self.heads)

    @property
    def height(self) -> int:
        return HEAD_HEIGHT + CELL_HEIGHT * len(self.rows)

    @property
    def finding(self) -> str:
        found = [cell for row in self.rows for cell in row.cells if cell]
        lacking = len({cell.school_class.pk for cell in found if cell.state != "done"})
        if not lacking:
            return _("%(grade)s: đã nhập đủ") % {"grade": self.label}
        return ngettext(
            "%(grade)s: còn %(n)s lớp chưa đủ", "%(grade)s: còn %(n)s lớp chưa đủ", lacking
        ) % {"grade": self.label, "n": lacking}


def school_pictures(progress: Sequence[ClassProgress], period: str) -> list[GradePicture]:
    """By lowest grade: a class of several grades stands once."""
    grades = sorted({row.school_class.lowest_grade for row in progress})
    return [
        _picture(
            _("Khối %(grade)s") % {"grade": grade},
            [row for row in progress if row.school_class.lowest_grade == grade],
            period,
        )
        for grade in grades
    ]


def _picture(label: str, progress: Sequence[ClassProgress], period: str) -> GradePicture:
    parts = [dict(parts_of(row)) for row in progress]
    order = list(dict.fromkeys(part for row in parts for part in row))
    ruleset = progress[0].school_class.school_year.ruleset
    rows = []
    for place, part in enumerate(sorted(order, key=lambda part: _place(part, ruleset))):
        name, y = part_name(part, ruleset), HEAD_HEIGHT + CELL_HEIGHT * place
        cells = [
            Cell(
                row.school_class,
                name,
                found[part],
                grid_url(row.school_class, period, *part),
                LABEL_WIDTH + CELL_WIDTH * column,
                y,
            )
            if part in found
            else None
            for column, (row, found) in enumerate(zip(progress, parts, strict=True))
        ]
        rows.append(PictureRow(_short(name), y, cells))
    heads = [
        Head(
            row.school_class,
            class_period_url(row.school_class, period),
            LABEL_WIDTH + CELL_WIDTH * column + (CELL_WIDTH - GUTTER) // 2,
        )
        for column, row in enumerate(progress)
    ]
    return GradePicture(label, heads, rows)


def parts_of(progress: ClassProgress) -> Iterator[tuple[Part, PartProgress]]:
    """What the class owes, as in grid_rows.py."""
    found = [
        *(((Kind.SUBJECT_LEVEL, code), part) for code, part in progress.subjects.items()),
        ((Kind.TRAIT_LEVEL, ""), progress.traits),
        ((Kind.RECORD_FIELD, ""), progress.record_fields),
        ((Kind.YEAR_DECISION, ""), progress.year_decisions),
    ]
    return ((part, counted) for part, counted in found if counted.total)


def _short(name: str) -> str:
    """ "Nghệ thuật (Âm nhạc)" is drawn as "Âm nhạc"."""
    return name.partition("(")[2].rstrip(")") or name


def _place(part: Part, ruleset: Ruleset) -> tuple[int, int]:
    kind, code = part
    codes = [subject.code for subject in ruleset.subjects]
    return list(Kind).index(kind), codes.index(code) if code else 0


def part_name(part: Part, ruleset: Ruleset) -> str:
    kind, code = part
    names = {
        Kind.TRAIT_LEVEL: _("Phẩm chất, năng lực"),
        Kind.RECORD_FIELD: _("Phần chủ nhiệm"),
        Kind.YEAR_DECISION: _("Kết quả năm học"),
    }
    return subject_name(ruleset, code) if code else names[kind]


def finding(progress: Sequence[ClassProgress]) -> str:
    """What most classes lack, in one sentence: the title over the picture."""
    lacking: Counter[Part] = Counter()
    for row in progress:
        lacking.update(_lacking_in(row))
    if not progress:
        return _("Năm học này chưa có lớp nào")
    if not lacking:
        return ngettext("Cả %(n)s lớp đã nhập đủ", "Cả %(n)s lớp đã nhập đủ", len(progress)) % {
            "n": len(progress)
        }
    ruleset = progress[0].school_class.school_year.ruleset
    (kind, code), classes = max(
        lacking.items(), key=lambda pair: (pair[1], [-place for place in _place(pair[0], ruleset)])
    )
    return _finding(kind, code, classes, ruleset)


def _lacking_in(progress: ClassProgress) -> set[Part]:
    return {
        (kind, part[1])
        for part, counted in parts_of(progress)
        for kind, missing in counted.missing.items()
        if missing
    }


def _finding(kind: Kind, code: str, classes: int, ruleset: Ruleset) -> str:
    sentences = {
        Kind.SUBJECT_LEVEL: ngettext(
            "Còn %(n)s lớp chưa đủ mức đạt được môn %(part)s",
            "Còn %(n)s lớp chưa đủ mức đạt được môn %(part)s",
            classes,
        ),
        Kind.TEST_SCORE: ngettext(
            "Còn %(n)s lớp chưa đủ điểm %(part)s",
            "Còn %(n)s lớp chưa đủ điểm %(part)s",
            classes,
        ),
    }
    other = ngettext("Còn %(n)s lớp chưa đủ: %(part)s", "Còn %(n)s lớp chưa đủ: %(part)s", classes)
    return sentences.get(kind, other) % {"n": classes, "part": part_name((kind, code), ruleset)}
