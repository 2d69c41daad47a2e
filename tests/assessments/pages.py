"""A grid's page as its reader sees it, and as a browser sends it back."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import SubjectResult
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment
from tests.cast import Cast


def log_in(client: Client, staff: StaffMember) -> Client:
    client.force_login(staff.acting_user)
    return client


@dataclass
class Control:
    tag: str
    attributes: dict[str, str | None]
    value: str = ""


@dataclass
class GridForm(HTMLParser):
    """The controls of a page by name; what is typed into them is posted with their bases."""

    controls: dict[str, Control] = field(default_factory=dict)

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.controls = {}
        self._open: Control | None = None
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "option" and self._open and "selected" in attributes:
            self._open.value = attributes.get("value") or ""
        if tag not in {"input", "select", "textarea"} or not name:
            return
        if attributes.get("type") == "radio":
            return
        self._open = self.controls[name] = Control(tag, attributes, attributes.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._open and self._open.tag == "textarea":
            self._open.value += data

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == "textarea" and tag == self._open.tag:
            self._open.value = self._open.value.removeprefix("\n")
            self._open = None
        elif self._open and tag == self._open.tag:
            self._open = None

    def __getitem__(self, name: str) -> str:
        return self.controls[name].value

    def __contains__(self, name: str) -> bool:
        return name in self.controls

    def typed(self, **values: Any) -> dict[str, str]:
        """All that a browser posts after these values were typed: e12_level="T"."""
        posted = {name: control.value for name, control in self.controls.items()}
        return posted | {name.replace("_", "-", 1): str(value) for name, value in values.items()}


def subject_url(cast: Cast, subject_code: str = "toan", period: str = Period.END_TERM_1) -> str:
    return reverse("subject_grid", args=[cast.school_class.pk, period, subject_code])


def save_cells(
    cast: Cast,
    enrollment: Enrollment,
    *,
    by: StaffMember | None = None,
    period: str = Period.END_TERM_1,
    **cells: tuple[Any, Any],
) -> None:
    """Somebody's save of cells of Toán, past the page; each cell as (base, typed)."""
    actions.save_subject_results(
        school_class=cast.school_class,
        period=period,
        subject_code="toan",
        rows=[RowEdit(enrollment.pk, {name: Edit(*pair) for name, pair in cells.items()})],
        by=by or cast.ngoc,
    )


def result_of(enrollment: Enrollment) -> SubjectResult:
    return SubjectResult.objects.get(record__enrollment=enrollment, subject_code="toan")
