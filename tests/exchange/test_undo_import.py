import datetime

import pytest
from django.utils import timezone

from assessments.models import ClassPeriod, PeriodRecord, YearDecision
from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.actions import undo_import
from exchange.errors import ImportNotInForce, ImportNotUndoable
from exchange.models import ImportBatch
from students.models import Enrollment, Student, Transfer
from tests import factories
from tests.exchange.imports import MAY, enrollment_of, imported, row_of, stored, upload
from tests.rows import valid_row


def undo(cast, batch):
    return undo_import(batch=batch, by=cast.tam)


def refusal(cast, batch):
    with pytest.raises(ImportNotUndoable) as refused:
        undo(cast, batch)
    assert not ImportBatch.objects.get(pk=batch.pk).is_undone
    return str(refused.value)


def test_a_created_pupil_is_gone_with_her_enrolment(cast):
    students, enrollments = Student.objects.count(), Enrollment.objects.count()
    undo(cast, imported(cast, MAY))
    assert (Student.objects.count(), Enrollment.objects.count()) == (students, enrollments)


def test_changed_details_are_as_before(cast):
    before = Student.objects.values().get(pk=cast.anh.student_id)
    batch = imported(cast, row_of(cast.anh.student, mother_name="Khác", date_of_birth="15/03/2017"))
    undo(cast, batch)
    after = Student.objects.values().get(pk=cast.anh.student_id)
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_an_ended_enrolment_is_open_again(cast):
    undo(cast, imported(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026")))
    enrollment = Enrollment.objects.get(pk=cast.anh.pk)
    assert (enrollment.ended_on, enrollment.exit_reason) == (None, None)


def test_a_new_year_is_taken_back(cast):
    year = factories.make_school_year(cast.school, 2027)
    factories.make_class(year, "5A", (5,))
    undo(cast, imported(cast, row_of(cast.anh.student, class_name="5A"), school_year=year))
    assert enrollment_of(cast.anh.student) == cast.anh
    assert enrollment_of(cast.anh.student).is_current


def test_undoing_is_in_the_histories(cast, now):
    batch = imported(cast, MAY, row_of(cast.anh.student, mother_name="Khác"))
    student = stored()
    undo(cast, batch)
    names = AuditEvent.objects.filter(student_id=student.pk).values_list("event", flat=True)
    assert {"student.removed", "enrollment.removed"} <= set(names)
    restored = AuditEvent.objects.filter(event="student.updated").latest("id")
    assert restored.changes == {"mother_name": ["Khác", "Phạm Thị Hòa"]}
    assert AuditEvent.objects.get(event="import_batch.undone").actor == cast.tam.user
    stored_batch = ImportBatch.objects.get(pk=batch.pk)
    assert (stored_batch.undone_at, stored_batch.undone_by) == (now, cast.tam.user)


def test_the_rows_still_say_what_had_been_done(cast):
    batch = undo(cast, imported(cast, MAY))
    row = batch.rows.get()
    assert row.student is None
    assert row.changes["full_name"] == [None, "Nông Thị Mây"]


def test_the_same_file_can_be_imported_again(cast):
    undo(cast, imported(cast, MAY))
    imported(cast, MAY)
    assert enrollment_of(stored()).is_current


def test_a_later_import_that_left_the_pupil_alone_does_not_matter(cast):
    batch = imported(cast, MAY)
    imported(cast, MAY, row_of(cast.anh.student, mother_name="Khác"))
    undo(cast, batch)
    assert not Student.objects.filter(personal_id=MAY["personal_id"]).exists()


def test_imports_are_undone_one_after_the_other(cast):
    first = imported(cast, MAY)
    second = imported(cast, {**MAY, "mother_name": "Nông Thị Gió"})
    assert "đã được sửa sau khi nhập" in refusal(cast, first)
    undo(cast, second)
    undo(cast, first)


@pytest.mark.parametrize("who", ["hanh", "ngoc", "kien"])
def test_only_the_registrar_may_undo(cast, who):
    batch = imported(cast, MAY)
    with pytest.raises(NotPermitted):
        undo_import(batch=batch, by=getattr(cast, who))


def test_what_was_not_confirmed_is_not_undone(cast):
    with pytest.raises(ImportNotInForce):
        undo(cast, upload(cast, MAY))


def test_what_was_undone_is_not_undone_again(cast):
    batch = undo(cast, imported(cast, MAY))
    with pytest.raises(ImportNotInForce):
        undo(cast, batch)


def test_refused_when_results_hang_on_an_enrolment(cast):
    batch = imported(cast, MAY)
    class_period = ClassPeriod.objects.create(school_class=cast.school_class, period="end_term_1")
    PeriodRecord.objects.create(class_period=class_period, enrollment=enrollment_of(stored()))
    assert "dòng 4 (Nông Thị Mây): đã có kết quả học tập" in refusal(cast, batch)


def test_refused_when_the_year_was_decided(cast):
    batch = imported(cast, MAY)
    valid_row(YearDecision, cast, enrollment=enrollment_of(stored())).save()
    assert "đã có kết quả học tập" in refusal(cast, batch)


def test_refused_when_a_guardian_was_confirmed(cast):
    batch = imported(cast, MAY)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    assert "đã có người giám hộ" in refusal(cast, batch)


def test_a_guardian_of_a_pupil_who_was_only_changed_does_not_matter(cast):
    undo(cast, imported(cast, row_of(cast.anh.student, mother_name="Khác")))


def test_refused_when_a_detail_was_changed_since(cast):
    batch = imported(cast, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(mother_name="Phạm Thị Hoa")
    assert "đã được sửa sau khi nhập" in refusal(cast, batch)


def test_another_detail_that_was_changed_since_does_not_matter(cast):
    batch = imported(cast, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(residence="12 Lê Duẩn")
    undo(cast, batch)
    assert Student.objects.get(pk=cast.anh.student_id).residence == "12 Lê Duẩn"


def test_refused_when_a_created_pupil_was_completed_since(cast):
    batch = imported(cast, MAY)
    Student.objects.filter(pk=stored().pk).update(mother_name="Nông Thị Gió")
    assert "đã được sửa sau khi nhập" in refusal(cast, batch)


def test_refused_when_a_started_enrolment_has_ended(cast):
    batch = imported(cast, MAY)
    Enrollment.objects.filter(student=stored()).update(
        ended_on=timezone.localdate(), exit_reason="withdrawn"
    )
    assert "đã được sửa sau khi nhập" in refusal(cast, batch)


def test_refused_when_a_pupil_who_left_is_enrolled_again(cast):
    batch = imported(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026"))
    factories.enroll(cast.anh.student, cast.school_class, enrolled_on=datetime.date(2026, 12, 1))
    assert "đã được xếp lớp khác" in refusal(cast, batch)


def test_refused_when_the_day_of_leaving_was_changed_since(cast):
    batch = imported(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026"))
    Enrollment.objects.filter(pk=cast.anh.pk).update(ended_on=datetime.date(2026, 11, 27))
    assert "đã được sửa sau khi nhập" in refusal(cast, batch)


def test_refused_when_a_transfer_hangs_on_an_enrolment(cast):
    batch = imported(cast, row_of(cast.anh.student, status="04", status_on="20/11/2026"))
    Transfer.objects.create(
        student=cast.anh.student,
        from_enrollment=cast.anh,
        from_school_name=cast.school.name,
        to_school_name="Trường Tiểu học Võ Thị Sáu",
        moved_on=datetime.date(2026, 11, 20),
    )
    assert "đã chuyển trường" in refusal(cast, batch)


def test_one_obstacle_leaves_every_row_as_it_is(cast):
    other = {**MAY, "ministry_code": "", "personal_id": "066317000002", "full_name": "Nông Thị Mưa"}
    batch = imported(cast, MAY, other)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    refusal(cast, batch)
    assert stored("066317000002").enrollments.count() == 1


def test_many_obstacles_are_named_in_part(cast):
    rows = [
        {
            **MAY,
            "ministry_code": "",
            "personal_id": f"06631700000{number}",
            "full_name": f"Mây {number}",
        }
        for number in range(7)
    ]
    batch = imported(cast, *rows)
    Student.objects.filter(full_name__startswith="Mây").update(residence="12 Lê Duẩn")
    assert "và 2 dòng khác" in refusal(cast, batch)


def test_something_unforeseen_that_hangs_on_a_pupil_protects_her(cast, monkeypatch):
    batch = imported(cast, MAY)
    factories.make_guardian(cast.hoa, stored(), confirmed_by=cast.tam.user)
    monkeypatch.setattr("exchange.actions.check_can_undo", lambda batch: None)
    assert "có dữ liệu khác gắn với" in refusal(cast, batch)
    assert enrollment_of(stored()).is_current
