"""Which level's comments a pupil's record asks for first; shown to nobody, it orders a list."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assessments.grids import PeriodSheet, trait_cells
from assessments.models import SubjectResult
from assessments.models.comments import COMMENT_FIELDS, HOMEROOM

Levels = dict[int, dict[str, str]]  # by enrolment and comment field

TRAIT_COMMENTS = [name for name in COMMENT_FIELDS if name != HOMEROOM]


def record_levels(sheet: PeriodSheet) -> Levels:
    levels = _homeroom_levels(sheet)
    for enrollment_id, of_groups in _trait_levels(sheet).items():
        levels.setdefault(enrollment_id, {}).update(of_groups)
    return levels


def _homeroom_levels(sheet: PeriodSheet) -> Levels:
    """The level that most subjects have."""
    order = [level.code for level in sheet.ruleset.subject_levels]
    found: dict[int, list[str]] = {}
    results = SubjectResult.objects.filter(
        record__class_period=sheet.class_period, level__in=order
    ).values_list("record__enrollment_id", "level")
    for enrollment_id, level in results:
        found.setdefault(enrollment_id, []).append(level)
    return {pk: {HOMEROOM: _commonest(levels, order)} for pk, levels in found.items()}


def _trait_levels(sheet: PeriodSheet) -> Levels:
    """The weakest of a group: that is what its comment will be about."""
    order = [level.code for level in sheet.ruleset.trait_levels]
    comments = dict(zip(sheet.ruleset.trait_groups, TRAIT_COMMENTS, strict=False))
    field_of = {trait.code: comments[trait.group] for trait in sheet.ruleset.traits}
    levels: Levels = {}
    for enrollment_id, cells in trait_cells(sheet.class_period).items():
        found: dict[str, list[str]] = {}
        for code, cell in cells.items():
            found.setdefault(field_of[code], []).append(cell.value)
        levels[enrollment_id] = {name: _weakest(values, order) for name, values in found.items()}
    return levels


def _weakest(levels: Iterable[str], order: Sequence[str]) -> str:
    return max(levels, key=order.index)


def _commonest(levels: Iterable[str], order: Sequence[str]) -> str:
    counted = Counter(levels)
    return max(counted, key=lambda level: (counted[level], order.index(level)))
