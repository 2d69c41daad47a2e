from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import (
    conflicts_of,
    lock_class_period,
    open_records,
    record_scope,
    stored_values,
)
from assessments.errors import InvalidEntry
from assessments.merge import Merge, RowEdit, SaveReport, merge
from assessments.models import PeriodRecord, Retest, SubjectResult, TestScore
from assessments.permissions import check_user_teaches
from assessments.policies import check_period_takes_entries, check_score
from audit.events import Happening, record_events
from rulesets import Period
from schools.models import SchoolClass, StaffMember

Merged = list[tuple[PeriodRecord, SubjectResult, Merge]]


@transaction.atomic
def save_subject_results(
    *,
    school_class: SchoolClass,
    period: str,
    subject_code: str,
    rows: Sequence[RowEdit],
    by: StaffMember,
) -> SaveReport:
    """Save the cells "level", "score", "comment" and "exemption_reason" of a subject's pupils."""
    taught = check_user_teaches(by, school_class, subject_code)
    check_period_takes_entries(school_class, period, by)
    changed = [row for row in rows if row.has_changes]
    class_period = lock_class_period(school_class, period)
    records = open_records(class_period, [row.enrollment_id for row in changed])
    _check_pupils_are_taught(records, {offering.grade_level for offering in taught})
    merged = _merge_rows(records, subject_code, changed)
    _settle_reasons(school_class, merged)
    _check_values(school_class, period, subject_code, merged)
    _check_attempts(subject_code, merged)
    _write(merged, by)
    return SaveReport(
        saved=[
            record.enrollment_id for record, _result, merged_row in merged if merged_row.changes
        ],
        conflicts=[
            conflict
            for record, result, merged_row in merged
            for conflict in conflicts_of(
                merged_row, enrollment_id=record.enrollment_id, last_saved=result
            )
        ],
    )


def _check_pupils_are_taught(records: dict[int, PeriodRecord], grades: set[int]) -> None:
    if any(record.enrollment.grade_level not in grades for record in records.values()):
        raise InvalidEntry(_("Thầy/cô không dạy môn này cho khối của học sinh."))


def _merge_rows(
    records: dict[int, PeriodRecord], subject_code: str, rows: Sequence[RowEdit]
) -> Merged:
    results = {
        result.record_id: result
        for result in SubjectResult.objects.filter(
            record__in=records.values(), subject_code=subject_code
        ).prefetch_related("test_scores")
    }
    merged = []
    for row in rows:
        record = records[row.enrollment_id]
        result = results.get(record.pk) or SubjectResult(record=record, subject_code=subject_code)
        merged.append((record, result, merge(stored_values(result), row.edits)))
    return merged


def _settle_reasons(school_class: SchoolClass, merged: Merged) -> None:
    """The reason of an exemption goes with its level: back from M, nothing is left to explain."""
    exempt_level = school_class.school_year.ruleset.exempt_level.code
    for _record, result, row in merged:
        if row.changes.get("level", ("", result.level))[1] == exempt_level:
            continue
        _old, typed = row.changes.pop("exemption_reason", ("", ""))
        if typed and "level" in row.conflicts:  # asked about together
            row.conflicts["exemption_reason"] = (result.exemption_reason, typed)
        elif typed:
            raise InvalidEntry(_("Lý do miễn chỉ đi với mức miễn; hãy chọn mức ấy trước."))
        elif result.exemption_reason:
            row.changes["exemption_reason"] = (result.exemption_reason, "")


def _check_values(
    school_class: SchoolClass, period: str, subject_code: str, merged: Merged
) -> None:
    ruleset = school_class.school_year.ruleset
    levels = {level.code for level in (*ruleset.subject_levels, ruleset.exempt_level)}
    for record, _result, row in merged:
        new = {name: pair[1] for name, pair in row.changes.items()}
        if new.get("level") and new["level"] not in levels:
            raise InvalidEntry(_("Mức đạt được không có trong quy định đánh giá."))
        if new.get("score") is None:
            continue
        if not ruleset.has_test(
            subject_code,
            grade_level=record.enrollment.grade_level,
            period=Period(period),
            is_special_class=school_class.is_special,
        ):
            raise InvalidEntry(_("Môn này không có bài kiểm tra ở thời điểm này."))
        check_score(ruleset.score_scale, new["score"])


def _check_attempts(subject_code: str, merged: Merged) -> None:
    """The score that a retest is about stays as the principal saw it, and so do its attempts."""
    rescored = [row for row in merged if "score" in row[2].changes]
    records = [record for record, _result, _row in rescored]
    open_retests = Retest.objects.open().filter(record__in=records, subject_code=subject_code)
    if rescored and open_retests.exists():
        raise InvalidEntry(
            _("Điểm này đang có đề nghị kiểm tra lại nên giữ nguyên; điểm mới ghi ở Kiểm tra lại.")
        )
    for _record, result, row in rescored:
        if row.changes["score"][1] is None and len(result.attempts) > 1:
            raise InvalidEntry(_("Điểm kiểm tra lại sửa được nhưng không xóa trống được."))


def _write(merged: Merged, by: StaffMember) -> None:
    changed = [(record, result, row.changes) for record, result, row in merged if row.changes]
    now = timezone.now()
    for _record, result, changes in changed:
        result.level = changes.get("level", ("", result.level))[1]
        result.comment = changes.get("comment", ("", result.comment))[1]
        reason = changes.get("exemption_reason", ("", result.exemption_reason))[1]
        result.exemption_reason = reason
        result.saved_at, result.saved_by = now, by.acting_user
    existing = [result for _record, result, _ in changed if result.pk]
    SubjectResult.objects.bulk_create([result for _, result, _ in changed if not result.pk])
    SubjectResult.objects.bulk_update(
        existing, ["level", "comment", "exemption_reason", "saved_at", "saved_by"]
    )
    _write_scores(
        [(result, changes["score"]) for _, result, changes in changed if "score" in changes]
    )
    record_events(
        [
            Happening(
                "subject_result.saved",
                result,
                record_scope(record),
                {"subject": (None, result.subject_code), **changes},
            )
            for record, result, changes in changed
        ],
        by=by.acting_user,
    )


def _write_scores(scores: list[tuple[SubjectResult, tuple[int | None, int | None]]]) -> None:
    """The grid writes the last attempt; a retest adds one (retests.py)."""
    cleared = [result for result, (_old, new) in scores if new is None]
    TestScore.objects.filter(result__in=cleared).delete()
    TestScore.objects.bulk_create(
        TestScore(result=result, score=new)
        for result, (old, new) in scores
        if old is None and new is not None
    )
    TestScore.objects.bulk_update(
        [
            _corrected(result, new)
            for result, (old, new) in scores
            if old is not None and new is not None
        ],
        ["score"],
    )


def _corrected(result: SubjectResult, score: int) -> TestScore:
    last = result.attempts[-1]
    last.score = score
    return last
