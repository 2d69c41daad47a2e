"""A teacher's desk: what she owes, what came back and why, and her homeroom classes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.calendar import PeriodInTime, late_by
from assessments.class_subjects import offered_subject_name
from assessments.completeness import Kind
from assessments.grid_rows import GridRow, grid_rows
from assessments.links import class_period_url, grid_url
from assessments.models import ClassPeriod, ExtensionRequest, PeriodRecord, Retest
from assessments.offers import who_and_when
from assessments.progress import ClassProgress, PartProgress, progress_of
from assessments.retest_page import ShownRetest
from assessments.standing import (
    Unfinished,
    answered_retests,
    pupils_with_teachers,
    unfinished,
)
from assessments.supplementary import SummerCase, summers_with_teachers
from assessments.teachers import subjects_taught_by, teachers_of
from assessments.wording import missing_in_words
from assessments.workflow import EDITABLE, Status
from schools.models import SchoolClass, StaffMember
from schools.permissions import homeroom_classes, taught_classes

CAME_BACK = frozenset({Status.RETURNED, Status.REOPENED})


@dataclass(frozen=True)
class WorkRow:
    """One row of the desk: a class and subject, or something that came back."""

    title: str
    status: str
    url: str
    url_label: str
    missing: str = ""
    done: int = 0
    total: int = 0
    saved_at: datetime.datetime | None = None
    returned_reason: str = ""
    returned_by: str = ""


@dataclass(frozen=True)
class HomeroomClass:
    progress: ClassProgress
    tile_groups: list[dict[str, object]]

    @property
    def school_class(self) -> SchoolClass:
        return self.progress.school_class

    @property
    def class_period(self) -> ClassPeriod:
        return self.progress.class_period

    @property
    def can_be_submitted(self) -> bool:
        return self.class_period.is_editable and self.progress.is_complete

    @property
    def url(self) -> str:
        return class_period_url(self.school_class, self.class_period.period)


@dataclass(frozen=True)
class TeacherDesk:
    moment: PeriodInTime
    came_back: list[WorkRow]
    rows: list[WorkRow]
    homeroom: list[HomeroomClass]

    @property
    def is_empty(self) -> bool:
        return not (self.came_back or self.rows or self.homeroom)


def teacher_desk(staff: StaffMember, moment: PeriodInTime) -> TeacherDesk:
    own = {row.pk for row in homeroom_classes(staff).filter(school_year=moment.school_year)}
    taught = taught_classes(staff).filter(school_year=moment.school_year)
    classes = list(
        SchoolClass.objects.for_school(staff.school)
        .filter(pk__in=own | {row.pk for row in taught})
        .select_related("school_year")
        .in_order()
    )
    progress = progress_of(classes, school_year=moment.school_year, period=moment.period)
    return TeacherDesk(
        moment=moment,
        came_back=[
            *_retests(staff, classes, moment),
            *_came_back(staff, classes, own, moment),
            *_summers([row for row in classes if row.pk in own]),
        ],
        rows=_rows(staff, progress, moment),
        homeroom=_homeroom(progress, own, moment),
    )


def _came_back(
    staff: StaffMember, classes: Sequence[SchoolClass], own: set[int], moment: PeriodInTime
) -> list[WorkRow]:
    """Returned or reopened work of earlier periods, single pupils, and what is late."""
    late = unfinished(classes, school_year=moment.school_year, today=moment.today)
    asked = _asked_for_extension(staff, classes) if late else set()
    return [
        *(_pupil_row(record) for record in pupils_with_teachers(classes)),
        *(
            _late_row(row, has_asked=row.class_period.pk in asked)
            for row in late
            if row.class_period.period != moment.period
            and (row.class_period.status in CAME_BACK or row.school_class.pk in own)
        ),
    ]


def _retests(
    staff: StaffMember, classes: Sequence[SchoolClass], moment: PeriodInTime
) -> list[WorkRow]:
    answered = answered_retests(staff, classes, school_year=moment.school_year)
    return [_retest_row(retest) for retest in answered]


def _retest_row(retest: Retest) -> WorkRow:
    shown = ShownRetest(retest, is_named_fully=True)
    by = retest.answered_by.full_name if retest.answered_by else ""
    return WorkRow(
        title=shown.title,
        status=retest.status,
        missing=_("Kiểm tra lại"),
        url=reverse("retest_score", args=[retest.pk]) if retest.is_agreed else shown.url,
        url_label=_("Ghi điểm kiểm tra lại") if retest.is_agreed else _("Xem"),
        returned_reason=retest.closing_reason,
        returned_by=by if retest.closing_reason else "",
    )


def _summers(homeroom: Sequence[SchoolClass]) -> list[WorkRow]:
    return [_summer_row(case) for case in summers_with_teachers(homeroom)]


def _summer_row(case: SummerCase) -> WorkRow:
    school_class, assessment = case.enrollment.school_class, case.assessment
    names = {"name": case.enrollment.student.full_name, "class": school_class.name}
    title = _("Em %(name)s, lớp %(class)s · đánh giá bổ sung") % names
    if assessment is None:
        url = reverse("supplementary_plan", args=[school_class.pk, case.enrollment.pk])
        return WorkRow(title, "missing", url, _("Lập kế hoạch"))
    return WorkRow(
        title=title,
        status=case.status,
        url=reverse("supplementary_assessment", args=[assessment.pk]),
        url_label=_("Ghi kết quả"),
        returned_reason=assessment.record.status_reason,
    )


def _pupil_row(record: PeriodRecord) -> WorkRow:
    class_period = record.class_period
    return WorkRow(
        title=_("Em %(name)s, %(class)s · %(period)s")
        % {
            "name": record.enrollment.student.full_name,
            "class": class_period.school_class.name,
            "period": class_period.get_period_display(),
        },
        status=record.status,
        url=class_period_url(class_period.school_class, class_period.period),
        url_label=_("Đến lớp %(name)s") % {"name": class_period.school_class.name},
        returned_reason=record.status_reason,
    )


def _asked_for_extension(staff: StaffMember, classes: Sequence[SchoolClass]) -> set[int]:
    """The term records for which her request still waits."""
    pending = ExtensionRequest.objects.pending().filter(
        asked_by=staff.user, class_period__school_class__in=classes
    )
    return set(pending.values_list("class_period", flat=True))


def _late_row(row: Unfinished, *, has_asked: bool) -> WorkRow:
    """What she does about it stands on the class's page: hand in, or ask for more time."""
    class_period = row.class_period
    has_come_back = class_period.status in CAME_BACK
    waits = [_("đã đề nghị gia hạn, đang chờ trả lời")] if has_asked else []
    return WorkRow(
        title=f"{row.school_class.name} · {row.period_name}",
        status=class_period.status if has_come_back else "late",
        missing=" · ".join([late_by(row.days_late), *waits]),
        url=class_period_url(row.school_class, class_period.period),
        url_label=_("Đến lớp %(name)s") % {"name": row.school_class.name},
        returned_reason=class_period.status_reason if has_come_back else "",
        returned_by=who_and_when(class_period) if has_come_back else "",
    )


