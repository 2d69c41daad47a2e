"""What a row's class and status mean for the pupil's enrolments."""

import datetime
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.cell_values import read_class_name
from exchange.student_entries import End, Start, StudentEntry
from schools.models import SchoolClass, SchoolYear
from students.ministry_codes import StudentStatus
from students.models import Enrollment, EntryReason, ExitReason

Classes = Mapping[str, SchoolClass]


class Misplaced(ValueError):
    """The sentence says which cell of the row to change."""


def classes_by_name(school_year: SchoolYear) -> dict[str, SchoolClass]:
    classes = school_year.classes.select_related("school_year")
    return {read_class_name(school_class.name): school_class for school_class in classes}


def place(entry: StudentEntry, school_year: SchoolYear, classes: Classes) -> None:
    """Sets what starts and what ends, or a remark when the row is to be left alone."""
    _check_is_not_ahead(entry.enrollment, school_year)
    if entry.status is None or entry.status.is_studying:
        _place_studying(entry, school_year, classes)
    else:
        _place_leaving(entry, entry.status)


def _check_is_not_ahead(current: Enrollment | None, school_year: SchoolYear) -> None:
    if current and current.school_class.school_year.first_year > school_year.first_year:
        raise Misplaced(
            _("Học sinh đang học lớp %(name)s năm học %(year)s, sau năm học của tệp này.")
            % {"name": current.school_class.name, "year": current.school_class.school_year.name}
        )


def _place_studying(entry: StudentEntry, school_year: SchoolYear, classes: Classes) -> None:
    current = entry.enrollment
    school_class = _find_class(entry, school_year, classes)
    grade_level = _grade_level(entry, school_class)
    if current and current.school_class_id == school_class.pk:
        _check_same_grade(current, grade_level)
        return
    if current and current.school_class.school_year_id == school_year.pk:
        raise Misplaced(
            _(
                "Học sinh đang học lớp %(old)s. Chuyển lớp trong năm không làm được bằng tệp này: "
                "hãy ghi lại lớp %(old)s ở đây."
            )
            % {"old": current.school_class.name}
        )
    enrolled_on = _first_day(entry, school_year)
    _check_comes_after_the_past(entry, enrolled_on)
    if current:
        last_day = max(current.school_class.school_year.ends_on, current.enrolled_on)
        entry.end = End(last_day, ExitReason.YEAR_ENDED)
    reason = entry.status.entry_reason if entry.status else EntryReason.ENROLLED
    entry.start = Start(school_class, grade_level, enrolled_on, reason)


def _find_class(entry: StudentEntry, school_year: SchoolYear, classes: Classes) -> SchoolClass:
    if not entry.class_name:
        raise Misplaced(_("Hãy ghi lớp của học sinh."))
    if school_class := classes.get(read_class_name(entry.class_name)):
        return school_class
    raise Misplaced(
        _("Năm học %(year)s không có lớp «%(name)s». Hãy tạo lớp trước hoặc sửa tên lớp.")
        % {"year": school_year.name, "name": entry.class_name}
    )


def _grade_level(entry: StudentEntry, school_class: SchoolClass) -> int:
    given = entry.grade_level
    if given is None and school_class.is_multigrade:
        current = entry.enrollment
        if current and current.school_class_id == school_class.pk:
            return current.grade_level
        raise Misplaced(
            _("Lớp %(name)s là lớp ghép. Hãy ghi khối của học sinh vào cột «Khối».")
            % {"name": school_class.name}
        )
    if given is not None and given not in school_class.grade_levels:
        raise Misplaced(
            _("Lớp %(name)s không có khối %(grade)s.") % {"name": school_class.name, "grade": given}
        )
    return given or school_class.lowest_grade


def _check_same_grade(current: Enrollment, grade_level: int) -> None:
    if current.grade_level != grade_level:
        raise Misplaced(
            _("Học sinh đang học khối %(grade)s. Đổi khối trong năm không làm được bằng tệp này.")
            % {"grade": current.grade_level}
        )


def _first_day(entry: StudentEntry, school_year: SchoolYear) -> datetime.date:
    """Who is there from the start, or came in summer, is enrolled when the year begins."""
    status, day = entry.status, entry.status_on
    if status is None or status.entry_reason == EntryReason.ENROLLED:
        return school_year.starts_on
    if day is None and status.is_in_summer:
        return school_year.starts_on
    if day is None:
        raise Misplaced(
            _("Hãy ghi ngày học sinh vào lớp ở cột «Ngày nhập trạng thái» (%(status)s).")
            % {"status": status.name}
        )
    if day > school_year.ends_on:
        raise Misplaced(_("Ngày nhập trạng thái nằm sau năm học %(year)s.") % {"year": school_year})
    return max(day, school_year.starts_on)


def _check_comes_after_the_past(entry: StudentEntry, enrolled_on: datetime.date) -> None:
    left_on = max((past.ended_on for past in entry.past if past.ended_on), default=None)
    if left_on and left_on >= enrolled_on:
        raise Misplaced(
            _(
                "Học sinh đã rời lớp ngày %(day)s. Nếu em đã trở lại, hãy ghi trạng thái "
                "«Nghỉ học xin học lại» hoặc «Chuyển đến» và một ngày sau ngày ấy."
            )
            % {"day": left_on.strftime("%d/%m/%Y")}
        )


def _place_leaving(entry: StudentEntry, status: StudentStatus) -> None:
    current, day = entry.enrollment, entry.status_on
    if current is None:
        entry.remark = _("Học sinh không còn học ở trường nên không nhập.")
        return
    if day is None:
        raise Misplaced(
            _("Hãy ghi ngày học sinh rời trường ở cột «Ngày nhập trạng thái» (%(status)s).")
            % {"status": status.name}
        )
    if not current.enrolled_on <= day <= timezone.localdate():
        raise Misplaced(
            _("Ngày rời trường phải từ ngày vào lớp (%(first)s) đến hôm nay.")
            % {"first": current.enrolled_on.strftime("%d/%m/%Y")}
        )
    last_day = max(current.school_class.school_year.ends_on, current.enrolled_on)
    entry.end = End(min(day, last_day), status.exit_reason)
