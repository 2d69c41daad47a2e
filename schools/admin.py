"""Reference data only: results and report cards are not registered anywhere."""

from django.contrib import admin

from audit.admin import AuditedInline, AuditedModelAdmin
from schools.models import (
    Department,
    HomeroomAssignment,
    PeriodWindow,
    School,
    SchoolClass,
    SchoolYear,
    StaffMember,
    StaffRole,
    SubjectOffering,
    TeachingAssignment,
)


@admin.register(Department)
class DepartmentAdmin(AuditedModelAdmin):
    list_display = ["code", "name"]


@admin.register(School)
class SchoolAdmin(AuditedModelAdmin):
    list_display = ["name", "ministry_code", "department"]
    search_fields = ["name", "ministry_code"]


class PeriodWindowInline(AuditedInline):
    model = PeriodWindow


@admin.register(SchoolYear)
class SchoolYearAdmin(AuditedModelAdmin):
    list_display = ["__str__", "school", "ruleset_key"]
    list_filter = ["school"]
    inlines = [PeriodWindowInline]


class StaffRoleInline(AuditedInline):
    model = StaffRole


@admin.register(StaffMember)
class StaffMemberAdmin(AuditedModelAdmin):
    list_display = ["full_name", "position_title", "school"]
    list_filter = ["school"]
    search_fields = ["search_key", "full_name"]
    autocomplete_fields = ["user"]
    inlines = [StaffRoleInline]


class HomeroomAssignmentInline(AuditedInline):
    model = HomeroomAssignment
    autocomplete_fields = ["staff_member"]


class SubjectOfferingInline(AuditedInline):
    model = SubjectOffering


@admin.register(SchoolClass)
class SchoolClassAdmin(AuditedModelAdmin):
    list_display = ["name", "school_year", "lowest_grade", "highest_grade"]
    list_filter = ["school_year__school", "school_year__first_year"]
    inlines = [HomeroomAssignmentInline, SubjectOfferingInline]


class TeachingAssignmentInline(AuditedInline):
    model = TeachingAssignment
    autocomplete_fields = ["staff_member"]


@admin.register(SubjectOffering)
class SubjectOfferingAdmin(AuditedModelAdmin):
    list_display = ["school_class", "grade_level", "subject_code"]
    list_filter = ["school_class__school_year__school", "subject_code"]
    inlines = [TeachingAssignmentInline]