def _rows(
    staff: StaffMember, progress: Sequence[ClassProgress], moment: PeriodInTime
) -> list[WorkRow]:
    """Returned classes first, then what still lacks something, each class's subjects together."""
    taught = subjects_taught_by(
        staff, [row.school_class for row in progress], moment.school_year.ends_on
    )
    rows = []
    for row in sorted(progress, key=_urgency):
        codes = [code for code in row.subjects if (row.school_class.pk, code) in taught]
        rows += [_work_row(row, code, moment, is_first=code == codes[0]) for code in codes]
    return rows


def _urgency(progress: ClassProgress) -> int:
    if progress.class_period.status in CAME_BACK:
        return 0
    return 1 if progress.class_period.status in EDITABLE else 2


def _work_row(
    progress: ClassProgress, code: str, moment: PeriodInTime, *, is_first: bool
) -> WorkRow:
    school_class, class_period = progress.school_class, progress.class_period
    part = progress.subjects[code]
    says_why = is_first and class_period.status in CAME_BACK
    return WorkRow(
        title=f"{school_class.name} · {offered_subject_name(school_class, code)}",
        status=_status(class_period, part, moment),
        done=part.done,
        total=part.total,
        missing=missing_in_words(part.missing) if part.saved_at else _("Chưa nhập"),
        saved_at=part.saved_at,
        url=grid_url(school_class, class_period.period, Kind.SUBJECT_LEVEL, code),
        url_label=_url_label(class_period, part, moment),
        returned_reason=class_period.status_reason if says_why else "",
        returned_by=who_and_when(class_period) if says_why else "",
    )


def _status(class_period: ClassPeriod, part: PartProgress, moment: PeriodInTime) -> str:
    if class_period.status != Status.OPEN or part.is_complete:
        return class_period.status
    if moment.is_over:
        return "late"
    return Status.OPEN if part.saved_at else "missing"


def _url_label(class_period: ClassPeriod, part: PartProgress, moment: PeriodInTime) -> str:
    """After closing the grid itself says whether she has more time, and where to ask."""
    is_closed = class_period.status == Status.OPEN and moment.is_over
    if class_period.status not in EDITABLE or is_closed:
        return _("Xem")
    if class_period.status in CAME_BACK:
        return _("Sửa lại")
    if part.saved_at is None:
        return _("Bắt đầu nhập")
    return _("Xem lại") if part.is_complete else _("Nhập tiếp")


def _homeroom(
    progress: Sequence[ClassProgress], own: set[int], moment: PeriodInTime
) -> list[HomeroomClass]:
    mine = [row for row in progress if row.school_class.pk in own]
    teachers = teachers_of([row.school_class for row in mine], moment.school_year.ends_on)
    return [
        HomeroomClass(row, _matrix(row.class_period, grid_rows(row, teachers), moment))
        for row in mine
    ]


def _matrix(
    class_period: ClassPeriod, grids: Sequence[GridRow], moment: PeriodInTime
) -> list[dict[str, object]]:
    """Subjects x state; what the homeroom teacher enters herself stands apart."""
    homeroom_name = grids[-1].teachers
    groups = {False: _("Môn học"), True: _("Chủ nhiệm")}
    return [
        {
            "label": label,
            "tiles": [
                _tile(class_period, grid, moment, homeroom_name)
                for grid in grids
                if grid.is_homeroom == is_homeroom
            ],
        }
        for is_homeroom, label in groups.items()
    ]


def _tile(
    class_period: ClassPeriod, grid: GridRow, moment: PeriodInTime, homeroom_name: str
) -> dict[str, str]:
    status = _status(class_period, grid.part, moment)
    is_ready = grid.part.is_complete and class_period.is_editable
    return {
        "label": grid.name,
        "url": grid.url,
        "status": "complete" if is_ready else status,
        "detail": _tile_detail(grid, homeroom_name),
    }


def _tile_detail(grid: GridRow, homeroom_name: str) -> str:
    """Whose it is, unless it is her own."""
    figures = f"{grid.part.done}/{grid.part.total}"
    if grid.teachers == homeroom_name:
        return figures
    return f"{figures} · {grid.teachers or _('chưa phân công')}"
