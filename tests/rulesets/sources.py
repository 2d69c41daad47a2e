"""Pupils at the end of a year, as sources of the year result."""

from dataclasses import replace

from rulesets import Period, Ruleset, SubjectOutcome, YearSource, get_ruleset

TT27 = get_ruleset("tt27")


def perfect_source(
    grade_level: int,
    *,
    ruleset: Ruleset = TT27,
    with_optional: bool = False,
    is_special_class: bool = False,
) -> YearSource:
    """The best level and the highest score wherever one is due."""
    subjects = ruleset.compulsory_subjects(grade_level, is_special_class=is_special_class)
    if with_optional:
        subjects += ruleset.optional_subjects(grade_level)
    tested = ruleset.tested_subjects(grade_level=grade_level, period=Period.END_YEAR)
    best, highest = ruleset.subject_levels[0].code, ruleset.score_scale.maximum
    return YearSource(
        grade_level=grade_level,
        subjects=tuple(
            SubjectOutcome(subject.code, best, highest if subject in tested else None)
            for subject in subjects
        ),
        traits={t.code: ruleset.trait_levels[0].code for t in ruleset.traits_for(grade_level)},
        is_special_class=is_special_class,
    )


def with_level(source: YearSource, subject: str, level: str | None) -> YearSource:
    return replace(source, subjects=_changed(source, subject, level=level))


def with_score(source: YearSource, subject: str, score: int | None) -> YearSource:
    return replace(source, subjects=_changed(source, subject, score=score))


def with_every_score(source: YearSource, score: int) -> YearSource:
    return replace(
        source,
        subjects=tuple(
            entry if entry.score is None else replace(entry, score=score)
            for entry in source.subjects
        ),
    )


def with_trait(source: YearSource, trait: str, level: str | None) -> YearSource:
    return replace(source, traits={**source.traits, trait: level})


def without_subject(source: YearSource, subject: str) -> YearSource:
    return replace(
        source, subjects=tuple(entry for entry in source.subjects if entry.subject != subject)
    )


def without_trait(source: YearSource, trait: str) -> YearSource:
    return replace(source, traits={k: v for k, v in source.traits.items() if k != trait})


def codes_tested(grade_level: int) -> list[str]:
    tested = TT27.tested_subjects(grade_level=grade_level, period=Period.END_YEAR)
    return [subject.code for subject in tested]


def _changed(source: YearSource, subject: str, **values: object) -> tuple[SubjectOutcome, ...]:
    assert subject in {entry.subject for entry in source.subjects}
    return tuple(
        replace(entry, **values) if entry.subject == subject else entry for entry in source.subjects
    )
