"""What the state of an import allows, by its sentence."""

import datetime

import pytest

from assessments.models import ClassPeriod, PeriodRecord
from exchange.actions import undo_import
from exchange.errors import ImportNotInForce, ImportNotPending, ImportNotUndoable, NothingToImport
from exchange.permissions import user_can_import
from exchange.policies import check_can_confirm, check_can_undo
from students.models import Enrollment, Student, Transfer
from tests import factories
from tests.exchange.imports import MAY, enrollment_of, imported, row_of, stored, upload

MUA = {**MAY, "ministry_code": "", "personal_id": "066317000002", "full_name": "Nông Thị Mưa"}
LEFT = {"status": "05", "status_on": "20/11/2026"}


def obstacles(batch):
    with pytest.raises(ImportNotUndoable) as refused:
        check_can_undo(batch)
    return str(refused.value)


def pupils(count):
    return [
        {**MUA, "personal_id": f"06631700001{number}", "full_name": f"Mưa {number}"}
        for number in range(count)
    ]


def test_a_pending_import_with_a_new_pupil_can_be_confirmed(cast):
    check_can_confirm(upload(cast, MAY))


def test_one_good_row_among_refused_ones_is_enough(cast):
    check_can_confirm(upload(cast, MAY, {**MUA, "gender": "x"}))


def test_a_confirmed_import_cannot_be_confirmed(cast):
    with pytest.raises(ImportNotPending):
        check_can_confirm(imported(cast, MAY))


def test_an_undone_import_cannot_be_confirmed(cast):
    batch = undo_import(batch=imported(cast, MAY), by=cast.tam)
    with pytest.raises(ImportNotPending):
        check_can_confirm(batch)


def test_refused_rows_alone_are_nothing_to_import(cast):
    with pytest.raises(NothingToImport):
        check_can_confirm(upload(cast, {**MAY, "gender": "x"}))


def test_unchanged_rows_alone_are_nothing_to_import(cast):
    with pytest.raises(NothingToImport):
        check_can_confirm(upload(cast, row_of(cast.anh.student)))


def test_an_import_on_which_nothing_hangs_can_be_undone(cast):
    check_can_undo(imported(cast, MAY, row_of(cast.anh.student, mother_name="Khác")))


def test_a_pending_import_cannot_be_undone(cast):
    with pytest.raises(ImportNotInForce):
        check_can_undo(upload(cast, MAY))


def test_results_of_another_class_mate_do_not_matter(cast):
    batch = imported(cast, MAY)
    class_period = ClassPeriod.objects.create(school_class=cast.school_class, period="end_term_1")
    PeriodRecord.objects.create(class_period=class_period, enrollment=cast.anh)
    check_can_undo(batch)


def test_results_of_a_pupil_whose_details_were_changed_do_not_matter(cast):
    batch = imported(cast, row_of(cast.anh.student, mother_name="Khác"))
    class_period = ClassPeriod.objects.create(school_class=cast.school_class, period="end_term_1")
    PeriodRecord.objects.create(class_period=class_period, enrollment=cast.anh)
    check_can_undo(batch)


def test_only_the_row_with_an_obstacle_is_named(cast):
    batch = imported(cast, MAY, MUA)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    assert "Nông Thị Mưa" not in obstacles(batch)


def test_obstacles_are_named_in_the_order_of_the_sheet(cast):
    batch = imported(cast, MUA, MAY)
    Student.objects.filter(full_name__startswith="Nông").update(residence="12 Lê Duẩn")
    said = obstacles(batch)
    assert said.index("dòng 4 (Nông Thị Mưa)") < said.index("dòng 5 (Nông Thị Mây)")


def test_a_guardian_who_is_not_confirmed_yet_is_an_obstacle(cast):
    batch = imported(cast, MAY)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=None)
    assert "đã có người giám hộ" in obstacles(batch)


def test_a_row_with_two_obstacles_names_the_weightier(cast):
    batch = imported(cast, MAY)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    class_period = ClassPeriod.objects.create(school_class=cast.school_class, period="end_term_1")
    PeriodRecord.objects.create(class_period=class_period, enrollment=enrollment_of(stored()))
    said = obstacles(batch)
    assert ("đã có kết quả học tập" in said, "người giám hộ" in said) == (True, False)


def test_a_created_pupil_who_was_enrolled_again_is_an_obstacle(cast):
    batch = imported(cast, MAY)
    year = factories.make_school_year(cast.school, 2025)
    past = {"ended_on": datetime.date(2026, 5, 31), "exit_reason": "year_ended"}
    factories.enroll(stored(), factories.make_class(year, "3A", (3,)), **past)
    assert "đã được xếp lớp khác" in obstacles(batch)


def test_a_created_pupil_who_has_a_transfer_is_an_obstacle(cast):
    batch = imported(cast, MAY)
    Transfer.objects.create(
        student=stored(),
        to_enrollment=enrollment_of(stored()),
        from_school_name="Trường Tiểu học Võ Thị Sáu",
        to_school_name=cast.school.name,
        moved_on=datetime.date(2026, 11, 20),
    )
    assert "đã chuyển trường" in obstacles(batch)


def test_a_past_enrolment_of_a_pupil_who_left_does_not_matter(cast):
    year = factories.make_school_year(cast.school, 2025)
    past = {"ended_on": datetime.date(2026, 5, 31), "exit_reason": "year_ended"}
    factories.enroll(cast.anh.student, factories.make_class(year, "3A", (3,)), **past)
    check_can_undo(imported(cast, row_of(cast.anh.student, **LEFT)))


def test_a_departure_that_was_taken_back_by_hand_is_an_obstacle(cast):
    batch = imported(cast, row_of(cast.anh.student, **LEFT))
    Enrollment.objects.filter(pk=cast.anh.pk).update(ended_on=None, exit_reason=None)
    assert "dòng 4" in obstacles(batch)


@pytest.mark.parametrize(("count", "others"), [(5, False), (6, True)])
def test_the_sixth_obstacle_is_only_counted(cast, count, others):
    batch = imported(cast, *pupils(count))
    Student.objects.filter(full_name__startswith="Mưa").update(residence="12 Lê Duẩn")
    said = obstacles(batch)
    assert ("và 1 dòng khác" in said, said.count("Mưa")) == (others, 5)


def test_looking_for_obstacles_takes_the_same_queries_for_any_number_of_rows(
    cast, django_assert_max_num_queries
):
    batch = imported(cast, *pupils(9))
    with django_assert_max_num_queries(8):
        check_can_undo(batch)


@pytest.mark.parametrize(
    ("who", "may"),
    [("tam", True), ("hanh", False), ("phuc", False), ("ngoc", False), ("van", False)],
)
def test_importing_is_the_registrars(cast, who, may):
    assert user_can_import(getattr(cast, who)) is may
