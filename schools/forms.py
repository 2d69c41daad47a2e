import datetime
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rulesets import Period
from schools.models import PeriodWindow, SchoolYear, StaffMember
from schools.windows import WindowDates, WindowFault, window_faults


class PostForm(forms.Form):
    """Which of the user's own posts; any other is not a choice."""

    post = forms.TypedChoiceField(label=_("Làm việc ở"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: object, posts: list[StaffMember], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.posts = {post.pk: post for post in posts}
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (post.pk, f"{post.school.name} · {gettext(post.position_title)}") for post in posts
        ]

    @property
    def chosen(self) -> StaffMember:
        return self.posts[self.cleaned_data["post"]]


DATE_FIELDS = [field.name for field in fields(WindowDates)]


@dataclass(frozen=True)
class WindowGroup:
    """The dates of one period, as they stand on the page."""

    legend: str
    controls: list[forms.BoundField]


class PeriodWindowsForm(forms.Form):
    """The dates of all periods of a year; an unplanned period may stay empty, or is complete."""

    def __init__(self, *args: Any, school_year: SchoolYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school_year = school_year
        self.stored = {row.period: row for row in school_year.period_windows.all()}
        for period in school_year.ruleset.periods:
            for name in DATE_FIELDS:
                self.fields[f"{period}-{name}"] = self._field(period, name)

    def _field(self, period: Period, name: str) -> forms.DateField:
        field = PeriodWindow._meta.get_field(name)
        window = self.stored.get(period)
        label = str(field.verbose_name)  # type: ignore[union-attr]
        return forms.DateField(
            label=label[:1].upper() + label[1:],
            required=window is not None,
            initial=getattr(window, name, None),
            widget=forms.DateInput(
                format="%d/%m/%Y",
                attrs={"autocomplete": "off"},
            ),
            error_messages={
                "required": _("Hãy ghi ngày, ví dụ 05/01/2027."),
                "invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2027."),
            },
        )

    @property
    def groups(self) -> Iterator[WindowGroup]:
        for period in self.school_year.ruleset.periods:
            legend = str(PeriodWindow(period=period).get_period_display())
            yield WindowGroup(legend, [self[f"{period}-{name}"] for name in DATE_FIELDS])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._check_each_is_complete()
        if not self.errors:
            self.add_faults(window_faults(self.school_year, self.windows))
        return cleaned

    def _check_each_is_complete(self) -> None:
        for period in self.school_year.ruleset.periods:
            days = self._days(period)
            for name, day in days.items():
                if day is None and any(days.values()):
                    self.add_error(f"{period}-{name}", _("Hãy ghi đủ cả ba ngày."))

    def _days(self, period: Period) -> dict[str, datetime.date | None]:
        return {name: self.cleaned_data.get(f"{period}-{name}") for name in DATE_FIELDS}

    @property
    def windows(self) -> dict[Period, WindowDates]:
        found = {}
        for period in self.school_year.ruleset.periods:
            days = [day for day in self._days(period).values() if day]
            if days:
                found[period] = WindowDates(*days)
        return found

    def add_faults(self, faults: list[WindowFault]) -> None:
        for fault in faults:
            self.add_error(f"{fault.period}-{fault.field}", fault.sentence)
