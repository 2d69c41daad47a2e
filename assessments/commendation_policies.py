"""When a pupil may be commended, and on which days, whoever asks (Điều 13)."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.commendation_workflow import CommendationStep, can_take, commendation_transition
from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.models import Commendation
from schools.models import SchoolClass, SchoolYear
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet


def pupils_to_commend(school_class: SchoolClass) -> EnrollmentQuerySet:
    """Of today, or of the last day of a year that is over."""
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    return (
        Enrollment.objects.filter(school_class=school_class)
        .enrolled_on_day(day)
        .select_related("student", "school_class__school_year__school")
        .in_roll_order()
    )


def check_pupil_can_be_commended(enrollment: Enrollment) -> None:
    """At any time of the school year, which lasts for entries until its summer is over."""
    year = enrollment.school_class.school_year
    if timezone.localdate() > year.last_day_for_entries:
        raise StepNotAllowed(
            _("Năm học %(year)s đã kết thúc nên không khen thưởng thêm được.") % {"year": year.name}
        )
    if not pupils_to_commend(enrollment.school_class).filter(pk=enrollment.pk).exists():
        raise NotOnRoster(_("Em không còn học ở lớp này; hãy tải lại trang."))


def check_day_of_school_year(school_year: SchoolYear, day: datetime.date) -> None:
    if day > timezone.localdate():
        raise InvalidEntry(_("Ngày không thể ở sau hôm nay."))
    if not school_year.starts_on <= day <= school_year.last_day_for_entries:
        raise InvalidEntry(
            _("Ngày phải thuộc năm học, từ %(first)s đến %(last)s.")
            % {
                "first": date_format(school_year.starts_on),
                "last": date_format(school_year.last_day_for_entries),
            }
        )


def check_commendation_step(
    commendation: Commendation, step: CommendationStep, reason: str
) -> None:
    if not can_take(step, kind=commendation.kind, status=commendation.status):
        raise StepNotAllowed(
            _("Khen thưởng này vừa thay đổi nên chưa làm được gì; hãy tải lại trang.")
        )
    if commendation_transition(step).needs_reason and not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do."))


def check_text_present(text: str, sentence: Promise) -> None:
    if not text.strip():
        raise InvalidEntry(sentence)
