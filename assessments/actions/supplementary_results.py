"""Later results stand beside the first ones, on a record of their own, never over them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import record_scope
from assessments.actions._supplementary import lock_assessment
from assessments.errors import InvalidEntry
from assessments.models import SubjectResult, SupplementaryAssessment, TestScore, TraitResult
from assessments.permissions import check_user_is_homeroom_teacher, check_user_teaches_pupil
from assessments.policies import check_record_is_editable, check_score
from assessments.supplementary import with_results
from assessments.year_results import levels_by_trait, results_by_subject
from audit.events import Happening, record_events
from rulesets import Period
from schools.models import StaffMember


@dataclass(frozen=True)
class LaterSubject:
    level: str = ""
    score: int | None = None
    comment: str = ""


NOTHING = LaterSubject()


@transaction.atomic
def save_supplementary_results(
    *,
    assessment: SupplementaryAssessment,
    subjects: Mapping[str, LaterSubject],
    traits: Mapping[str, str],
    by: StaffMember,
) -> int:
    """Subject teachers save their subjects, the homeroom teacher the traits; what was changed."""
    assessment = lock_assessment(assessment)
    check_record_is_editable(assessment.record)
    stored = with_results(assessment.record)
    known, levels = results_by_subject(stored), levels_by_trait(stored)
    changed = {
        code: entry for code, entry in subjects.items() if entry != _entry_of(known.get(code))
    }
    changed_traits = {
        code: level for code, level in traits.items() if level != levels.get(code, "")
    }
    _check_subjects(assessment, changed, by)
    _check_traits(assessment, changed_traits, by)
    happenings = [
        _save_subject(assessment, code, entry, known.get(code), by)
        for code, entry in changed.items()
    ]
    if changed_traits:
        happenings.append(_save_traits(assessment, changed_traits, levels, by))
    record_events(happenings, by=by.acting_user)
    return len(changed) + len(changed_traits)


def _entry_of(result: SubjectResult | None) -> LaterSubject:
    if result is None:
        return NOTHING
    return LaterSubject(result.level, result.effective_score, result.comment)


def _check_subjects(
    assessment: SupplementaryAssessment, changed: Mapping[str, LaterSubject], by: StaffMember
) -> None:
    school_class = assessment.record.class_period.school_class
    ruleset = school_class.school_year.ruleset
    levels = {"", *(level.code for level in ruleset.subject_levels)}
    for code, entry in changed.items():
        check_user_teaches_pupil(by, school_class, assessment.grade_level, code)
        if code not in assessment.subject_codes:
            raise InvalidEntry(_("Môn này không có trong kế hoạch đánh giá bổ sung của em."))
        if entry.level not in levels:
            raise InvalidEntry(_("Mức đạt được không có trong quy định đánh giá."))
        if entry.score is None:
            continue
        if not ruleset.has_test(
            code,
            grade_level=assessment.grade_level,
            period=Period.SUPPLEMENTARY,
            is_special_class=school_class.is_special,
        ):
            raise InvalidEntry(_("Môn này không có bài kiểm tra ở thời điểm này."))
        check_score(ruleset.score_scale, entry.score)


def _check_traits(
    assessment: SupplementaryAssessment, changed: Mapping[str, str], by: StaffMember
) -> None:
    if not changed:
        return
    school_class = assessment.record.class_period.school_class
    check_user_is_homeroom_teacher(by, school_class)
    levels = {"", *(level.code for level in school_class.school_year.ruleset.trait_levels)}
    if not set(changed) <= set(assessment.trait_codes):
        raise InvalidEntry(
            _("Phẩm chất, năng lực này không có trong kế hoạch đánh giá bổ sung của em.")
        )
    if not set(changed.values()) <= levels:
        raise InvalidEntry(_("Mức đạt được không có trong quy định đánh giá."))


def _save_subject(
    assessment: SupplementaryAssessment,
    code: str,
    entry: LaterSubject,
    known: SubjectResult | None,
    by: StaffMember,
) -> Happening:
    before = _entry_of(known)
    result, _created = SubjectResult.objects.update_or_create(
        record=assessment.record,
        subject_code=code,
        defaults={
            "level": entry.level,
            "comment": entry.comment,
            "saved_at": timezone.now(),
            "saved_by": by.acting_user,
        },
    )
    if entry.score is None:
        TestScore.objects.filter(result=result).delete()
    else:
        TestScore.objects.update_or_create(
            result=result, attempt=1, defaults={"score": entry.score}
        )
    old, new = asdict(before), asdict(entry)
    changes = {name: (old[name], new[name]) for name in new if old[name] != new[name]}
    return Happening(
        "subject_result.saved",
        result,
        record_scope(assessment.record),
        {"subject": (None, code), **changes},
    )


def _save_traits(
    assessment: SupplementaryAssessment,
    changed: Mapping[str, str],
    levels: Mapping[str, str],
    by: StaffMember,
) -> Happening:
    cleared = [code for code, level in changed.items() if not level]
    TraitResult.objects.filter(record=assessment.record, trait_code__in=cleared).delete()
    saved = {"saved_at": timezone.now(), "saved_by": by.acting_user}
    for code in changed.keys() - set(cleared):
        TraitResult.objects.update_or_create(
            record=assessment.record, trait_code=code, defaults={"level": changed[code], **saved}
        )
    return Happening(
        "trait_results.saved",
        assessment.record,
        record_scope(assessment.record),
        {code: (levels.get(code, ""), level) for code, level in changed.items()},
    )
