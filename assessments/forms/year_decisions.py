import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions import Recognition
from assessments.forms.steps import reason_field
from assessments.models import YearDecision
from assessments.wording import translated
from assessments.year_results import PupilYear
from rulesets import RewardTitle, Ruleset, YearOutcome

RECOGNITION = ("is_recognised", "outstanding_subject", "progress_trait", "recognised_on")
WRONG_DAY = gettext_lazy("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 20/05/2027.")


class PupilYearForm(forms.Form):
    """One pupil's result as her teacher confirms it, and the title that the class recognises."""

    result = forms.TypedChoiceField(
        label=gettext_lazy("Kết quả năm học"),
        widget=forms.RadioSelect,
        coerce=YearOutcome,
        error_messages={"required": gettext_lazy("Hãy chọn kết quả năm học của em.")},
    )
    deviation_reason = reason_field(
        label=gettext_lazy("Lý do khác quy định"),
        help_text=gettext_lazy(
            "Chỉ ghi khi chọn kết quả khác quy định. Hiệu trưởng đọc lý do này trước khi ký."
        ),
        required=False,
    )
    is_recognised = forms.BooleanField(label="", required=False)
    outstanding_subject = forms.ChoiceField(
        label=gettext_lazy("Môn có thành tích xuất sắc"), required=False
    )
    progress_trait = forms.ChoiceField(
        label=gettext_lazy("Phẩm chất, năng lực tiến bộ rõ rệt"), required=False
    )
    recognised_on = forms.DateField(
        label=gettext_lazy("Ngày tập thể lớp công nhận"),
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        error_messages={"invalid": WRONG_DAY},
    )

    def __init__(
        self, *args: Any, year: PupilYear, ruleset: Ruleset, subjects: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(year)})
        self.year, self.ruleset = year, ruleset
        outcomes = [row.outcome for row in ruleset.year_rows]
        self._set_choices("result", [(code.value, self._outcome(code)) for code in outcomes])
        self._set_choices("outstanding_subject", self._subjects(subjects))
        self._set_choices("progress_trait", self._traits(year.enrollment.grade_level))
        self._offer_title()

    @property
    def title(self) -> RewardTitle | None:
        """The title that people may give to some result of this ruleset."""
        titles = self.ruleset.reward_titles
        return next((title for title in titles if title.needs_recognition), None)

    def _offer_title(self) -> None:
        if self.title is None:
            for name in RECOGNITION:
                del self.fields[name]
            return
        self.fields["is_recognised"].label = _("Đề nghị danh hiệu %(title)s") % {
            "title": translated(self.title.name)
        }

    def _outcome(self, outcome: YearOutcome) -> str:
        name = translated(self.ruleset.outcome_name(outcome))
        if outcome == self.year.derived.outcome:
            return _("%(result)s (theo quy định)") % {"result": name}
        return name

    def _subjects(self, codes: list[str]) -> list[tuple[str, str]]:
        named = [row for row in self.ruleset.subjects if row.code in codes]
        return [("", "—"), *((row.code, translated(row.name)) for row in named)]

    def _traits(self, grade_level: int) -> list[tuple[str, str]]:
        traits = self.ruleset.traits_for(grade_level)
        return [("", "—"), *((row.code, translated(row.name)) for row in traits)]

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        result = cleaned.get("result")
        if result and result != self.year.derived.outcome and not cleaned["deviation_reason"]:
            self.add_error(
                "deviation_reason", _("Kết quả khác quy định: hãy ghi lý do để hiệu trưởng xem.")
            )
        if result and cleaned.get("is_recognised"):
            self._check_recognition(result, cleaned)
        return cleaned

    def _check_recognition(self, result: YearOutcome, cleaned: dict[str, Any]) -> None:
        if self.title and result != self.title.outcome:
            self.add_error(
                "is_recognised",
                _("Danh hiệu này chỉ dành cho em đạt %(result)s.")
                % {"result": translated(self.ruleset.outcome_name(self.title.outcome))},
            )
        if not (cleaned.get("outstanding_subject") or cleaned.get("progress_trait")):
            self.add_error(
                "outstanding_subject",
                _("Hãy chọn môn có thành tích xuất sắc, hoặc phẩm chất, năng lực tiến bộ rõ rệt."),
            )
        if "recognised_on" not in self.errors and not cleaned.get("recognised_on"):
            self.add_error("recognised_on", _("Hãy ghi ngày tập thể lớp công nhận."))

    def clean_recognised_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["recognised_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Ngày lớp công nhận không thể sau hôm nay."))
        return day

    @property
    def arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        recognition = None
        if cleaned.get("is_recognised"):
            recognition = Recognition(
                cleaned["recognised_on"], cleaned["outstanding_subject"], cleaned["progress_trait"]
            )
        return {
            "result": cleaned["result"],
            "deviation_reason": cleaned["deviation_reason"],
            "recognition": recognition,
        }


def _initial(year: PupilYear) -> dict[str, Any]:
    decision = year.decision
    if decision is None or not year.is_confirmed:
        return {"result": year.derived.outcome}
    return {
        "result": decision.confirmed_result,
        "deviation_reason": decision.deviation_reason,
        **_recognition_of(decision),
    }


def _recognition_of(decision: YearDecision) -> dict[str, Any]:
    return {
        "is_recognised": decision.recognised_on is not None,
        "outstanding_subject": decision.outstanding_subject,
        "progress_trait": decision.progress_trait,
        "recognised_on": decision.recognised_on,
    }


class RefuseRewardForm(forms.Form):
    reason = reason_field(
        label=gettext_lazy("Lý do không tặng"),
        help_text=gettext_lazy("Giáo viên chủ nhiệm đọc được lý do này."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do không tặng danh hiệu.")},
    )
