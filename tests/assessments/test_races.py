"""Two people take a step at the same moment: one succeeds, the other reads a sentence."""

from assessments import actions
from assessments.errors import RecordLocked, StepNotAllowed
from assessments.merge import Edit, RowEdit, SaveReport
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest, SignOff, SubjectResult
from assessments.workflow import Status
from audit.errors import DomainError
from audit.models import AuditEvent
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.cast import Cast
from tests.rivals import Rivals, shared_database

END_TERM_1 = Period.END_TERM_1

pytestmark = shared_database


def check_one_is_refused(outcomes: list[object]) -> DomainError:
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    [refusal] = refusals
    assert isinstance(refusal, DomainError), refusal
    assert str(refusal.message)
    return refusal


def status_of_class() -> str:
    return ClassPeriod.objects.get().status


def statuses_of_pupils() -> set[str]:
    return set(PeriodRecord.objects.values_list("status", flat=True))


def events(name: str) -> int:
    return AuditEvent.objects.filter(event=name).count()


def enter(cast: Cast, subject_code: str, by: StaffMember, *, base: str, level: str) -> SaveReport:
    return actions.save_subject_results(
        school_class=SchoolClass.objects.get(pk=cast.school_class.pk),
        period=END_TERM_1,
        subject_code=subject_code,
        rows=[RowEdit(cast.anh.pk, {"level": Edit(base, level)})],
        by=by,
    )


def test_two_submissions(cast: Cast, rivals: Rivals) -> None:
    states.filled(cast)
    outcomes = rivals.act_at_once(lambda: states.submit(cast), lambda: states.submit(cast))
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    assert rivals.see(lambda: events("class_period.submitted")) == 1


def test_two_signatures(cast: Cast, rivals: Rivals) -> None:
    submitted = states.submitted(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.sign_off_class_period(class_period=submitted, by=cast.hanh),
        lambda: actions.sign_off_class_period(class_period=submitted, by=cast.phuc),
    )
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    assert rivals.see(SignOff.objects.count) == 3


def test_a_signature_and_a_return(cast: Cast, rivals: Rivals) -> None:
    submitted = states.submitted(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.sign_off_class_period(class_period=submitted, by=cast.hanh),
        lambda: actions.return_class_period(class_period=submitted, reason="Xem lại", by=cast.phuc),
    )
    check_one_is_refused(outcomes)
    assert rivals.see(statuses_of_pupils) == {rivals.see(status_of_class)}


def test_two_signatures_of_one_pupil(cast: Cast, rivals: Rivals) -> None:
    record = actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)
    outcomes = rivals.act_at_once(
        lambda: actions.sign_off_record(record=record, by=cast.hanh),
        lambda: actions.sign_off_record(record=record, by=cast.phuc),
    )
    check_one_is_refused(outcomes)
    assert rivals.see(SignOff.objects.filter(record=record).count) == 2


def test_two_reopen_one_pupil(cast: Cast, rivals: Rivals) -> None:
    record = states.signed_off(cast).records.get(enrollment=cast.anh)
    outcomes = rivals.act_at_once(
        lambda: actions.reopen_record(record=record, reason="Sai Toán", by=cast.hanh),
        lambda: actions.reopen_record(record=record, reason="Sai Tiếng Việt", by=cast.phuc),
    )
    check_one_is_refused(outcomes)
    assert rivals.see(lambda: events("period_record.reopened")) == 1


def test_one_signs_the_pupil_while_another_reopens_the_class(cast: Cast, rivals: Rivals) -> None:
    """Whoever comes first, she is with her teachers afterwards, like her class."""
    record = actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)
    signed, reopened = rivals.act_at_once(
        lambda: actions.sign_off_record(record=record, by=cast.hanh),
        lambda: actions.reopen_class_period(
            class_period=record.class_period, reason="Sai cả lớp", by=cast.phuc
        ),
    )
    assert not isinstance(reopened, Exception)
    assert isinstance(signed, PeriodRecord | StepNotAllowed)
    assert rivals.see(statuses_of_pupils) <= {Status.REOPENED, Status.RETURNED}


def test_two_requests(cast: Cast, rivals: Rivals) -> None:
    signed = states.signed_off(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.request_reopening(class_period=signed, reason="Sai Toán", by=cast.ngoc),
        lambda: actions.request_reopening(class_period=signed, reason="Sai Anh", by=cast.binh),
    )
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    assert rivals.see(ReopenRequest.objects.count) == 1


