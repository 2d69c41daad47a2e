from schools.models.classes import (
    ClassKind,
    HomeroomAssignment,
    SchoolClass,
    SubjectOffering,
    TeachingAssignment,
)
from schools.models.school import Department, PeriodWindow, School, SchoolYear
from schools.models.staff import Role, StaffMember, StaffRole

__all__ = [
    "ClassKind",
    "Department",
    "HomeroomAssignment",
    "PeriodWindow",
    "Role",
    "School",
    "SchoolClass",
    "SchoolYear",
    "StaffMember",
    "StaffRole",
    "SubjectOffering",
    "TeachingAssignment",
]
