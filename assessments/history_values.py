"""The names and values of audited changes in words; what a reader may not see is not spelled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import DecimalField, Field, Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Commendation, Handover, HandoverNote, PeriodRecord
from assessments.wording import decimal_in_words, subject_name, trait_name, translated
from audit.models import AuditEvent
from rulesets import Ruleset, UnknownCode, YearOutcome
from students.models import Enrollment, Guardian, IndividualPlan, Student

HEALTH = frozenset({"height_cm", "weight_kg", "exemption_reason"})
SENSITIVE = frozenset(
    {
        "ethnicity_code",
        "ethnicity_as_written",
        "disability",
        "is_not_assessed",
        "personal_id",
        "assessment_decided_on",
        "assessment_decision",
        "relaxations",  # why a card leaves something out tells of family, nationality, disability
    }
)

DAYS = frozenset({"date_of_birth", "valid_from", "valid_until"})

OF_RESULTS = (PeriodRecord, Commendation, Handover, HandoverNote)
MODELS: dict[str, type[Model]] = {
    model._meta.label_lower: model
    for model in (*OF_RESULTS, Student, Enrollment, Guardian, IndividualPlan)
}

LABELS = {
    "level": gettext_lazy("Mức đạt được"),
    "score": gettext_lazy("Điểm kiểm tra"),
    "attempt": gettext_lazy("Lần kiểm tra"),
    "taken_on": gettext_lazy("Ngày kiểm tra"),
    "comment": gettext_lazy("Nhận xét"),
    "exemption_reason": gettext_lazy("Lý do miễn học"),
    "text": gettext_lazy("Ghi chú"),
    "result": gettext_lazy("Kết quả năm học"),
    "derived_result": gettext_lazy("Kết quả theo quy định"),
    "reward": gettext_lazy("Khen thưởng"),
    "outstanding_subject": gettext_lazy("Môn có thành tích xuất sắc"),
    "progress_trait": gettext_lazy("Phẩm chất, năng lực tiến bộ rõ rệt"),
    "plan": gettext_lazy("Kế hoạch hướng dẫn, giúp đỡ"),
    "subject_codes": gettext_lazy("Môn học đánh giá bổ sung"),
    "trait_codes": gettext_lazy("Phẩm chất, năng lực đánh giá bổ sung"),
    "has_completed": gettext_lazy("Hoàn thành chương trình lớp học"),
    "is_promoted": gettext_lazy("Được lên lớp"),
    "school_class": gettext_lazy("Lớp"),
    "grade_level": gettext_lazy("Khối"),
    "language_name": gettext_lazy("Tên ngôn ngữ"),
    "teacher": gettext_lazy("Giáo viên"),
    "guardian": gettext_lazy("Cha mẹ, người giám hộ"),
    "file_name": gettext_lazy("Tệp"),
    "refused": gettext_lazy("Chỗ không ghi được"),
    "conflicting": gettext_lazy("Ô đã đổi từ khi tải về"),
    "changed": gettext_lazy("Ô thay đổi"),
    "unchanged": gettext_lazy("Ô giữ nguyên"),
    "saved": gettext_lazy("Ô đã ghi"),
    "days_late": gettext_lazy("Số ngày quá hạn"),
    "ends_on": gettext_lazy("Gia hạn đến hết ngày"),
    "uuid": gettext_lazy("Mã tra cứu học bạ"),
    "relaxations": gettext_lazy("Để trống theo quy định"),
    "reference": gettext_lazy("Văn bản, mã giao dịch"),
    "decision_number": gettext_lazy("Văn bản của Sở"),
    "number": gettext_lazy("Số trong sổ"),
    "recipient": gettext_lazy("Người nhận"),
}


@dataclass(frozen=True)
class HistoryValues:
    """`sees_health` and `sees_sensitive` say what this reader's roles allow."""

    ruleset: Ruleset
    sees_health: bool
    sees_sensitive: bool

    def subject(self, event: AuditEvent) -> str:
        code = event.changes.get("subject", [None, ""])[1]
        return _known(lambda: subject_name(self.ruleset, code), code)

    def label(self, event: AuditEvent, name: str) -> str:
        if self._is_hidden(name):
            return _("Thông tin được bảo vệ")
        if event.event == "trait_results.saved":
            return _known(lambda: trait_name(self.ruleset, name), name)
        field = _field(event, name)
        if name in LABELS or field is None:
            return str(LABELS.get(name, name))
        return capfirst(str(field.verbose_name))

    def value(self, event: AuditEvent, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if self._is_hidden(name):
            return _("không hiển thị")
        in_words = self._codes().get((event.event, name)) or self._codes().get((event.event, "*"))
        if in_words:
            return _known(lambda: translated(in_words(value)), value)
        return _plain(value, name, _field(event, name))

    def _codes(self) -> dict[tuple[str, str], Callable[[Any], str]]:
        """Whose values are codes of the ruleset."""
        return {
            ("trait_results.saved", "*"): self.ruleset.trait_level_name,
            ("subject_result.saved", "level"): self.ruleset.subject_level_name,
            ("year_decision.confirmed", "result"): self._outcome,
            ("year_decision.confirmed", "derived_result"): self._outcome,
            ("year_decision.confirmed", "outstanding_subject"): self._subject_name,
            ("year_decision.confirmed", "progress_trait"): self._trait_name,
            ("supplementary_assessment.planned", "subject_codes"): self._subject_names,
            ("supplementary_assessment.planned", "trait_codes"): self._trait_names,
            ("supplementary_assessment.decided", "result"): self._outcome,
        }

    def _outcome(self, code: str) -> str:
        return self.ruleset.outcome_name(YearOutcome(code))

    def _subject_name(self, code: str) -> str:
        return self.ruleset.subject(code).name

    def _trait_name(self, code: str) -> str:
        return self.ruleset.trait(code).name

    def _subject_names(self, codes: str) -> str:
        return ", ".join(translated(self._subject_name(code)) for code in codes.split(", "))

    def _trait_names(self, codes: str) -> str:
        return ", ".join(translated(self._trait_name(code)) for code in codes.split(", "))

    def _is_hidden(self, name: str) -> bool:
        return (name in HEALTH and not self.sees_health) or (
            name in SENSITIVE and not self.sees_sensitive
        )


def _known(name: Callable[[], str], code: str) -> str:
    """A code that no ruleset or this one does not know is shown as it was stored."""
    try:
        return name()
    except (UnknownCode, ValueError):  # no outcome at all
        return str(code)


def _field(event: AuditEvent, name: str) -> Field | None:
    model = MODELS.get(event.target_type)
    fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
    return fields.get(name)


def _plain(value: Any, name: str, field: Field | None) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    choices = dict(field.flatchoices) if field else {}
    if value in choices:
        return str(choices[value])
    if isinstance(field, DecimalField):
        return decimal_in_words(str(value))
    is_date = isinstance(value, str) and (name.endswith("_on") or name in DAYS)
    day = parse_date(value) if is_date else None
    return date_format(day) if day else str(value)
