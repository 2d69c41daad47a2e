"""Invented pupils, and the cubes that are counted from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from hypothesis import strategies as st

from assessments.statistics.cube import Cube, cube_of
from assessments.statistics.cuts import Alike, Cut
from assessments.statistics.measures import Absent, Band, Measure, Value

LEVELS = (
    Band("T", "T", "Hoàn thành tốt"),
    Band("H", "H", "Hoàn thành"),
    Band("C", "C", "Chưa hoàn thành"),
)
LEVEL_VALUES = (
    *(Value(band.code, band.label, band.code) for band in LEVELS),
    Value(Absent.EXEMPT, "miễn"),
    Value(Absent.NOT_ASSESSED, "không đánh giá"),
    Value(Absent.NOT_ENTERED, "chưa nhập"),
)
MATHS = Measure("toan", "Toán", LEVEL_VALUES, LEVELS)

HIGH, LOW = Band("from_9", "9–10", "9–10 điểm"), Band("to_8", "dưới 9", "dưới 9 điểm")
SCORES = Measure(
    "toan",
    "Toán",
    (
        Value("10", "10", "from_9"),
        Value("9", "9", "from_9"),
        Value("8", "8", "to_8"),
        Value(Absent.NOT_ENTERED, "chưa nhập"),
    ),
    (HIGH, LOW),
)


class Pupil(NamedTuple):
    """`code` is what she has, or NOT_ENTERED."""

    alike: Alike
    code: str


def alike(
    grade_level: int = 4,
    *,
    class_id: int = 0,
    girl: bool = True,
    minority: bool = False,
    multigrade: bool = False,
    disability: bool = False,
) -> Alike:
    return Alike(class_id or grade_level, grade_level, girl, minority, multigrade, disability)


def girls(grade_level: int, **counts: int) -> list[Pupil]:
    return sexed(grade_level, girl=True, **counts)


def boys(grade_level: int, **counts: int) -> list[Pupil]:
    return sexed(grade_level, girl=False, **counts)


def sexed(grade_level: int, *, girl: bool, **counts: int) -> list[Pupil]:
    one = alike(grade_level, girl=girl)
    return [Pupil(one, code) for code, n in counts.items() for _ in range(n)]


def counted(pupils: Iterable[Pupil], measure: Measure = MATHS) -> Cube:
    tally: dict[str, Counter[Alike]] = defaultdict(Counter)
    expected: Counter[Alike] = Counter()
    for pupil in pupils:
        expected[pupil.alike] += 1
        if pupil.code != Absent.NOT_ENTERED:
            tally[pupil.code][pupil.alike] += 1
    return cube_of(measure, tally, expected)


def belongs(pupil: Pupil, cut: Cut) -> bool:
    """Said again, one pupil at a time."""
    kind = pupil.alike
    if cut == Cut.GIRLS:
        return kind.is_girl
    if cut == Cut.MINORITY:
        return kind.is_minority
    if cut == Cut.MINORITY_GIRLS:
        return kind.is_girl and kind.is_minority
    if cut == Cut.MULTIGRADE:
        return kind.is_multigrade
    if cut == Cut.DISABILITY:
        return kind.has_disability
    return True


def pupils_of(measure: Measure, grades: int = 3) -> st.SearchStrategy[list[Pupil]]:
    kinds = st.builds(
        Alike,
        st.integers(1, 4),
        st.integers(1, grades),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )
    codes = st.sampled_from([value.code for value in measure.values])
    return st.lists(st.builds(Pupil, kinds, codes), max_size=60)


@st.composite
def grades_of_pupils(draw: st.DrawFn, grades: int = 3) -> list[Pupil]:
    """Whole grades, whose cells are empty, small or large alike."""
    sizes = draw(st.sampled_from([[0, 0, 1, 4, 5, 20], [0, 3, 20], [3, 5, 9]]))
    codes = draw(st.sampled_from(["THC", "THC", "TH"]))
    pupils: list[Pupil] = []
    for grade_level in range(1, draw(st.integers(1, grades)) + 1):
        for girl in (True, False):
            counts = {code: draw(st.sampled_from(sizes)) for code in codes}
            counts["not_entered"] = draw(st.sampled_from([0, 0, 3, 9]))
            pupils += sexed(grade_level, girl=girl, **counts)
    return pupils
