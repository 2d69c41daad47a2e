"""What a school leader looks at twice before signing: allowed, but conspicuous."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from assessments.models import PeriodRecord, SubjectResult
from assessments.wording import subject_name, translated
from rulesets import EntryKind, Period, Ruleset, YearOutcome
from students.models import Enrollment


@dataclass(frozen=True)
class Deviation:
    enrollment: Enrollment
    sentence: str


def deviations_in(records: Sequence[PeriodRecord], ruleset: Ruleset) -> list[Deviation]:
    """`records` come from `PeriodRecord.objects.with_results()`."""
    return [
        Deviation(record.enrollment, sentence)
        for record in records
        for sentence in _deviations_of(record, ruleset)
    ]


def _deviations_of(record: PeriodRecord, ruleset: Ruleset) -> Iterator[str]:
    if record.enrollment.is_not_assessed:
        yield _("thuộc diện khuyết tật không đánh giá")
        return
    for result in record.subject_results.all():
        sentence = _level_and_score(result, ruleset)
        for what in filter(None, [sentence, _attempts(result)]):
            yield _("%(subject)s: %(what)s") % {
                "subject": subject_name(ruleset, result.subject_code),
                "what": what,
            }
    if record.class_period.period == Period.END_YEAR:
        yield from _year_decision(record, ruleset)


def _level_and_score(result: SubjectResult, ruleset: Ruleset) -> str:
    if result.level == ruleset.exempt_level.code:
        return _exemption(result.exemption_reason)
    score = result.effective_score
    if score is None:
        return ""
    best, worst = ruleset.subject_levels[0], ruleset.subject_levels[-1]
    is_too_good = result.level == best.code and score < _lowest_passing_score(ruleset)
    is_too_bad = result.level == worst.code and score >= _highest_asked_score(ruleset)
    if not is_too_good and not is_too_bad:
        return ""
    return _("mức “%(level)s” nhưng điểm kiểm tra %(score)s") % {
        "level": translated(ruleset.subject_level_name(result.level)),
        "score": score,
    }


def _exemption(reason: str) -> str:
    if not reason:
        return _("miễn học")
    return _("miễn học, lý do: %(reason)s") % {"reason": reason}


def _attempts(result: SubjectResult) -> str:
    attempts = result.attempts
    if len(attempts) < 2:
        return ""
    scores = [
        _("lần %(attempt)s: %(score)s") % {"attempt": row.attempt, "score": row.score}
        for row in attempts
    ]
    return _("kiểm tra lại (%(scores)s)") % {"scores": ", ".join(scores)}


def _asked_scores(ruleset: Ruleset) -> list[int]:
    return [
        int(row.least[EntryKind.TEST_SCORE])
        for row in ruleset.year_rows
        if EntryKind.TEST_SCORE in row.least
    ]


def _lowest_passing_score(ruleset: Ruleset) -> int:
    return min(_asked_scores(ruleset))


def _highest_asked_score(ruleset: Ruleset) -> int:
    return max(_asked_scores(ruleset))


def _year_decision(record: PeriodRecord, ruleset: Ruleset) -> Iterator[str]:
    try:
        decision = record.enrollment.year_decision
    except ObjectDoesNotExist:
        return
    if decision.confirmed_result != decision.derived_result:
        yield _("kết quả năm học “%(confirmed)s”, theo quy định là “%(derived)s”: %(reason)s") % {
            "confirmed": _outcome(ruleset, decision.confirmed_result),
            "derived": _outcome(ruleset, decision.derived_result),
            "reason": decision.deviation_reason,
        }
    elif not decision.has_completed:
        yield _("chưa hoàn thành chương trình lớp học")


def _outcome(ruleset: Ruleset, code: str) -> str:
    return translated(ruleset.outcome_name(YearOutcome(code)))
