from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.calendar import PeriodInTime, period_name
from reportcards.models import PrintedDocument, PrintOutput
from reportcards.prints.choice import Choice, Pupil, Scope
from rulesets import Period
from schools.models import SchoolYear


class ChoosePrintForm(forms.Form):
    """Sent by GET. Not chosen: the first class, the paper card, which everybody has."""

    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    whom = forms.ChoiceField(label=_("In của ai"), required=False)
    document = forms.ChoiceField(label=_("In gì"), required=False)
    period = forms.ChoiceField(label=_("Thời điểm, nếu in phiếu liên lạc"), required=False)

    def __init__(
        self,
        *args: Any,
        scopes: Sequence[Scope],
        school_year: SchoolYear,
        moment: PeriodInTime | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._scopes = {scope.key: scope for scope in scopes}
        is_this_year = moment is not None and moment.school_year == school_year
        self._period = moment.period if moment and is_this_year else Period.END_YEAR
        choices = {
            "whom": [(scope.key, scope.label) for scope in scopes],
            "document": [(value, capfirst(label)) for value, label in PrintedDocument.choices],
            "period": [(period, period_name(period)) for period in school_year.ruleset.periods],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.fields["year"].initial = school_year.first_year
        self.fields["document"].initial = PrintedDocument.YEAR
        self.fields["period"].initial = self._period

    @property
    def is_acceptable(self) -> bool:
        return not self.is_bound or self.is_valid()

    @property
    def scope(self) -> Scope:
        return self._scopes[self._chosen("whom") or next(iter(self._scopes))]

    @property
    def chosen_document(self) -> PrintedDocument:
        return PrintedDocument(self._chosen("document") or PrintedDocument.YEAR)

    @property
    def chosen_period(self) -> Period:
        return Period(self._chosen("period") or self._period)

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data[name]) if self.is_bound else ""


class StartPrintForm(forms.Form):
    """Which of a class's pupils, and how; of more than a class it is everybody."""

    pupils = forms.TypedMultipleChoiceField(
        label=_("Học sinh"),
        coerce=int,
        error_messages={"required": _("Hãy chọn ít nhất một em để in.")},
    )
    output = forms.ChoiceField(
        label=_("Lấy về"),
        initial=PrintOutput.MERGED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn cách lấy tệp về.")},
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outputs = [(value, capfirst(label)) for value, label in PrintOutput.choices]
        self.fields["output"].choices = outputs  # type: ignore[attr-defined]
        self._ready = {pupil.enrollment.pk: pupil for pupil in choice.ready}
        if choice.scope.is_one_class:
            names = [(pk, pupil.enrollment.student.full_name) for pk, pupil in self._ready.items()]
            self.fields["pupils"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["pupils"]

    @property
    def ticked(self) -> set[int]:
        """All until some are chosen."""
        if not self.is_bound:
            return set(self._ready)
        return {int(pk) for pk in self.data.getlist("pupils") if pk.isdigit()}  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Pupil]:
        """In roll order."""
        chosen = self.cleaned_data.get("pupils", self._ready)
        return [pupil for pk, pupil in self._ready.items() if pk in chosen]

    @property
    def chosen_output(self) -> PrintOutput:
        return PrintOutput(self.cleaned_data["output"])
