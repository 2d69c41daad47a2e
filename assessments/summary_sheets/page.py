"""What the page of a summary sheet shows beside the sheet itself."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.links import class_period_url
from assessments.sheet_page import Notice
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from assessments.workflow import Status
from schools.models import SchoolClass

STATUS_OF_STATE = {
    SheetState.DRAFT: "draft",
    SheetState.SUBMITTED: Status.SUBMITTED,
    SheetState.UNDER_REVIEW: Status.REOPENED,
    SheetState.SIGNED_OFF: Status.SIGNED_OFF,
}

Link = dict[str, str | bool]


@dataclass(frozen=True)
class SummaryPage:
    """`grade_level` is the one that was asked for; `can_report` to the ministry's database."""

    sheet: SummarySheet
    school_class: SchoolClass
    grade_levels: list[int]
    grade_level: int | None = None
    can_report: bool = False

    @property
    def title(self) -> str:
        return _("Bảng tổng hợp lớp %(name)s") % {"name": self.sheet.class_name}

    @property
    def lead(self) -> str:
        return " · ".join([self.sheet.period_name, self.sheet.school_year, self.sheet.school_name])

    @property
    def status(self) -> str:
        return STATUS_OF_STATE[self.sheet.state]

    @property
    def period(self) -> str:
        return self.sheet.period

    @property
    def query(self) -> str:
        """What its files are asked with."""
        return f"?grade={self.grade_level}" if self.grade_level is not None else ""

    @property
    def crumbs(self) -> list[Link]:
        class_title = _("Lớp %(name)s, %(period)s") % {
            "name": self.sheet.class_name,
            "period": self.sheet.period_name,
        }
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": class_title, "url": class_period_url(self.school_class, self.period)},
            {"label": _("Bảng tổng hợp"), "url": ""},
        ]

    @property
    def sections(self) -> list[Link]:
        """The grades of a multi-grade class."""
        if len(self.grade_levels) < 2:
            return []
        here = reverse("summary_sheet", args=[self.school_class.pk, self.period])
        whole: Link = {
            "label": _("Cả lớp"),
            "url": here,
            "is_current": self.grade_level is None,
        }
        return [whole, *(self._section(here, grade) for grade in self.grade_levels)]

    def _section(self, here: str, grade_level: int) -> Link:
        return {
            "label": _("Khối %(grade)s") % {"grade": grade_level},
            "url": f"{here}?grade={grade_level}",
            "is_current": grade_level == self.grade_level,
        }

    @property
    def headed_grades(self) -> list[tuple[str, GradeSheet]]:
        return [(grade_heading(self.sheet, grade), grade) for grade in self.sheet.grades]

    @property
    def notice(self) -> Notice | None:
        sentences = {
            SheetState.DRAFT: (
                _("Kết quả chưa được gửi lên hiệu trưởng."),
                _("Bản in mang dấu BẢN NHÁP."),
            ),
            SheetState.SUBMITTED: (
                _("Kết quả đã gửi, chờ hiệu trưởng ký duyệt."),
                _("Bản in mang dấu CHỜ KÝ DUYỆT."),
            ),
            SheetState.UNDER_REVIEW: (
                _("Kết quả đã ký duyệt, có học sinh đang được xem lại."),
                _("Bản in mang dấu ĐANG XEM LẠI."),
            ),
        }
        if self.sheet.state not in sentences:
            return None
        title, text = sentences[self.sheet.state]
        return Notice(text, tone="waiting", icon_name="draft", title=title)


def grade_heading(sheet: SummarySheet, grade: GradeSheet) -> str:
    words = {"number": grade.form_number, "grade": grade.grade_level}
    if sheet.is_multigrade:
        return _("Khối %(grade)s (mẫu %(number)s)") % words
    return _("Mẫu %(number)s") % words
