"""What stands around every sheet of a class at a period: where it belongs, what locks it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.grids import PeriodSheet
from assessments.links import class_period_url
from assessments.offers import who_and_when
from assessments.workflow import Status
from schools.models import PeriodWindow


@dataclass(frozen=True)
class Notice:
    text: str
    tone: str = "accent"
    icon_name: str = "info"
    title: str = ""
    url: str = ""
    url_label: str = ""


class SheetPage:
    def __init__(self, sheet: PeriodSheet, title: str, *, may_write: bool) -> None:
        self.sheet = sheet
        self.title = title
        self.may_write = may_write

    @property
    def can_write(self) -> bool:
        """Something on the page can be written now."""
        raise NotImplementedError

    @property
    def class_url(self) -> str:
        return class_period_url(self.sheet.school_class, self.sheet.period)

    @property
    def crumbs(self) -> list[dict[str, str]]:
        words = {"name": self.sheet.school_class.name, "period": self.sheet.time.name}
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Lớp %(name)s, %(period)s") % words, "url": self.class_url},
            {"label": self.title, "url": ""},
        ]

    @property
    def lead(self) -> str:
        words = [
            _("Lớp %(name)s") % {"name": self.sheet.school_class.name},
            self.sheet.time.name,
            *([] if self.lock else [self.sheet.time.time_left]),
        ]
        return " · ".join(words)

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
        reopened = _("Em được mở lại thì vẫn sửa được ở bảng này.")
        next_step = reopened if self.can_write else steps[Status(class_period.status)]
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
        time, window = self.sheet.time, self.sheet.time.window
        if window is None or not time.has_opened:
            text = _("Chưa nhập được: %(time)s.") % {"time": time.time_left}
        elif self.sheet.refusal:
            return self._closed_notice(window)
        elif time.is_over and self.can_write:
            text = _("%(late)s; vẫn nhập được, và lần lưu được ghi là nhập muộn.") % {
                "late": capfirst(time.time_left)
            }
        else:
            return None
        return Notice(text, tone="waiting", icon_name="clock")

    def _closed_notice(self, window: PeriodWindow) -> Notice | None:
        title = _("Bảng này nhập được đến hết ngày %(day)s.") % {
            "day": date_format(window.closes_on)
        }
        if not self.may_write:
            return Notice(_("Giáo viên của lớp có thể đề nghị gia hạn."), "waiting", "clock", title)
        return Notice(
            _("Cần nhập tiếp thì đề nghị hiệu trưởng gia hạn, kèm lý do; đủ rồi thì vẫn gửi được."),
            tone="waiting",
            icon_name="clock",
            title=title,
            url=reverse(
                "class_period_ask_extension", args=[self.sheet.school_class.pk, self.sheet.period]
            ),
            url_label=_("Đề nghị gia hạn"),
        )

    def _reader_notice(self) -> Notice | None:
        if self.may_write:
            return None
        return Notice(_("Thầy/cô xem được bảng này; người được phân công mới nhập được."))
