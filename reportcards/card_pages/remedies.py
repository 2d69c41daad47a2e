"""Who puts right what a card lacks, and on which page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.completeness import Kind
from assessments.links import class_period_url, grid_url
from reportcards.readiness import Readiness
from rulesets import Period
from schools.models import Role, School, SchoolClass, StaffMember
from schools.permissions import has_role, user_sees_all_classes


@dataclass(frozen=True)
class Remedy:
    """Without an address where this reader has no page for it: somebody else does it."""

    who: str
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Whose card lacks it, and who is looking."""

    reading: Readiness
    reader: StaffMember

    @property
    def school_class(self) -> SchoolClass:
        return self.reading.enrollment.school_class

    @property
    def school(self) -> School:
        return self.school_class.school_year.school

    @property
    def shows_results(self) -> bool:
        """A clerk makes cards and reads no results: those pages are somebody else's."""
        return self.reader == self.reading.teacher or user_sees_all_classes(self.reader)


def remedy_for(source: str, place: Place) -> Remedy:
    """`source`: path of the value in the payload, "student.birth_place"."""
    part, _dot, rest = source.partition(".")
    return REMEDIES.get(part, _operator)(place, rest)


def admin_remedy(row: models.Model | None, reader: StaffMember) -> Remedy:
    """Reference data is kept in the administration, by whoever may change it there."""
    who = _("người quản trị")
    if row is None or row.pk is None:
        return Remedy(who)
    label = f"{row._meta.app_label}_{row._meta.model_name}"
    user, permission = reader.acting_user, f"{row._meta.app_label}.change_{row._meta.model_name}"
    if not (user.is_staff and user.has_perm(permission)):
        return Remedy(who)
    return Remedy(who, reverse(f"admin:{label}_change", args=[row.pk]))


def _student(place: Place, _rest: str) -> Remedy:
    who = _("học vụ, từ bảng tính C1-HocSinh")
    if has_role(place.reader, Role.REGISTRAR):
        return Remedy(who, reverse("new_student_import"))
    if user_sees_all_classes(place.reader):
        return Remedy(who, reverse("student", args=[place.reading.enrollment.student_id]))
    return Remedy(who)


def _school(place: Place, _rest: str) -> Remedy:
    return admin_remedy(place.school, place.reader)


def _department(place: Place, _rest: str) -> Remedy:
    return admin_remedy(place.school.department, place.reader)


def _leader(place: Place, _rest: str) -> Remedy:
    return admin_remedy(place.reading.leader, place.reader)


def _homeroom_signer(place: Place, _rest: str) -> Remedy:
    teacher = place.reading.teacher
    return admin_remedy(teacher or place.school_class, place.reader)


def _subjects(place: Place, rest: str) -> Remedy:
    who, code = _("giáo viên môn học"), rest.partition(".")[0]
    known = {subject.code for subject in place.school_class.school_year.ruleset.subjects}
    if not place.shows_results or code not in known:
        return Remedy(who, _class_url(place))
    return Remedy(who, grid_url(place.school_class, Period.END_YEAR, Kind.SUBJECT_LEVEL, code))


def _traits(place: Place, _rest: str) -> Remedy:
    return _homeroom(place, Kind.TRAIT_LEVEL)


def _record(place: Place, _rest: str) -> Remedy:
    return _homeroom(place, Kind.RECORD_FIELD)


def _homeroom(place: Place, kind: Kind) -> Remedy:
    who = _("giáo viên chủ nhiệm")
    if not place.shows_results:
        return Remedy(who)
    return Remedy(who, grid_url(place.school_class, Period.END_YEAR, kind))


def _year_decision(place: Place, _rest: str) -> Remedy:
    return Remedy(_("giáo viên chủ nhiệm"), _class_url(place))


def _class_url(place: Place) -> str:
    if not place.shows_results:
        return ""
    return class_period_url(place.school_class, Period.END_YEAR)


def _operator(_place: Place, _rest: str) -> Remedy:
    return Remedy(_("người vận hành phần mềm"))


REMEDIES: dict[str, Callable[[Place, str], Remedy]] = {
    "student": _student,
    "school": _school,
    "place_of_issue": _school,
    "department": _department,
    "leader": _leader,
    "homeroom_signer": _homeroom_signer,
    "subjects": _subjects,
    "traits": _traits,
    "attendance": _record,
    "body": _record,
    "comments": _record,
    "year_decision": _year_decision,
}


@dataclass(frozen=True)
class Gap:
    """Fields that the same person puts in on the same page."""

    fields: tuple[str, ...]
    remedy: Remedy


def gaps(named: Iterable[tuple[str, Remedy]]) -> list[Gap]:
    """Fields in the order in which they come, those of one remedy together."""
    by_remedy: dict[Remedy, list[str]] = {}
    for field, remedy in named:
        by_remedy.setdefault(remedy, []).append(field)
    return [Gap(tuple(dict.fromkeys(fields)), remedy) for remedy, fields in by_remedy.items()]
