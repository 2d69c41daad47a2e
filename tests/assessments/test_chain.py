import pytest

from assessments import actions
from assessments.errors import ClassIncomplete, RecordLocked
from assessments.models import ClassPeriod, PeriodRecord, SignOff
from assessments.payload import digest_of
from assessments.workflow import Status
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class, subject_row
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def filled(cast: Cast) -> Cast:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(
        cast.school_class, END_TERM_1, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh}
    )
    return cast


@pytest.fixture
def submitted(filled: Cast) -> ClassPeriod:
    return actions.submit_class_period(
        school_class=filled.school_class, period=END_TERM_1, by=filled.ngoc
    )


def test_an_incomplete_class_is_not_submitted(cast: Cast) -> None:
    with pytest.raises(ClassIncomplete) as refusal:
        actions.submit_class_period(school_class=cast.school_class, period=END_TERM_1, by=cast.ngoc)
    assert {entry.enrollment for entry in refusal.value.missing} == {
        cast.anh,
        cast.hhen,
        cast.duc,
    }
    assert not PeriodRecord.objects.exists()


def test_signing_keeps_a_payload_and_its_digest_for_each_pupil(
    submitted: ClassPeriod, cast: Cast
) -> None:
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    sign_offs = SignOff.objects.in_force().for_school(cast.school)
    assert len(sign_offs) == 3
    for sign_off in sign_offs:
        assert sign_off.digest == digest_of(sign_off.payload)
        assert sign_off.payload["signed_by"]["full_name"] == "Nguyễn Thị Hạnh"
        assert {row["level"] for row in sign_off.payload["subjects"]} == {"T"}


def test_what_is_signed_off_is_not_written(submitted: ClassPeriod, cast: Cast) -> None:
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    with pytest.raises(RecordLocked):
        actions.save_subject_results(
            school_class=cast.school_class,
            period=END_TERM_1,
            subject_code="toan",
            rows=[subject_row(cast.anh.pk, level="H", score=5)],
            by=cast.ngoc,
        )


def test_one_pupil_is_reopened_corrected_and_signed_alone(
    submitted: ClassPeriod, cast: Cast
) -> None:
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    record = submitted.records.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Nhập nhầm điểm Toán", by=cast.hanh)
    report = actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[_correction(cast.anh.pk)],
        by=cast.ngoc,
    )
    assert report.saved == [cast.anh.pk]
    actions.submit_record(record=record, by=cast.ngoc)
    actions.sign_off_record(record=record, by=cast.hanh)
    first, second = SignOff.objects.filter(record=record).order_by("pk")
    assert second.supersedes == first
    assert _score(first) == 9
    assert _score(second) == 10
    submitted.refresh_from_db()
    assert submitted.status == Status.SIGNED_OFF


def _correction(enrollment_id: int):
    from assessments.merge import Edit, RowEdit

    return RowEdit(enrollment_id, {"score": Edit(9, 10)})


def _score(sign_off: SignOff) -> int:
    return next(row["score"] for row in sign_off.payload["subjects"] if row["code"] == "toan")


def test_a_teacher_does_not_sign(submitted: ClassPeriod, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        actions.sign_off_class_period(class_period=submitted, by=cast.ngoc)


def test_a_return_needs_and_keeps_its_reason(submitted: ClassPeriod, cast: Cast) -> None:
    actions.return_class_period(
        class_period=submitted, reason="Xem lại điểm Tiếng Việt", by=cast.hanh
    )
    submitted.refresh_from_db()
    assert submitted.status == Status.RETURNED
    assert submitted.status_reason == "Xem lại điểm Tiếng Việt"
    assert AuditEvent.objects.filter(
        event="class_period.returned", actor=cast.hanh.user, reason="Xem lại điểm Tiếng Việt"
    ).exists()
