from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions import LaterSubject
from assessments.forms.plain_fields import PrintedTextField
from assessments.forms.steps import LONGEST_REASON, reason_field
from assessments.forms.text import plain_text
from assessments.models import SupplementaryAssessment
from assessments.models.periods import LONGEST_COMMENT
from assessments.models.supplementary import LONGEST_PLAN
from assessments.sentences import score_error_sentence
from assessments.supplementary import Reassessed
from assessments.wording import subject_name, trait_name, translated
from assessments.year_results import levels_by_trait, results_by_subject
from rulesets import Level, Period, Ruleset, ScoreError, ScoreScale


class PlanForm(forms.Form):
    """What is assessed again, and how the pupil is helped until then."""

    plan = forms.CharField(
        label=gettext_lazy("Kế hoạch hướng dẫn, giúp đỡ"),
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Nội dung, thời gian, ai giúp em. Hiệu trưởng đọc kế hoạch này."),
        error_messages={"required": gettext_lazy("Hãy ghi kế hoạch hướng dẫn, giúp đỡ em.")},
    )
    subject_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Môn học đánh giá bổ sung"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trait_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Phẩm chất, năng lực đánh giá bổ sung"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, ruleset: Ruleset, possible: Reassessed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject_codes"].choices = [  # type: ignore[attr-defined]
            (code, subject_name(ruleset, code)) for code in possible.subjects
        ]
        self.fields["trait_codes"].choices = [  # type: ignore[attr-defined]
            (code, trait_name(ruleset, code)) for code in possible.traits
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("subject_codes") and not cleaned.get("trait_codes"):
            self.add_error("subject_codes", _("Hãy chọn ít nhất một nội dung được đánh giá lại."))
        return cleaned


class ScoreField(forms.CharField):
    def __init__(self, scale: ScoreScale, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "3"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.scale = scale

    def clean(self, value: Any) -> int | None:
        text = plain_text(super().clean(value) or "")
        if not text:
            return None
        try:
            return self.scale.parse(text)
        except ScoreError as error:
            raise ValidationError(score_error_sentence(error), code=error.code) from error


class LaterResultsForm(forms.Form):
    """The later results of what this reader may write; the rest of the page is text."""

    def __init__(
        self,
        *args: Any,
        assessment: SupplementaryAssessment,
        subject_codes: Iterable[str],
        writes_traits: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        school_class = assessment.record.class_period.school_class
        self.assessment, self.ruleset = assessment, school_class.school_year.ruleset
        self.subject_codes = [
            code for code in assessment.subject_codes if code in set(subject_codes)
        ]
        self.trait_codes = list(assessment.trait_codes) if writes_traits else []
        for code in self.subject_codes:
            self._add_subject(code)
        for code in self.trait_codes:
            self._add_trait(code)

    def _add_subject(self, code: str) -> None:
        name = subject_name(self.ruleset, code)
        stored = results_by_subject(self.assessment.record).get(code)
        self.fields[f"level_{code}"] = _level_field(
            _("%(name)s, mức đạt được") % {"name": name},
            self.ruleset.subject_levels,
            stored.level if stored else "",
        )
        if self._is_tested(code):
            self.fields[f"score_{code}"] = ScoreField(
                self.ruleset.score_scale,
                label=_("%(name)s, điểm kiểm tra") % {"name": name},
                initial=stored.effective_score if stored else None,
            )
        self.fields[f"comment_{code}"] = PrintedTextField(
            label=_("%(name)s, nhận xét") % {"name": name},
            required=False,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=stored.comment if stored else "",
        )

    def _is_tested(self, code: str) -> bool:
        return self.ruleset.has_test(
            code,
            grade_level=self.assessment.grade_level,
            period=Period.SUPPLEMENTARY,
            is_special_class=self.assessment.record.class_period.school_class.is_special,
        )

    def _add_trait(self, code: str) -> None:
        stored = levels_by_trait(self.assessment.record)
        self.fields[f"trait_{code}"] = _level_field(
            trait_name(self.ruleset, code), self.ruleset.trait_levels, stored.get(code, "")
        )

    @property
    def arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "subjects": {
                code: LaterSubject(
                    cleaned[f"level_{code}"],
                    cleaned.get(f"score_{code}"),
                    cleaned[f"comment_{code}"],
                )
                for code in self.subject_codes
            },
            "traits": {code: cleaned[f"trait_{code}"] for code in self.trait_codes},
        }


def _level_field(label: str, levels: Iterable[Level], initial: str) -> forms.ChoiceField:
    choices = [("", "—"), *((level.code, translated(level.name)) for level in levels)]
    return forms.ChoiceField(label=label, required=False, choices=choices, initial=initial)


class CaseForm(forms.Form):
    """Handing in: a pupil who still lacks something is put forward with the reason."""

    case_reason = reason_field(
        label=gettext_lazy("Lý do trình hiệu trưởng xét lên lớp"),
        help_text=gettext_lazy(
            "Em vẫn chưa hoàn thành: hiệu trưởng đọc lý do này rồi quyết định cho em."
        ),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trình hiệu trưởng.")},
    )


class NoCaseForm(forms.Form):
    """Handing in a pupil who has completed asks for nothing."""


class PromotionForm(forms.Form):
    """The principal's decision; whoever has completed is promoted and is asked nothing."""

    is_promoted = forms.TypedChoiceField(
        label=gettext_lazy("Quyết định"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Được lên lớp")),
            ("no", gettext_lazy("Chưa được lên lớp")),
        ],
        coerce=lambda answer: answer == "yes",
        error_messages={"required": gettext_lazy("Hãy quyết định em được lên lớp hay chưa.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do của quyết định"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do của quyết định.")},
    )

    def __init__(self, *args: Any, is_last_grade: bool, has_completed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_last_grade, self.has_completed = is_last_grade, has_completed
        if is_last_grade or has_completed:
            del self.fields["is_promoted"]
        if has_completed:
            del self.fields["reason"]

    @property
    def arguments(self) -> dict[str, Any]:
        promoted = None if self.is_last_grade else self.cleaned_data.get("is_promoted", True)
        return {"is_promoted": promoted, "reason": self.cleaned_data.get("reason", "")}


class ReopenSummerForm(forms.Form):
    reason = reason_field(
        label=gettext_lazy("Lý do mở lại"),
        help_text=gettext_lazy("Lý do được ghi vào lịch sử của học sinh."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do mở lại.")},
    )
