import pytest
from django.urls import reverse

from assessments import actions
from assessments.errors import NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest
from assessments.workflow import Status
from audit.models import AuditEvent
from tests.assessments import states
from tests.cast import Cast
from tests.pages import client_of


@pytest.fixture
def signed(cast: Cast) -> ClassPeriod:
    return states.signed_off(cast)


def ask(cast: Cast, class_period: ClassPeriod, record: PeriodRecord | None = None) -> ReopenRequest:
    return actions.request_reopening(
        class_period=class_period, record=record, reason="Nhập nhầm điểm", by=cast.ngoc
    )


def decide(cast: Cast, asked: ReopenRequest, answer: str, role: str = "hanh"):
    url = reverse("reopen_request_decide", args=[asked.pk])
    return client_of(cast, role).post(url, {"is_granted": answer}, follow=True)


def test_granting_reopens_the_class_for_the_reason_asked(cast: Cast, signed: ClassPeriod) -> None:
    response = decide(cast, ask(cast, signed), "yes")
    signed.refresh_from_db()
    assert (signed.status, signed.status_reason) == (Status.REOPENED, "Nhập nhầm điểm")
    assert "Đã mở lại theo đề nghị." in response.content.decode()


def test_granting_for_one_pupil_leaves_the_class_signed(cast: Cast, signed: ClassPeriod) -> None:
    record = signed.records.get(enrollment=cast.anh)
    decide(cast, ask(cast, signed, record), "yes")
    record.refresh_from_db()
    signed.refresh_from_db()
    assert (record.status, signed.status) == (Status.REOPENED, Status.SIGNED_OFF)


def test_refusing_changes_nothing_but_the_request(cast: Cast, signed: ClassPeriod) -> None:
    asked = ask(cast, signed)
    response = decide(cast, asked, "no")
    asked.refresh_from_db()
    signed.refresh_from_db()
    assert (asked.is_granted, signed.status) == (False, Status.SIGNED_OFF)
    assert "Đã từ chối đề nghị mở lại." in response.content.decode()


def test_a_request_is_answered_once(cast: Cast, signed: ClassPeriod) -> None:
    asked = ask(cast, signed)
    decide(cast, asked, "no")
    assert "Đề nghị này đã được trả lời." in decide(cast, asked, "yes").content.decode()
    asked.refresh_from_db()
    assert asked.is_granted is False


def test_an_answer_must_be_one_of_the_two(cast: Cast, signed: ClassPeriod) -> None:
    asked = ask(cast, signed)
    assert "Hãy chọn mở lại hoặc không mở lại." in decide(cast, asked, "").content.decode()
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_teachers_do_not_answer(cast: Cast, signed: ClassPeriod) -> None:
    assert decide(cast, ask(cast, signed), "yes", role="ngoc").status_code == 403


def test_another_schools_principal_finds_no_request(cast: Cast, signed: ClassPeriod) -> None:
    assert decide(cast, ask(cast, signed), "yes", role="quang").status_code == 404


def test_reopening_the_class_answers_all_who_asked(cast: Cast, signed: ClassPeriod) -> None:
    whole, single = ask(cast, signed), ask(cast, signed, signed.records.get(enrollment=cast.duc))
    actions.reopen_class_period(class_period=signed, reason="Sai điểm Toán", by=cast.phuc)
    for asked in (whole, single):
        asked.refresh_from_db()
        assert (asked.is_granted, asked.decided_by) == (True, cast.phuc.user)
    assert AuditEvent.objects.filter(event="reopen_request.granted").count() == 2


def test_reopening_one_pupil_answers_only_for_her(cast: Cast, signed: ClassPeriod) -> None:
    anh, duc = (signed.records.get(enrollment=pupil) for pupil in (cast.anh, cast.duc))
    hers, his = ask(cast, signed, anh), ask(cast, signed, duc)
    actions.reopen_record(record=anh, reason="Sai điểm Toán", by=cast.hanh)
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.is_granted, his.is_granted) == (True, None)


def test_an_answer_stands_in_the_pupils_history(cast: Cast, signed: ClassPeriod) -> None:
    decide(cast, ask(cast, signed, signed.records.get(enrollment=cast.anh)), "no")
    event = AuditEvent.objects.get(event="reopen_request.refused")
    assert event.student_id == cast.anh.student_id


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_request_says_why(cast: Cast, signed: ClassPeriod, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        actions.request_reopening(class_period=signed, reason=reason, by=cast.ngoc)


def test_a_teacher_does_not_ask_for_a_pupil_of_another_class(
    cast: Cast, signed: ClassPeriod
) -> None:
    """She may ask for her own class; the pupil must be one of it."""
    elsewhere = cast.other_class.class_periods.create(period=signed.period)
    stranger = elsewhere.records.create(enrollment=cast.stranger)
    with pytest.raises(NotOnRoster):
        ask(cast, signed, stranger)


def test_nothing_is_asked_for_while_the_class_is_open(cast: Cast) -> None:
    with pytest.raises(StepNotAllowed):
        ask(cast, states.filled(cast))


def test_a_class_that_nobody_has_begun_is_not_made_by_asking(cast: Cast) -> None:
    unsaved = ClassPeriod(school_class=cast.school_class, period=states.END_TERM_1)
    with pytest.raises(StepNotAllowed):
        ask(cast, unsaved)
    assert not ClassPeriod.objects.exists()


def test_who_was_refused_may_ask_again(cast: Cast, signed: ClassPeriod) -> None:
    decide(cast, ask(cast, signed), "no")
    assert ask(cast, signed).decided_at is None


def test_a_request_for_the_class_and_one_for_a_pupil_wait_side_by_side(
    cast: Cast, signed: ClassPeriod
) -> None:
    ask(cast, signed)
    ask(cast, signed, signed.records.get(enrollment=cast.anh))
    assert ReopenRequest.objects.pending().count() == 2


def test_granting_what_cannot_be_reopened_any_more_leaves_the_request_waiting(
    cast: Cast, signed: ClassPeriod
) -> None:
    """The pupil's class was reopened while an earlier page still showed her request."""
    asked = ask(cast, signed)
    ClassPeriod.objects.filter(pk=signed.pk).update(status=Status.REOPENED, status_reason="Sai")
    with pytest.raises(StepNotAllowed):
        actions.decide_reopen_request(request=asked, is_granted=True, by=cast.hanh)
    asked.refresh_from_db()
    assert asked.is_granted is None
