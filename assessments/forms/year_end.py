import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.year_end import ClassYear


class SignManyForm(forms.Form):
    """Which classes are signed; each carries when what the reader saw was handed in."""

    def __init__(self, *args: Any, classes: Sequence[ClassYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {row.school_class.pk: row for row in classes if row.can_be_signed}
        self.fields["signs_all"] = forms.BooleanField(required=False)
        self.fields["classes"] = forms.TypedMultipleChoiceField(
            choices=[(pk, row.school_class.name) for pk, row in self.waiting.items()],
            coerce=int,
            required=False,
        )
        for pk in self.waiting:
            self.fields[f"seen_at_{pk}"] = forms.DateTimeField(required=False)

    @property
    def chosen(self) -> list[tuple[ClassYear, datetime.datetime | None]]:
        """In the order of the page: those that were ticked, or all that it showed as waiting."""
        seen = {pk for pk in self.waiting if self.cleaned_data[f"seen_at_{pk}"]}
        chosen = seen if self.cleaned_data["signs_all"] else set(self.cleaned_data["classes"])
        return [
            (row, self.cleaned_data[f"seen_at_{pk}"])
            for pk, row in self.waiting.items()
            if pk in chosen
        ]
