import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.actions import confirm_import, import_students
from exchange.errors import FileChanged, ImportNotPending, NothingToImport, PreviewOutdated
from exchange.models import ImportBatch
from students.models import Enrollment, Student
from tests import factories
from tests.exchange.imports import MAY, imported, row_of, stored, upload
from tests.exchange.workbooks import students_file

MUA = {
    **MAY,
    "ministry_code": "6612345679",
    "personal_id": "066317000002",
    "full_name": "Nông Thị Mưa",
}


def events(name):
    return list(AuditEvent.objects.filter(event=name).order_by("id"))


def outcomes(batch):
    return [str(row.outcome) for row in batch.rows.in_sheet_order()]


def test_uploading_writes_no_pupil(cast):
    students, enrollments = Student.objects.count(), Enrollment.objects.count()
    upload(cast, MAY, row_of(cast.anh.student, mother_name="Khác"))
    assert (Student.objects.count(), Enrollment.objects.count()) == (students, enrollments)
    assert not events("student.created")


def test_uploading_says_what_each_row_would_do(cast):
    batch = upload(
        cast,
        {**MAY, "gender": "x"},
        MUA,
        row_of(cast.anh.student, mother_name="Khác"),
        row_of(cast.duc.student),
    )
    assert outcomes(batch) == ["refused", "created", "changed", "unchanged"]


def test_uploading_is_in_the_schools_history(cast):
    batch = upload(cast, {**MAY, "gender": "x"}, MUA)
    [event] = events("import_batch.uploaded")
    assert (event.actor, event.school_id, event.target_id) == (
        cast.tam.user,
        cast.school.pk,
        batch.pk,
    )
    assert event.changes == {
        "file_name": [None, "C1-HocSinh.xlsx"],
        "refused": [None, 1],
        "created": [None, 1],
    }


def test_the_file_is_kept_under_a_name_that_nobody_can_guess(cast):
    batch = upload(cast, MAY)
    assert default_storage.exists(batch.file.name)
    assert "C1-HocSinh" not in batch.file.name
    assert len(batch.file.name) > 40


@pytest.mark.parametrize("who", ["hanh", "phuc", "ngoc", "van", "kien"])
def test_only_the_registrar_may_upload_and_confirm(cast, who):
    batch = upload(cast, MAY)
    with pytest.raises(NotPermitted):
        upload(cast, MAY, by=getattr(cast, who))
    with pytest.raises(NotPermitted):
        confirm_import(batch=batch, by=getattr(cast, who))


def test_another_schools_year_is_a_mistake_of_the_program(cast):
    with pytest.raises(ValueError, match="another school"):
        import_students(
            school=cast.school,
            school_year=cast.other_class.school_year,
            file=students_file(MAY),
            file_name="a.xlsx",
            by=cast.tam,
        )


def test_confirming_writes_the_good_rows_and_leaves_out_the_others(cast):
    batch = imported(cast, {**MAY, "gender": "x"}, MUA)
    assert outcomes(batch) == ["refused", "created"]
    assert not Student.objects.filter(personal_id=MAY["personal_id"]).exists()
    assert stored(MUA["personal_id"]).enrollments.count() == 1


def test_confirming_says_who_and_when(cast, now):
    batch = ImportBatch.objects.get(pk=imported(cast, MAY).pk)
    assert (batch.confirmed_by, batch.confirmed_at) == (cast.tam.user, now)


def test_every_written_row_is_in_the_history_of_its_pupil(cast):
    batch = imported(cast, MAY, MUA, row_of(cast.anh.student, mother_name="Khác"))
    assert {event.student_id for event in events("student.created")} == set(
        batch.rows.filter(outcome="created").values_list("student", flat=True)
    )
    assert len(events("enrollment.started")) == 2
    assert [event.student_id for event in events("student.updated")] == [cast.anh.student_id]
    assert [event.actor for event in events("import_batch.confirmed")] == [cast.tam.user]


def test_rows_point_to_what_they_have_written(cast):
    row = imported(cast, MAY).rows.get()
    assert row.student == stored()
    assert row.started_enrollment == Enrollment.objects.get(student=stored())


