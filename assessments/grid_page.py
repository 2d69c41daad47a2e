"""A grid with what stands around it on its page: where it belongs, what locks it, what is wrong."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.grid import Column, Grid, Outcome
from assessments.forms.shown_rows import ErrorEntry, ShownRow, shown_rows
from assessments.grids import PeriodSheet
from assessments.links import class_period_url
from assessments.offers import who_and_when
from assessments.workflow import Status


@dataclass(frozen=True)
class Notice:
    text: str
    tone: str = "accent"
    icon_name: str = "info"
    title: str = ""


@dataclass
class GridPage:
    grid: Grid
    title: str
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def sheet(self) -> PeriodSheet:
        return self.grid.sheet

    @property
    def crumbs(self) -> list[dict[str, str]]:
        school_class = self.sheet.school_class
        label = _("Lớp %(name)s, %(period)s") % {
            "name": school_class.name,
            "period": self.sheet.time.name,
        }
        return [
            {"label": _("Bàn làm việc"), "url": "/"},
            {"label": label, "url": self.class_url},
            {"label": self.title, "url": ""},
        ]

    @property
    def lead(self) -> str:
        return _("Lớp %(name)s · %(period)s · %(time)s") % {
            "name": self.sheet.school_class.name,
            "period": self.sheet.time.name,
            "time": self.sheet.time.time_left,
        }

    @property
    def class_url(self) -> str:
        return class_period_url(self.sheet.school_class, self.sheet.period)

    @cached_property
    def rows(self) -> list[ShownRow]:
        return shown_rows(self.grid, self.outcome)

    @property
    def columns(self) -> list[Column]:
        return self.grid.columns

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The headings over neighbouring columns, with how many each spans."""
        groups: list[tuple[str, int]] = []
        for column in self.columns:
            if groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1] + 1)
            else:
                groups.append((column.group, 1))
        return groups if any(label for label, _span in groups) else []

    @property
    def column_count(self) -> int:
        return len(self.columns) + 3  # number, name and state stand around them

    @cached_property
    def error_entries(self) -> list[ErrorEntry]:
        refusal = [ErrorEntry("", self.outcome.refusal, "")] if self.outcome.refusal else []
        return [*refusal, *(entry for row in self.rows for entry in row.error_entries)]

    @property
    def saved_sentence(self) -> str:
        saved = self.outcome.saved
        left = len(self.error_entries)
        return _("%(saved)s; %(left)s.") % {
            "saved": ngettext("Đã lưu %(n)s học sinh", "Đã lưu %(n)s học sinh", saved)
            % {"n": saved},
            "left": ngettext("còn %(n)s ô cần sửa", "còn %(n)s ô cần sửa", left) % {"n": left},
        }

    @property
    def unfilled_count(self) -> int:
        return sum(row.state == "missing" for row in self.rows)

    @property
    def lock(self) -> dict[str, str] | None:
        """Who locked the class, when, and what to do; nothing while it is open."""
        class_period = self.sheet.class_period
        if class_period is None or class_period.is_editable:
            return None
        steps = {
            Status.SUBMITTED: _("Cần sửa thì xin hiệu trưởng trả lại lớp."),
            Status.SIGNED_OFF: _("Cần sửa thì đề nghị mở lại, kèm lý do, ở trang của lớp."),
        }
        if any(row.is_writable for row in self.rows):
            next_step = _("Em được mở lại thì vẫn sửa được ở bảng này.")
        else:
            next_step = steps[Status(class_period.status)]
        return {"sentence": who_and_when(class_period), "next_step": next_step}

    @property
    def notices(self) -> list[Notice]:
        found = [self._reason_notice(), self._time_notice(), self._reader_notice()]
        return [notice for notice in found if notice]

    def _reason_notice(self) -> Notice | None:
        class_period = self.sheet.class_period
        if class_period is None or class_period.status not in {Status.RETURNED, Status.REOPENED}:
            return None
        return Notice(
            title=who_and_when(class_period),
            text=_("“%(reason)s”") % {"reason": class_period.status_reason},
            tone="attention",
            icon_name="return",
        )

    def _time_notice(self) -> Notice | None:
        time = self.sheet.time
        if not time.has_opened:
            return Notice(
                text=_("Chưa nhập được: %(time)s.") % {"time": time.time_left},
                tone="waiting",
                icon_name="clock",
            )
        if time.is_over and self.grid.has_writable_rows:
            return Notice(
                text=_("%(late)s; vẫn nhập được, và lần lưu ghi rõ ngày giờ.")
                % {"late": capfirst(time.time_left)},
                tone="waiting",
                icon_name="clock",
            )
        return None

    def _reader_notice(self) -> Notice | None:
        if self.grid.may_write:
            return None
        return Notice(text=_("Thầy/cô xem được bảng này; người được phân công mới nhập được."))
