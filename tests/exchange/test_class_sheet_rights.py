"""Who may have a class sheet, what is in it for whom, and which choices of a page count."""

import pytest
from django.http import Http404

from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.class_sheets.actions import download_class_sheet
from exchange.class_sheets.forms import ConfirmationForm, choice_name
from exchange.class_sheets.grids import class_sheet
from exchange.class_sheets.layout import base_texts, stamp_of
from exchange.class_sheets.pages import upload_of
from exchange.class_sheets.permissions import check_user_can_write_in, check_user_uploaded
from exchange.models import SheetEdit, SheetUpload
from schools.models import HomeroomAssignment, SchoolClass, TeachingAssignment
from tests import factories
from tests.assessments import states
from tests.cast import NOW
from tests.exchange.class_sheets import PERIOD, downloaded, filled, upload_workbook

READERS = ["hanh", "phuc", "suong", "tam", "van", "kien", "quang"]


def sheet_of(cast, name):
    return class_sheet(cast.school_class, PERIOD, getattr(cast, name))


def keys_of(cast, name):
    return [found.key for found in sheet_of(cast, name).grids]


def chosen(edits, **posted):
    form = ConfirmationForm(posted, conflicts=edits)
    form.full_clean()
    return form


# Who


@pytest.mark.parametrize("name", READERS)
def test_who_does_not_teach_the_class_downloads_nothing(cast, name):
    with pytest.raises(NotPermitted) as refused:
        downloaded(cast, by=getattr(cast, name))
    assert "đang dạy lớp 4A" in str(refused.value)


@pytest.mark.parametrize("name", READERS)
def test_nor_uploads_anything(cast, name):
    workbook = filled(cast, level="T")
    with pytest.raises(NotPermitted):
        upload_workbook(cast, workbook, by=getattr(cast, name))
    assert not SheetUpload.objects.exists()


def test_a_refused_download_is_not_recorded_as_one(cast):
    with pytest.raises(NotPermitted):
        downloaded(cast, by=cast.suong)
    assert not AuditEvent.objects.filter(event="class_sheet.downloaded").exists()


def test_a_teacher_of_one_class_has_no_sheet_of_another(cast):
    other = factories.make_class(cast.school_year, "4B", (4,))
    with pytest.raises(NotPermitted) as refused:
        download_class_sheet(school_class=other, period=PERIOD, by=cast.ngoc)
    assert "4B" in str(refused.value)


def test_who_teaches_the_class_no_more_is_refused(cast):
    TeachingAssignment.objects.filter(staff_member=cast.binh).delete()
    with pytest.raises(NotPermitted):
        check_user_can_write_in(cast.binh, cast.school_class)


@pytest.mark.parametrize("name", ["binh", "hanh", "suong"])
def test_an_upload_is_not_shown_to_colleagues(cast, name):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with pytest.raises(NotPermitted) as refused:
        check_user_uploaded(getattr(cast, name), upload)
    assert "Chỉ người tải tệp lên" in str(refused.value)


def test_an_upload_is_found_in_its_school(cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    assert upload_of(cast.school, upload.pk) == upload


def test_in_another_school_there_is_no_such_upload(cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with pytest.raises(Http404):
        upload_of(cast.other_school, upload.pk)


# What


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ngoc", ["subject.tieng_viet", "subject.toan", "traits", "records"]),
        ("binh", ["subject.ngoai_ngu_1", "notes"]),
        ("suong", []),
        ("hanh", []),
    ],
)
def test_everybody_has_the_grids_that_she_writes(cast, name, keys):
    assert keys_of(cast, name) == keys


def test_a_homeroom_teacher_without_a_subject_has_traits_and_records(cast):
    TeachingAssignment.objects.filter(staff_member=cast.ngoc).delete()
    assert keys_of(cast, "ngoc") == ["traits", "records"]


def test_a_teacher_who_lost_the_homeroom_has_notes(cast):
    HomeroomAssignment.objects.filter(staff_member=cast.ngoc).delete()
    assert keys_of(cast, "ngoc") == ["subject.tieng_viet", "subject.toan", "notes"]


def test_a_key_that_is_not_hers_finds_no_grid(cast):
    assert sheet_of(cast, "binh").grid("subject.toan") is None


def test_a_sheet_is_of_the_class_as_it_is_stored(cast):
    SchoolClass.objects.filter(pk=cast.school_class.pk).update(name="4C")
    assert sheet_of(cast, "ngoc").school_class.name == "4C"


def test_the_bases_are_what_the_controls_would_hold(cast):
    states.filled(cast)
    sheet = sheet_of(cast, "ngoc")
    texts = base_texts(sheet.grid("subject.toan"), sheet.sheet.pupils[0])
    assert (texts["level"], texts["score"]) == ("T", "9")


def test_the_stamp_knows_every_pupil_of_the_roll(cast):
    pupils = (cast.anh, cast.hhen, cast.duc)
    assert stamp_of(sheet_of(cast, "ngoc"), NOW).students == {
        pupil.student.ministry_code: pupil.student_id for pupil in pupils
    }


def test_the_stamp_has_no_word_of_what_a_colleague_writes(cast):
    stamp = stamp_of(sheet_of(cast, "binh"), NOW)
    assert {key for key, _code in stamp.bases} == {"subject.ngoai_ngu_1", "notes"}


def test_the_stamp_is_labelled_for_people(cast):
    labels = stamp_of(sheet_of(cast, "ngoc"), NOW).labels
    assert labels == (cast.school.name, "4A", "Cuối học kỳ I", "2026-2027")


# Which conflicts are chosen


def test_only_what_is_mine_is_overwritten():
    form = chosen([SheetEdit(pk=7), SheetEdit(pk=8)], **{"edit-7": "mine", "edit-8": "theirs"})
    assert form.overwritten == [7]


def test_whatever_is_not_chosen_stays():
    assert chosen([SheetEdit(pk=7)]).overwritten == []


def test_a_choice_that_nobody_offered_stays():
    assert chosen([SheetEdit(pk=7)], **{"edit-7": "both"}).overwritten == []


def test_a_choice_about_another_uploads_cell_is_passed_over():
    assert chosen([SheetEdit(pk=7)], **{"edit-9": "mine"}).overwritten == []


def test_a_bad_choice_keeps_no_other_back():
    form = chosen([SheetEdit(pk=7), SheetEdit(pk=8)], **{"edit-7": "?", "edit-8": "mine"})
    assert form.overwritten == [8]


def test_the_moment_of_the_preview_comes_back_to_the_microsecond(now):
    moment = now.replace(microsecond=123456)
    assert chosen([], seen_at=moment.isoformat()).cleaned_data["seen_at"] == moment


def test_a_choice_is_named_after_its_cell():
    assert choice_name(SheetEdit(pk=7)) == "edit-7"