def test_the_file_is_forgotten_once_it_is_confirmed(cast, django_capture_on_commit_callbacks):
    batch = upload(cast, MAY)
    name = batch.file.name
    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(batch=batch, by=cast.tam)
    assert not default_storage.exists(name)
    assert not ImportBatch.objects.get(pk=batch.pk).file


def test_a_second_confirmation_is_refused(cast):
    batch = imported(cast, MAY)
    with pytest.raises(ImportNotPending):
        confirm_import(batch=batch, by=cast.tam)


def test_a_file_with_nothing_to_write_is_refused(cast):
    batch = upload(cast, {**MAY, "gender": "x"}, row_of(cast.duc.student))
    with pytest.raises(NothingToImport):
        confirm_import(batch=batch, by=cast.tam)


def test_a_file_without_rows_is_refused(cast):
    with pytest.raises(NothingToImport):
        confirm_import(batch=upload(cast), by=cast.tam)


def test_a_kept_file_that_somebody_changed_is_refused(cast):
    batch = upload(cast, MAY)
    default_storage.delete(batch.file.name)
    default_storage.save(batch.file.name, students_file(MUA))
    with pytest.raises(FileChanged):
        confirm_import(batch=batch, by=cast.tam)
    assert not Student.objects.filter(personal_id=MUA["personal_id"]).exists()


def test_nothing_is_written_when_the_school_has_changed_since_the_preview(cast):
    batch = upload(cast, MUA, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(mother_name="Phạm Thị Hoa")
    with pytest.raises(PreviewOutdated):
        confirm_import(batch=batch, by=cast.tam)
    assert not Student.objects.filter(personal_id=MUA["personal_id"]).exists()


def test_an_outdated_preview_is_made_again_and_can_then_be_confirmed(cast):
    batch = upload(cast, row_of(cast.anh.student, mother_name="Khác"))
    Student.objects.filter(pk=cast.anh.student_id).update(mother_name="Phạm Thị Hoa")
    with pytest.raises(PreviewOutdated):
        confirm_import(batch=batch, by=cast.tam)
    assert batch.rows.get().changes == {"mother_name": ["Phạm Thị Hoa", "Khác"]}
    confirm_import(batch=batch, by=cast.tam)
    assert Student.objects.get(pk=cast.anh.student_id).mother_name == "Khác"


def test_a_pupil_who_came_in_meanwhile_is_not_created_twice(cast):
    batch = upload(cast, MAY)
    factories.enroll(
        factories.make_student("Nông Thị Mây", personal_id=MAY["personal_id"]), cast.school_class
    )
    with pytest.raises(PreviewOutdated):
        confirm_import(batch=batch, by=cast.tam)
    assert Student.objects.filter(personal_id=MAY["personal_id"]).count() == 1


def test_a_conflict_that_only_the_database_sees_is_an_outdated_preview(cast, monkeypatch):
    batch = upload(cast, MAY)

    def somebody_was_faster(**kwargs):
        raise IntegrityError

    monkeypatch.setattr("exchange.student_resource.create_students", somebody_was_faster)
    with pytest.raises(PreviewOutdated):
        confirm_import(batch=batch, by=cast.tam)
    assert batch.rows.count() == 1


def test_importing_the_same_file_again_changes_nothing(cast):
    imported(cast, MAY, MUA)
    assert outcomes(upload(cast, MAY, MUA)) == ["unchanged", "unchanged"]


@pytest.mark.parametrize("count", [1, 45])
def test_the_preview_takes_a_fixed_number_of_queries(cast, count, django_assert_max_num_queries):
    rows = [
        {
            **MAY,
            "ministry_code": f"66{number:08}",
            "personal_id": f"0663170{number:05}",
            "full_name": f"Nông Thị {number}",
        }
        for number in range(count)
    ]
    file = students_file(*rows)
    with django_assert_max_num_queries(24):
        import_students(
            school=cast.school,
            school_year=cast.school_year,
            file=file,
            file_name="a.xlsx",
            by=cast.tam,
        )
