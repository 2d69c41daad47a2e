import datetime

import pytest
import time_machine

from assessments import actions
from assessments.errors import InvalidEntry, NotOnRoster, PeriodClosed, PeriodNotOpen, RecordLocked
from assessments.merge import Edit, RowEdit, SaveReport
from assessments.models import ClassPeriod, Retest, SubjectResult, TestScore
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment
from tests import factories
from tests.assessments.filling import subject_row
from tests.cast import NOW, Cast
from tests.rows import saved_row


def _save(
    cast: Cast,
    *rows: RowEdit,
    subject_code: str = "toan",
    period: str = Period.END_TERM_1,
    by: StaffMember | None = None,
) -> SaveReport:
    return actions.save_subject_results(
        school_class=cast.school_class,
        period=period,
        subject_code=subject_code,
        rows=rows,
        by=by or cast.ngoc,
    )


def _result(enrollment: Enrollment) -> SubjectResult:
    return SubjectResult.objects.get(record__enrollment=enrollment)


def test_level_score_and_comment_are_saved(cast: Cast) -> None:
    report = _save(cast, subject_row(cast.anh.pk, level="T", score=9, comment="Giỏi"))
    result = _result(cast.anh)
    assert report == SaveReport(saved=[cast.anh.pk], conflicts=[])
    assert (result.level, result.effective_score, result.comment) == ("T", 9, "Giỏi")
    assert result.saved_by == cast.ngoc.user


def test_old_and_new_values_are_recorded(cast: Cast) -> None:
    _save(cast, subject_row(cast.anh.pk, level="H", score=6))
    _save(cast, RowEdit(cast.anh.pk, {"level": Edit("H", "T"), "score": Edit(6, 8)}))
    event = AuditEvent.objects.filter(event="subject_result.saved").newest_first()[0]
    assert event.changes == {"subject": [None, "toan"], "level": ["H", "T"], "score": [6, 8]}
    assert event.actor == cast.ngoc.user
    assert event.student_id == cast.anh.student_id
    assert event.school_class_id == cast.school_class.pk


def test_a_row_that_nobody_touched_leaves_no_trace(cast: Cast) -> None:
    _save(cast, subject_row(cast.anh.pk, level=""))
    assert not SubjectResult.objects.exists()
    assert not AuditEvent.objects.filter(event="subject_result.saved").exists()


def test_a_score_is_cleared_not_zeroed(cast: Cast) -> None:
    _save(cast, subject_row(cast.anh.pk, level="H", score=6))
    _save(cast, RowEdit(cast.anh.pk, {"score": Edit(6, None)}))
    assert not TestScore.objects.exists()
    assert _result(cast.anh).effective_score is None


def test_a_changed_score_replaces_the_last_attempt_only(cast: Cast) -> None:
    _save(cast, subject_row(cast.anh.pk, level="H", score=4))
    result = _result(cast.anh)
    taken = {"status": "taken", "answered_at": NOW, "answered_by": cast.hanh.user}
    retest = saved_row(Retest, cast, record=result.record, **taken)
    result.test_scores.create(attempt=2, score=6, retest=retest, taken_on=NOW.date())
    _save(cast, RowEdit(cast.anh.pk, {"score": Edit(6, 7)}))
    assert list(TestScore.objects.order_by("attempt").values_list("score", flat=True)) == [4, 7]


