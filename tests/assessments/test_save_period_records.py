from decimal import Decimal

import pytest

from assessments import actions
from assessments.errors import InvalidEntry
from assessments.merge import Edit, RowEdit, SaveReport
from assessments.models import PeriodRecord, TraitNote, TraitResult
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from schools.models import StaffMember
from tests.assessments.filling import record_row
from tests.cast import Cast


def _save(cast: Cast, *rows: RowEdit, by: StaffMember | None = None):
    return actions.save_period_records(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        rows=rows,
        by=by or cast.ngoc,
    )


def _save_traits(cast: Cast, *rows: RowEdit, by: StaffMember | None = None):
    return actions.save_trait_results(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        rows=rows,
        by=by or cast.ngoc,
    )


def test_the_homeroom_teacher_saves_a_record(cast: Cast) -> None:
    assert _save(cast, record_row(cast.anh.pk)).saved == [cast.anh.pk]
    record = PeriodRecord.objects.get(enrollment=cast.anh)
    assert record.height_cm == Decimal("132.5")
    assert record.absences_without_leave == 0
    assert record.saved_by == cast.ngoc.user


def test_decimals_are_recorded_exactly(cast: Cast) -> None:
    _save(cast, record_row(cast.anh.pk))
    event = AuditEvent.objects.get(event="period_record.saved")
    assert event.changes["height_cm"] == [None, "132.5"]
    assert event.changes["absences_with_leave"] == [None, 2]


def test_a_subject_teacher_does_not_save_records(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        _save(cast, record_row(cast.anh.pk), by=cast.binh)


def test_a_stale_comment_is_shown_with_its_author(cast: Cast) -> None:
    _save(cast, record_row(cast.anh.pk))
    report = _save(cast, RowEdit(cast.anh.pk, {"homeroom_comment": Edit("", "Em ngoan và chăm.")}))
    (conflict,) = report.conflicts
    assert conflict.stored == "Em chăm học và lễ phép."
    assert conflict.saved_by == "Trần Thị Ngọc"


def test_traits_are_saved_changed_and_cleared(cast: Cast) -> None:
    _save_traits(
        cast, RowEdit(cast.anh.pk, {"trung_thuc": Edit("", "T"), "cham_chi": Edit("", "Đ")})
    )
    _save_traits(
        cast, RowEdit(cast.anh.pk, {"trung_thuc": Edit("T", ""), "cham_chi": Edit("Đ", "T")})
    )
    levels = dict(TraitResult.objects.values_list("trait_code", "level"))
    assert levels == {"cham_chi": "T"}
    event = AuditEvent.objects.filter(event="trait_results.saved").newest_first()[0]
    assert event.changes == {"trung_thuc": ["T", ""], "cham_chi": ["Đ", "T"]}


def test_a_stale_trait_is_shown_with_its_author(cast: Cast) -> None:
    _save_traits(cast, RowEdit(cast.anh.pk, {"trung_thuc": Edit("", "T")}))
    report = _save_traits(cast, RowEdit(cast.anh.pk, {"trung_thuc": Edit("", "C")}))
    (conflict,) = report.conflicts
    assert (conflict.field, conflict.stored, conflict.typed) == ("trung_thuc", "T", "C")
    assert conflict.saved_by == "Trần Thị Ngọc"
    assert TraitResult.objects.get().level == "T"


@pytest.mark.parametrize(("code", "level"), [("trung_thuc", "H"), ("ngoan", "T")])
def test_an_unknown_trait_or_level_is_refused(cast: Cast, code: str, level: str) -> None:
    with pytest.raises(InvalidEntry):
        _save_traits(cast, RowEdit(cast.anh.pk, {code: Edit("", level)}))


def test_a_subject_teacher_does_not_set_traits(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        _save_traits(cast, RowEdit(cast.anh.pk, {"trung_thuc": Edit("", "T")}), by=cast.binh)


def _note(cast: Cast, base: str, text: str, by: StaffMember) -> SaveReport:
    return actions.save_trait_notes(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"text": Edit(base, text)})],
        by=by,
    )


def test_a_subject_teacher_leaves_a_note(cast: Cast) -> None:
    _note(cast, "", "Hay giúp bạn phát âm.", cast.binh)
    note = TraitNote.objects.get()
    assert (note.author, note.text) == (cast.binh, "Hay giúp bạn phát âm.")


def test_a_note_is_changed_and_taken_back(cast: Cast) -> None:
    _note(cast, "", "Hay giúp bạn phát âm.", cast.binh)
    _note(cast, "Hay giúp bạn phát âm.", "Hay giúp bạn.", cast.binh)
    assert TraitNote.objects.get().text == "Hay giúp bạn."
    _note(cast, "Hay giúp bạn.", "", cast.binh)
    assert not TraitNote.objects.exists()
    events = AuditEvent.objects.filter(event="trait_note.saved").newest_first()
    assert events[0].changes == {"text": ["Hay giúp bạn.", ""]}


def test_the_same_note_again_leaves_no_trace(cast: Cast) -> None:
    _note(cast, "", "Hay giúp bạn.", cast.binh)
    _note(cast, "", "Hay giúp bạn.", cast.binh)
    assert AuditEvent.objects.filter(event="trait_note.saved").count() == 1


def test_a_note_changed_in_another_window_is_not_overwritten(cast: Cast) -> None:
    _note(cast, "", "Hay giúp bạn.", cast.binh)
    report = _note(cast, "", "Chăm chỉ.", cast.binh)
    [conflict] = report.conflicts
    assert (conflict.stored, conflict.typed) == ("Hay giúp bạn.", "Chăm chỉ.")
    assert TraitNote.objects.get().text == "Hay giúp bạn."


def test_somebody_who_does_not_teach_the_class_leaves_no_note(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        _note(cast, "", "Chào em.", cast.suong)
