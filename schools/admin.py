"""Reference data only: results and report cards are not registered anywhere."""

from django.contrib import admin

from audit.admin import AuditedModelAdmin
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


class PeriodWindowInline(admin.TabularInline):
    model = PeriodWindow
    extra = 0


@admin.register(SchoolYear)
class SchoolYearAdmin(AuditedModelAdmin):
    list_display = ["__str__", "school", "ruleset_key"]
    list_filter = ["school"]
    inlines = [PeriodWindowInline]


class StaffRoleInline(admin.TabularInline):
    model = StaffRole
    extra = 0


@admin.register(StaffMember)
class StaffMemberAdmin(AuditedModelAdmin):
    list_display = ["full_name", "position_title", "school"]
    list_filter = ["school"]
    search_fields = ["search_key", "full_name"]
    autocomplete_fields = ["user"]
    inlines = [StaffRoleInline]


class HomeroomAssignmentInline(admin.TabularInline):
    model = HomeroomAssignment
    autocomplete_fields = ["staff_member"]
    extra = 0


class SubjectOfferingInline(admin.TabularInline):
    model = SubjectOffering
    extra = 0


@admin.register(SchoolClass)
class SchoolClassAdmin(AuditedModelAdmin):
    list_display = ["name", "school_year", "lowest_grade", "highest_grade"]
    list_filter = ["school_year__school", "school_year__first_year"]
    inlines = [HomeroomAssignmentInline, SubjectOfferingInline]


class TeachingAssignmentInline(admin.TabularInline):
    model = TeachingAssignment
    autocomplete_fields = ["staff_member"]
    extra = 0


@admin.register(SubjectOffering)
class SubjectOfferingAdmin(AuditedModelAdmin):
    list_display = ["school_class", "grade_level", "subject_code"]
    list_filter = ["school_class__school_year__school", "subject_code"]
    inlines = [TeachingAssignmentInline]
