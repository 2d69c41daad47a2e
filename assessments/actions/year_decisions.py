"""The homeroom teacher confirms the year's results; the principal may refuse a title."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import class_scope, lock_class_period
from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, RecordLocked
from assessments.issue_policies import check_not_issued
from assessments.models import ClassPeriod, YearDecision
from assessments.permissions import check_user_can_sign, check_user_is_homeroom_teacher
from assessments.policies import check_decision_awaits_signature, check_period_has_opened
from assessments.year_results import PupilYear, year_results
from audit.events import Changes, Happening, Scope, record_event, record_events
from rulesets import Period, RewardTitle, Ruleset, YearOutcome
from schools.models import SchoolClass, StaffMember
from schools.models.classes import HIGHEST_GRADE

CONFIRMED_FIELDS = (
    "derived_result",
    "confirmed_result",
    "deviation_reason",
    "has_completed",
    "is_promoted",
    "reward_title",
    "outstanding_subject",
    "progress_trait",
    "recognised_on",
    "reward_refusal",
    "reward",
    "decided_at",
    "decided_by",
)


@dataclass(frozen=True)
class Recognition:
    """What Điều 13.1.a asks of people before a title that the result alone does not bring."""

    recognised_on: datetime.date
    outstanding_subject: str = ""
    progress_trait: str = ""


@transaction.atomic
def confirm_year_decisions(*, school_class: SchoolClass, by: StaffMember) -> list[YearDecision]:
    """The homeroom teacher confirms the results that the rule derives (Điều 9.2).

    Only those that await it: what was confirmed and still follows from the results stays as it
    is, with its reasons and titles. Whoever has not completed the programme waits for
    supplementary assessment: her promotion stays undecided.
    """
    class_period, years = _lock_years(school_class, by)
    pupils = [year for year in years if year.awaits_confirmation and not year.deviates]
    decisions = [_decision(year, school_class, year.derived.outcome, by) for year in pupils]
    return _write(decisions, pupils, class_period, by)


@transaction.atomic
def confirm_year_decision(
    *,
    school_class: SchoolClass,
    enrollment_id: int,
    result: YearOutcome,
    deviation_reason: str = "",
    recognition: Recognition | None = None,
    by: StaffMember,
) -> YearDecision:
    """One pupil's result, which may differ from the rule for a reason, and her title."""
    class_period, years = _lock_years(school_class, by)
    year = next((row for row in years if row.enrollment.pk == enrollment_id), None)
    if year is None:
        raise NotOnRoster
    if not year.can_be_confirmed:
        raise InvalidEntry(_("Kết quả của em còn thiếu hoặc đã gửi nên chưa xác nhận được."))
    ruleset = school_class.school_year.ruleset
    decision = _decision(year, school_class, result, by)
    if result != year.derived.outcome:
        if not deviation_reason.strip():
            raise ReasonMissing(_("Kết quả khác quy định phải ghi lý do."))
        decision.deviation_reason = deviation_reason
    if recognition:
        _recognise(decision, ruleset, result, recognition)
    (written,) = _write([decision], [year], class_period, by)
    return written


def _lock_years(school_class: SchoolClass, by: StaffMember) -> tuple[ClassPeriod, list[PupilYear]]:
    check_user_is_homeroom_teacher(by, school_class)
    check_period_has_opened(school_class, Period.END_YEAR)
    class_period = lock_class_period(school_class, Period.END_YEAR)
    years = year_results(school_class)
    if not class_period.is_editable and not any(year.is_editable for year in years):
        raise RecordLocked(_("Kết quả cuối năm đã gửi hoặc đã ký duyệt nên không đổi được."))
    return class_period, years


def _decision(
    year: PupilYear, school_class: SchoolClass, result: YearOutcome, by: StaffMember
) -> YearDecision:
    ruleset = school_class.school_year.ruleset
    has_completed = ruleset.is_completed(result)
    is_last_grade = year.enrollment.grade_level == HIGHEST_GRADE
    title = ruleset.title_by_result(result)
    return YearDecision(
        enrollment_id=year.enrollment.pk,  # the enrolment goes on knowing the former one
        grade_level=year.enrollment.grade_level,
        ruleset_key=school_class.school_year.ruleset_key,
        derived_result=year.derived.outcome,
        confirmed_result=result,
        has_completed=has_completed,
        is_promoted=True if has_completed and not is_last_grade else None,
        reward_title=title.code if title else "",
        reward=title.wording if title else "",
        decided_at=timezone.now(),
        decided_by=by.acting_user,
    )


def _recognise(
    decision: YearDecision, ruleset: Ruleset, result: YearOutcome, recognition: Recognition
) -> None:
    title = ruleset.title_by_recognition(result)
    if title is None:
        raise InvalidEntry(_("Kết quả này không có danh hiệu nào cần lớp công nhận."))
    _check_ground(decision, ruleset, recognition)
    decision.recognised_on = recognition.recognised_on
    decision.outstanding_subject = recognition.outstanding_subject
    decision.progress_trait = recognition.progress_trait
    _give_title(decision, title)


