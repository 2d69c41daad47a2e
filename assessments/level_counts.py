"""How many pupils reached each level, for whoever signs: "T 30 · H 4 · C 1"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from assessments.completeness import Kind
from assessments.gaps import Grid
from assessments.models import PeriodRecord
from rulesets import Level, Ruleset


def level_counts(records: Sequence[PeriodRecord], ruleset: Ruleset) -> dict[Grid, str]:
    """By grid; `records` come from `PeriodRecord.objects.with_results()`."""
    subjects: dict[str, Counter[str]] = defaultdict(Counter)
    traits: Counter[str] = Counter()
    for record in records:
        for result in record.subject_results.all():
            subjects[result.subject_code][result.level] += 1
        traits.update(result.level for result in record.trait_results.all())
    levels = (*ruleset.subject_levels, ruleset.exempt_level)
    return {
        **{
            (Kind.SUBJECT_LEVEL, code): _in_words(counts, levels)
            for code, counts in subjects.items()
        },
        (Kind.TRAIT_LEVEL, ""): _in_words(traits, ruleset.trait_levels),
    }


def _in_words(counts: Counter[str], levels: Iterable[Level]) -> str:
    return " · ".join(
        f"{level.code} {counts[level.code]}" for level in levels if counts[level.code]
    )