def test_two_answers(cast: Cast, rivals: Rivals) -> None:
    asked = actions.request_reopening(
        class_period=states.signed_off(cast), reason="Sai điểm", by=cast.ngoc
    )
    outcomes = rivals.act_at_once(
        lambda: actions.decide_reopen_request(request=asked, is_granted=True, by=cast.hanh),
        lambda: actions.decide_reopen_request(request=asked, is_granted=False, by=cast.phuc),
    )
    check_one_is_refused(outcomes)
    granted = rivals.see(lambda: ReopenRequest.objects.get().is_granted)
    expected = Status.REOPENED if granted else Status.SIGNED_OFF
    assert rivals.see(status_of_class) == expected


def test_a_refusal_while_another_reopens_the_class(cast: Cast, rivals: Rivals) -> None:
    """Reopening answers whoever asked; a refusal that came first stands."""
    signed = states.signed_off(cast)
    asked = actions.request_reopening(class_period=signed, reason="Sai điểm", by=cast.ngoc)
    refused, reopened = rivals.act_at_once(
        lambda: actions.decide_reopen_request(request=asked, is_granted=False, by=cast.hanh),
        lambda: actions.reopen_class_period(class_period=signed, reason="Sai", by=cast.phuc),
    )
    assert isinstance(reopened, ClassPeriod)
    was_refused = rivals.see(lambda: ReopenRequest.objects.get().is_granted is False)
    assert was_refused == (not isinstance(refused, Exception))


def test_two_first_entries_of_a_class(cast: Cast, rivals: Rivals) -> None:
    """Nothing exists yet: both make the class's record and the pupil's, and one of each stays."""
    outcomes = rivals.act_at_once(
        lambda: enter(cast, "toan", cast.ngoc, base="", level="T"),
        lambda: enter(cast, "ngoai_ngu_1", cast.binh, base="", level="H"),
    )
    assert [outcome.saved for outcome in outcomes] == [[cast.anh.pk]] * 2
    assert rivals.see(PeriodRecord.objects.count) == 1


def test_two_write_one_cell(cast: Cast, rivals: Rivals) -> None:
    outcomes = rivals.act_at_once(
        lambda: enter(cast, "toan", cast.ngoc, base="", level="T"),
        lambda: enter(cast, "toan", cast.ngoc, base="", level="H"),
    )
    [saved] = [outcome for outcome in outcomes if outcome.saved]
    [told] = [outcome for outcome in outcomes if outcome.conflicts]
    stored = rivals.see(lambda: SubjectResult.objects.get().level)
    assert saved is not told
    assert told.conflicts[0].stored == stored


def test_two_write_the_same_into_one_cell(cast: Cast, rivals: Rivals) -> None:
    outcomes = rivals.act_at_once(
        lambda: enter(cast, "toan", cast.ngoc, base="", level="T"),
        lambda: enter(cast, "toan", cast.ngoc, base="", level="T"),
    )
    assert [outcome.conflicts for outcome in outcomes] == [[], []]
    assert rivals.see(lambda: events("subject_result.saved")) == 1


def test_an_entry_while_the_class_is_handed_in(cast: Cast, rivals: Rivals) -> None:
    """What was signed is what stands: the entry came before, or it is refused."""
    states.filled(cast)
    submitted, entered = rivals.act_at_once(
        lambda: states.submit(cast),
        lambda: enter(cast, "toan", cast.ngoc, base="T", level="H"),
    )
    assert isinstance(submitted, ClassPeriod)
    stored = rivals.see(
        lambda: SubjectResult.objects.get(record__enrollment=cast.anh, subject_code="toan").level
    )
    assert stored == ("T" if isinstance(entered, RecordLocked) else "H")


def test_an_entry_that_makes_the_class_incomplete(cast: Cast, rivals: Rivals) -> None:
    states.filled(cast)
    outcomes = rivals.act_at_once(
        lambda: states.submit(cast),
        lambda: enter(cast, "toan", cast.ngoc, base="T", level=""),
    )
    check_one_is_refused(outcomes)


def test_two_teachers_fill_two_subjects_of_a_whole_class(cast: Cast, rivals: Rivals) -> None:
    def save(subject_code: str, by: StaffMember) -> SaveReport:
        return actions.save_subject_results(
            school_class=SchoolClass.objects.get(pk=cast.school_class.pk),
            period=END_TERM_1,
            subject_code=subject_code,
            rows=[subject_row(pupil.pk, level="T", score=9) for pupil in (cast.anh, cast.duc)],
            by=by,
        )

    rivals.act_at_once(lambda: save("toan", cast.ngoc), lambda: save("ngoai_ngu_1", cast.binh))
    assert rivals.see(SubjectResult.objects.count) == 4
