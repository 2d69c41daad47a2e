from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain_fields import PrintedTextField, day_field
from assessments.rewards import RewardChoice, RewardPart
from reportcards.rewards.paper import DecisionReference
from schools.models import SchoolYear


class RewardListForm(forms.Form):
    """Which rewards, and the decision that the list goes with; sent by GET, all of it optional."""

    part = forms.ChoiceField(
        label=_("Loại khen thưởng"),
        choices=[("", _("Tất cả")), *RewardPart.choices],
        required=False,
    )
    since = day_field(label=_("Từ ngày"), required=False, help_text="")
    until = day_field(label=_("Đến ngày"), required=False, help_text="")
    number = PrintedTextField(label=_("Quyết định số"), max_length=50, required=False)
    signed_on = day_field(label=_("Ngày quyết định"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and since > until:
            self.add_error("until", _("Ngày cuối phải từ ngày đầu trở đi."))
        return typed

    def choice(self, school_year: SchoolYear) -> RewardChoice:
        typed = self.cleaned_data
        return RewardChoice(school_year, typed["part"], typed["since"], typed["until"])

    @property
    def reference(self) -> DecisionReference:
        return DecisionReference(self.cleaned_data["number"], self.cleaned_data["signed_on"])