def test_a_stale_page_is_told_and_overwrites_nothing(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    _save(cast, subject_row(cast.anh.pk, level="H", score=6), by=cast.suong)
    report = _save(cast, subject_row(cast.anh.pk, level="T", score=6))
    (conflict,) = report.conflicts
    assert (conflict.field, conflict.stored, conflict.typed) == ("level", "H", "T")
    assert conflict.saved_by == "Lê Thị Sương"
    assert conflict.saved_at is not None
    assert _result(cast.anh).level == "H"


def test_the_cells_beside_a_conflict_are_saved(cast: Cast) -> None:
    _save(cast, subject_row(cast.anh.pk, level="H"))
    report = _save(cast, subject_row(cast.anh.pk, level="T", comment="Chăm"))
    assert [conflict.field for conflict in report.conflicts] == ["level"]
    assert report.saved == [cast.anh.pk]
    assert _result(cast.anh).comment == "Chăm"


@pytest.mark.parametrize(("level", "score"), [("X", None), ("T", 0), ("T", 11), ("Đ", None)])
def test_what_the_ruleset_does_not_know_is_refused(
    cast: Cast, level: str, score: int | None
) -> None:
    with pytest.raises(InvalidEntry):
        _save(cast, subject_row(cast.anh.pk, level=level, score=score))
    assert not SubjectResult.objects.exists()


def test_a_score_where_no_test_is_due_is_refused(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "dao_duc", cast.ngoc)
    with pytest.raises(InvalidEntry):
        _save(cast, subject_row(cast.anh.pk, level="T", score=9), subject_code="dao_duc")


def test_somebody_who_does_not_teach_the_subject_is_refused(cast: Cast) -> None:
    for by in (cast.suong, cast.binh, cast.hanh, cast.kien, cast.quang):
        with pytest.raises(NotPermitted):
            _save(cast, subject_row(cast.anh.pk, level="T"), by=by)


def test_a_teacher_who_was_relieved_is_refused(cast: Cast) -> None:
    cast.ngoc.teaching_assignments.update(ended_on=datetime.date(2026, 12, 31))
    with pytest.raises(NotPermitted):
        _save(cast, subject_row(cast.anh.pk, level="T"))


def test_another_classs_pupil_is_refused(cast: Cast) -> None:
    with pytest.raises(NotOnRoster):
        _save(cast, subject_row(cast.stranger.pk, level="T"))


def test_a_grade_that_the_teacher_does_not_have_is_refused(cast: Cast) -> None:
    school_class = factories.make_class(cast.school_year, "3+4", (3, 4))
    offering = school_class.subject_offerings.get(subject_code="toan", grade_level=4)
    offering.teaching_assignments.create(
        staff_member=cast.ngoc, started_on=cast.school_year.starts_on
    )
    third = factories.enroll(factories.make_student("Lý A Sính"), school_class, grade_level=3)
    with pytest.raises(InvalidEntry):
        actions.save_subject_results(
            school_class=school_class,
            period=Period.END_TERM_1,
            subject_code="toan",
            rows=[subject_row(third.pk, level="T")],
            by=cast.ngoc,
        )


def test_before_the_window_opens_nothing_is_taken(cast: Cast) -> None:
    with pytest.raises(PeriodNotOpen) as refusal:
        _save(cast, subject_row(cast.anh.pk, level="T"), period=Period.MID_TERM_2)
    assert "08/03/2027" in str(refusal.value)


def test_a_period_without_a_window_is_not_open(cast: Cast) -> None:
    cast.school_year.period_windows.all().delete()
    with pytest.raises(PeriodNotOpen):
        _save(cast, subject_row(cast.anh.pk, level="T"))


def test_after_the_window_closed_nothing_is_taken(cast: Cast) -> None:
    with (
        time_machine.travel(datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)),
        pytest.raises(PeriodClosed),
    ):
        _save(cast, subject_row(cast.anh.pk, level="T"))


@pytest.mark.parametrize("status", ["submitted", "signed_off"])
def test_a_locked_record_is_refused(cast: Cast, status: str) -> None:
    class_period = ClassPeriod.objects.create(
        school_class=cast.school_class, period=Period.END_TERM_1, status=status
    )
    class_period.records.create(
        enrollment=cast.anh,
        status=status,
        locked_at=datetime.datetime.now(tz=datetime.UTC) if status == "signed_off" else None,
    )
    with pytest.raises(RecordLocked):
        _save(cast, subject_row(cast.anh.pk, level="T"))


@pytest.mark.parametrize("pupils", [1, 45])
def test_the_queries_do_not_grow_with_the_class(
    cast: Cast, pupils: int, django_assert_max_num_queries
) -> None:
    school_class = factories.make_class(cast.school_year, "5C", (5,))
    factories.assign_teacher(school_class, "toan", cast.ngoc)
    rows = [
        subject_row(
            factories.enroll(factories.make_student(f"Trần Văn {number}"), school_class).pk,
            level="T",
            score=9,
        )
        for number in range(pupils)
    ]
    with django_assert_max_num_queries(26):
        actions.save_subject_results(
            school_class=school_class,
            period=Period.END_TERM_1,
            subject_code="toan",
            rows=rows,
            by=cast.ngoc,
        )
