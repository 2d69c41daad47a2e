"""The page on which a leader gives more time: for whom it may be, and what was asked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.calendar import period_name
from assessments.forms.extensions import EVERYBODY
from assessments.links import class_period_url
from assessments.models import ExtensionRequest
from assessments.teachers import ClassTeachers, teachers_of
from schools.models import PeriodWindow, SchoolClass, StaffMember

LONGEST_KEY = 18  # digits; what is longer is no key


@dataclass(frozen=True)
class ExtensionPage:
    school_class: SchoolClass
    window: PeriodWindow
    teachers: list[StaffMember]
    homeroom: StaffMember | None
    asked: ExtensionRequest | None

    @property
    def _words(self) -> dict[str, str]:
        return {"name": self.school_class.name, "period": period_name(self.window.period)}

    @property
    def title(self) -> str:
        return _("Gia hạn lớp %(name)s, %(period)s") % self._words

    @property
    def lead(self) -> str:
        if self.asked is None:
            return _("Nhập muộn được ghi lại: lịch sử và trang ký duyệt đều nói rõ.")
        return _("%(by)s đề nghị: “%(reason)s”") % {
            "by": self.asked.asked_by.full_name,
            "reason": self.asked.reason,
        }

    @property
    def button(self) -> str:
        return _("Gia hạn lớp %(name)s") % self._words

    @property
    def granted_sentence(self) -> str:
        return _("Đã gia hạn lớp %(name)s.") % self._words

    @property
    def back_url(self) -> str:
        return class_period_url(self.school_class, self.window.period)

    @property
    def initial(self) -> dict[str, Any]:
        """What was asked for; a homeroom teacher asks for her class."""
        if self.asked is None:
            return {}
        asking = next((row for row in self.teachers if row.user_id == self.asked.asked_by_id), None)
        teacher = EVERYBODY if asking is None or asking == self.homeroom else asking.pk
        return {"reason": self.asked.reason, "teacher": teacher}


def extension_page(school_class: SchoolClass, window: PeriodWindow, *, asked: str) -> ExtensionPage:
    """`asked` is the request's key as the address has it; anything else means none."""
    teachers = teachers_of([school_class], school_class.school_year.ends_on)
    return ExtensionPage(
        school_class=school_class,
        window=window,
        teachers=_everybody(teachers, school_class),
        homeroom=teachers.homeroom.get(school_class.pk),
        asked=_asked(school_class, window.period, asked),
    )


def _everybody(teachers: ClassTeachers, school_class: SchoolClass) -> list[StaffMember]:
    """The homeroom teacher first, each once."""
    homeroom = teachers.homeroom.get(school_class.pk)
    of_subjects = [row for rows in teachers.by_subject.values() for row in rows]
    return list(dict.fromkeys([*([homeroom] if homeroom else []), *of_subjects]))


def _asked(school_class: SchoolClass, period: str, pk: str) -> ExtensionRequest | None:
    if not pk.isdecimal() or len(pk) > LONGEST_KEY:
        return None
    pending = ExtensionRequest.objects.pending().filter(
        class_period__school_class=school_class, class_period__period=period, pk=int(pk)
    )
    return pending.select_related("asked_by").first()