def _check_ground(decision: YearDecision, ruleset: Ruleset, recognition: Recognition) -> None:
    if not (recognition.outstanding_subject or recognition.progress_trait):
        raise InvalidEntry(
            _("Hãy ghi môn có thành tích xuất sắc, hoặc phẩm chất, năng lực tiến bộ rõ rệt.")
        )
    traits = {trait.code for trait in ruleset.traits_for(decision.grade_level)}
    subjects = {subject.code for subject in ruleset.subjects}
    if recognition.outstanding_subject not in {"", *subjects}:
        raise InvalidEntry(_("Môn học không có trong quy định đánh giá."))
    if recognition.progress_trait not in {"", *traits}:
        raise InvalidEntry(_("Phẩm chất, năng lực không có trong quy định đánh giá."))
    if recognition.recognised_on > timezone.localdate():
        raise InvalidEntry(_("Ngày lớp công nhận không thể sau hôm nay."))


def _give_title(decision: YearDecision, title: RewardTitle) -> None:
    decision.reward_title, decision.reward = title.code, title.wording


def _write(
    decisions: Sequence[YearDecision],
    pupils: Sequence[PupilYear],
    class_period: ClassPeriod,
    by: StaffMember,
) -> list[YearDecision]:
    check_not_issued([decision.enrollment_id for decision in decisions])
    before = [year.decision for year in pupils]
    written = YearDecision.objects.bulk_create(
        decisions,
        update_conflicts=True,
        unique_fields=["enrollment"],
        update_fields=CONFIRMED_FIELDS,
    )
    scope = class_scope(class_period)
    record_events(
        [
            Happening(
                "year_decision.confirmed",
                year.enrollment,
                Scope(scope.school_id, scope.school_class_id, year.enrollment.student_id),
                _changes(old, decision),
                decision.deviation_reason,
            )
            for year, old, decision in zip(pupils, before, decisions, strict=True)
        ],
        by=by.acting_user,
    )
    return written


def _changes(old: YearDecision | None, new: YearDecision) -> Changes:
    known = old.confirmed_result if old else None
    changes: dict[str, tuple[Any, Any]] = {"result": (known, str(new.confirmed_result))}
    if new.confirmed_result != new.derived_result:
        changes["derived_result"] = (None, str(new.derived_result))
    for name in ("reward", "outstanding_subject", "progress_trait"):
        before, after = getattr(old, name, ""), getattr(new, name)
        if before != after:
            changes[name] = (before or None, after or None)
    return changes


@transaction.atomic
def refuse_reward(*, decision: YearDecision, reason: str, by: StaffMember) -> YearDecision:
    """The principal does not give the title that was proposed (Điều 13.1: she gives them)."""
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do không tặng danh hiệu."))
    decision = _lock_decision(decision, by)
    if not decision.reward:
        raise InvalidEntry(_("Em không được đề nghị danh hiệu nào."))
    return _settle_reward(decision, "", reason, "year_decision.reward_refused", by)


@transaction.atomic
def restore_reward(*, decision: YearDecision, by: StaffMember) -> YearDecision:
    """Takes the refusal back, as long as the class is not signed."""
    decision = _lock_decision(decision, by)
    if not decision.reward_refusal:
        raise InvalidEntry(_("Danh hiệu của em không bị từ chối."))
    ruleset = decision.enrollment.school_class.school_year.ruleset
    wording = ruleset.reward_title(decision.reward_title).wording
    return _settle_reward(decision, wording, "", "year_decision.reward_restored", by)


def _lock_decision(decision: YearDecision, by: StaffMember) -> YearDecision:
    school_class = decision.enrollment.school_class
    check_user_can_sign(by, school_class)
    lock_class_period(school_class, Period.END_YEAR)
    fresh = YearDecision.objects.select_related(
        "enrollment__school_class__school_year__school"
    ).get(pk=decision.pk)
    check_decision_awaits_signature(fresh)
    check_not_issued([fresh.enrollment_id])
    return fresh


def _settle_reward(
    decision: YearDecision, wording: str, refusal: str, event: str, by: StaffMember
) -> YearDecision:
    before = decision.reward
    decision.reward, decision.reward_refusal = wording, refusal
    decision.save(update_fields=["reward", "reward_refusal"])
    enrollment = decision.enrollment
    record_event(
        event,
        by=by.acting_user,
        target=enrollment,
        scope=Scope(by.school_id, enrollment.school_class_id, enrollment.student_id),
        changes={"reward": (before or None, wording or None)},
        reason=refusal,
    )
    return decision
