from collections import Counter

import pytest
from django.db.models import Q

from assessments.models import ClassPeriod, YearDecision
from assessments.workflow import Status
from audit.models import AuditEvent
from exchange.models import ImportBatch, ImportRow, Outcome
from hocba.demo.pupils import UNASSIGNED_PROVINCE
from rulesets import Period
from schools.models import Role, StaffMember
from students.models import Enrollment, ExitReason, Student
from tests.hocba.demo.seeded.conftest import TODAY

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


def test_each_year_has_classes_of_all_five_grades(running, past):
    for year in (running, past):
        assert {row.lowest_grade for row in year.classes.all()} == {1, 2, 3, 4, 5}


def test_one_class_of_the_running_year_is_multi_grade(running):
    [multi_grade] = [row for row in running.classes.all() if row.is_multigrade]
    grades = multi_grade.enrollments.values_list("grade_level", flat=True)
    assert Counter(grades) == {4: 3, 5: 1}


def test_every_class_of_both_years_has_pupils(running, past):
    for school_class in [*running.classes.all(), *past.classes.all()]:
        assert school_class.enrollments.exists(), school_class


def test_the_running_year_holds_the_pupils_asked_for(running):
    current = Enrollment.objects.current().filter(school_class__school_year=running)
    assert current.count() == 2 * 5 * 4


def test_every_class_of_the_running_year_has_a_homeroom_teacher(running):
    for school_class in running.classes.all():
        assert school_class.homeroom_assignments.filter(ended_on=None).count() == 1


def test_every_subject_is_taught_by_somebody(running):
    for school_class in running.classes.all():
        open_assignment = Q(teaching_assignments__ended_on=None)
        taught = school_class.subject_offerings.filter(
            open_assignment, teaching_assignments__isnull=False
        )
        assert taught.count() == school_class.subject_offerings.count()


def test_every_role_is_held(school):
    held = {role for member in school.staff_members.all() for role in member.roles_on(TODAY)}
    assert held == set(Role)


def test_all_pupils_came_through_the_importer(school):
    enrollments = Enrollment.objects.for_school(school)
    assert enrollments.exists()
    assert not enrollments.filter(started_by_rows=None).exists()


def test_each_year_was_one_confirmed_import(running, past):
    for year in (running, past):
        batch = ImportBatch.objects.in_force().get(school_year=year)
        assert batch.file_name == f"C1-HocSinh-{year.name}.xlsx"


def test_the_importer_refused_no_row(school):
    assert not ImportRow.objects.filter(outcome=Outcome.REFUSED).exists()


def test_pupils_keep_their_file_from_year_to_year(running, past):
    both = Student.objects.filter(enrollments__school_class__school_year=running).filter(
        enrollments__school_class__school_year=past
    )
    assert both.count() == 4 * 2 * 4


def test_last_years_enrolments_ended_with_the_year(past):
    ends = Enrollment.objects.filter(school_class__school_year=past).values_list(
        "ended_on", "exit_reason"
    )
    assert set(ends) == {(past.ends_on, ExitReason.YEAR_ENDED)}


def test_last_years_periods_are_all_signed_off(past):
    periods = ClassPeriod.objects.filter(school_class__school_year=past)
    assert periods.count() == past.classes.count() * 4
    assert set(periods.values_list("status", flat=True)) == {Status.SIGNED_OFF}


def test_last_years_results_are_decided(past):
    enrollments = Enrollment.objects.filter(school_class__school_year=past)
    decided = YearDecision.objects.filter(enrollment__in=enrollments)
    assert decided.count() == enrollments.count()


def test_the_third_period_is_open_today(running):
    [window] = running.period_windows.open_on(TODAY)
    assert window.period == Period.MID_TERM_2


def test_hhen_nie_is_a_pupil(school):
    hhen = Student.objects.for_school(school).get(full_name="H'Hen Niê")
    assert (hhen.ethnicity_name, hhen.search_key) == ("Ê-đê", "hhen nie")


def test_several_ethnic_groups_are_at_school(school):
    groups = Student.objects.for_school(school).values_list("ethnicity_code", flat=True)
    assert {"01", "12"} < set(groups)


def test_no_personal_id_is_a_real_persons(school):
    issued = Student.objects.exclude(personal_id=None)
    assert not issued.exclude(personal_id__startswith=UNASSIGNED_PROVINCE).exists()


def test_everybody_in_post_can_log_in(school):
    assert not StaffMember.objects.filter(user=None).exists()


def test_the_history_reads_as_if_it_had_happened_then(school, past):
    times = AuditEvent.objects.values_list("at", flat=True)
    assert min(times).date() < past.starts_on
    assert max(times).date() < TODAY


def test_uploads_bear_the_day_of_their_year(running, past):
    for year in (running, past):
        batch = ImportBatch.objects.get(school_year=year)
        assert batch.uploaded_at.date() == batch.confirmed_at.date() == year.starts_on


def test_accounts_are_as_old_as_the_school(school, past):
    joined = {member.acting_user.date_joined.date() for member in school.staff_members.all()}
    assert max(joined) < past.starts_on
