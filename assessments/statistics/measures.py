"""What can be counted at a period, and the values that it takes; all of it from the ruleset."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.wording import subject_name, trait_name, translated
from rulesets import EntryKind, Level, Period, Ruleset, ScoreScale


class Topic(StrEnum):
    SUBJECTS = "subjects"
    SCORES = "scores"
    TRAITS = "traits"
    YEAR = "year"


class Absent(StrEnum):
    """What stands instead of a value."""

    EXEMPT = "exempt"
    NOT_ASSESSED = "not_assessed"
    NOT_ENTERED = "not_entered"
    OTHERS = "others"  # the three together


class YearCode(StrEnum):
    OUTCOME = "outcome"
    COMPLETION = "completion"
    PROMOTION = "promotion"
    REWARD = "reward"
    COMMENDATION = "commendation"


@dataclass(frozen=True)
class Band:
    """Values that are drawn as one; `label` is short, `name` says it in full."""

    code: str
    label: str
    name: str

    @property
    def is_short(self) -> bool:
        """Whether the name does not say the label: "T", but not "9–10" of "9–10 điểm"."""
        return not f"{self.name} ".startswith(f"{self.label} ")


@dataclass(frozen=True)
class Value:
    """`band` is empty for what is no value: exempt, not assessed, not entered."""

    code: str
    label: str
    band: str = ""


@dataclass(frozen=True)
class Measure:
    """One thing that is counted: a subject's levels, its scores, a trait, a part of the year.

    Bands stand best first. `tells_worst` is whether the worst one belongs in a title.
    """

    code: str
    title: str
    values: tuple[Value, ...]
    bands: tuple[Band, ...]
    tells_worst: bool = True

    def values_in(self, band: str) -> list[Value]:
        return [value for value in self.values if value.band == band]


def pupils_measure() -> Measure:
    """Not what pupils have reached, only that they are there."""
    band = Band("pupils", _("Học sinh"), _("Học sinh trong danh sách"))
    return Measure("pupils", _("Học sinh"), (Value(band.code, band.label, band.code),), (band,))


def topic_name(topic: Topic) -> str:
    names = {
        Topic.SUBJECTS: _("Mức đạt được các môn"),
        Topic.SCORES: _("Điểm kiểm tra định kỳ"),
        Topic.TRAITS: _("Phẩm chất, năng lực"),
        Topic.YEAR: _("Kết quả năm học"),
    }
    return names[topic]


def topics_at(ruleset: Ruleset, period: Period) -> list[Topic]:
    has_tests = any(period in tests.periods for tests in ruleset.due_tests)
    is_there = {Topic.SCORES: has_tests, Topic.YEAR: period == Period.END_YEAR}
    return [topic for topic in Topic if is_there.get(topic, True)]


def measures_of(topic: Topic, ruleset: Ruleset) -> list[Measure]:
    """In form order."""
    makers = {
        Topic.SUBJECTS: _subject_levels,
        Topic.SCORES: _scores,
        Topic.TRAITS: _trait_levels,
        Topic.YEAR: _year,
    }
    return list(makers[topic](ruleset))


def _subject_levels(ruleset: Ruleset) -> Iterator[Measure]:
    bands = _bands_of_levels(ruleset.subject_levels)
    for subject in ruleset.subjects:
        title = subject_name(ruleset, subject.code)
        absent = _absent(exempt=ruleset.exempt_level)
        yield Measure(subject.code, title, (*_alone(bands), *absent), bands)


def _scores(ruleset: Ruleset) -> Iterator[Measure]:
    values, bands = score_bands(ruleset)
    for subject in ruleset.subjects:
        title = subject_name(ruleset, subject.code)
        absent = _absent(exempt=ruleset.exempt_level)
        yield Measure(subject.code, title, (*values, *absent), bands)


def _trait_levels(ruleset: Ruleset) -> Iterator[Measure]:
    bands = _bands_of_levels(ruleset.trait_levels)
    for trait in ruleset.traits:
        title = trait_name(ruleset, trait.code)
        yield Measure(trait.code, title, (*_alone(bands), *_absent()), bands)


def _year(ruleset: Ruleset) -> Iterator[Measure]:
    outcomes = tuple(
        Band(row.outcome.value, translated(row.short_name), translated(row.name))
        for row in ruleset.year_rows
    )
    yield _of_year(YearCode.OUTCOME, _("Kết quả giáo dục"), outcomes)
    completion = (
        Band("yes", _("Hoàn thành"), _("Hoàn thành chương trình lớp học")),
        Band("no", _("Chưa hoàn thành"), _("Chưa hoàn thành chương trình lớp học")),
    )
    yield _of_year(YearCode.COMPLETION, _("Chương trình lớp học"), completion)
    promotion = (
        Band("yes", _("Được lên lớp"), _("Được lên lớp")),
        Band("no", _("Chưa được lên lớp"), _("Chưa được lên lớp")),
        Band("waiting", _("Chờ quyết định"), _("Chờ hiệu trưởng quyết định")),
    )
    yield _of_year(YearCode.PROMOTION, _("Lên lớp"), promotion, tells_worst=False)
    yield _of_year(YearCode.REWARD, _("Danh hiệu cuối năm"), _rewards(ruleset), tells_worst=False)
    commended = (
        Band("yes", _("Được khen"), _("Được khen thưởng trong năm")),
        Band("no", _("Không"), _("Không có khen thưởng trong năm")),
    )
    title = _("Khen thưởng trong năm")
    yield _of_year(YearCode.COMMENDATION, title, commended, tells_worst=False)


def _rewards(ruleset: Ruleset) -> tuple[Band, ...]:
    titles = [
        Band(title.code, translated(title.name), translated(title.wording))
        for title in ruleset.reward_titles
    ]
    return (*titles, Band("none", _("Không"), _("Không có danh hiệu")))


def _of_year(
    code: YearCode, title: str, bands: tuple[Band, ...], *, tells_worst: bool = True
) -> Measure:
    values = (*_alone(bands), *_absent(not_entered=_("chưa xác nhận")))
    return Measure(code.value, title, values, bands, tells_worst)


def _bands_of_levels(levels: Sequence[Level]) -> tuple[Band, ...]:
    return tuple(Band(level.code, level.code, translated(level.name)) for level in levels)


def _alone(bands: Iterable[Band]) -> list[Value]:
    """Each value is a band of its own."""
    return [Value(band.code, band.label, band.code) for band in bands]


def _absent(*, exempt: Level | None = None, not_entered: str = "") -> Iterator[Value]:
    if exempt:
        yield Value(Absent.EXEMPT, translated(exempt.name).lower())
    yield Value(Absent.NOT_ASSESSED, _("không đánh giá"))
    yield Value(Absent.NOT_ENTERED, not_entered or _("chưa nhập"))


def others() -> Value:
    return Value(Absent.OTHERS, _("chưa có hoặc miễn"))


def score_bands(ruleset: Ruleset) -> tuple[list[Value], tuple[Band, ...]]:
    """Each score, the best first, and the bands between the scores that the year result asks for
    (Điều 9.2.a: 9, 7 and 5)."""
    limits = sorted(
        {
            int(row.least[EntryKind.TEST_SCORE])
            for row in ruleset.year_rows
            if EntryKind.TEST_SCORE in row.least
        },
        reverse=True,
    )
    scores = list(scores_of(ruleset.score_scale))
    starts = [*limits, scores[-1]]
    bands, values, top = [], [], scores[0]
    for start in starts:
        inside = [score for score in scores if start <= score <= top]
        if inside:
            band = _band_of_scores(inside, is_lowest=start == starts[-1] and top < scores[0])
            bands.append(band)
            values += [Value(str(score), str(score), band.code) for score in inside]
        top = start - 1
    return values, tuple(bands)


def scores_of(scale: ScoreScale) -> Iterator[int]:
    yield from range(scale.maximum, scale.minimum - 1, -1)
    if scale.allows_zero and scale.minimum > 0:
        yield 0


def _band_of_scores(scores: Sequence[int], *, is_lowest: bool) -> Band:
    best, least = scores[0], scores[-1]
    if is_lowest:
        words = {"score": best + 1}
        return Band(f"to_{best}", _("dưới %(score)s") % words, _("dưới %(score)s điểm") % words)
    label = str(best) if best == least else f"{least}–{best}"
    return Band(f"from_{least}", label, _("%(scores)s điểm") % {"scores": label})
