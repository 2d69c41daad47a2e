"""Cells that are saved at the moment when somebody else acts."""

from functools import partial

from assessments import actions
from assessments.cells import CellOutcome, Fate, save_cells
from assessments.models import SubjectResult
from audit.models import AuditEvent
from schools.models import SchoolClass, StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.grid_cells import END_TERM_1, fates, subject_grid, typed
from tests.cast import Cast
from tests.rivals import Rivals, shared_database

pytestmark = shared_database


def save(cast: Cast, by: StaffMember, *cells: tuple[str, str, str]) -> list[CellOutcome]:
    """Cells of Anh's, Đức's or H'Hen's Toán, each as (pupil, base, typed level)."""
    action = partial(
        actions.save_subject_results,
        school_class=SchoolClass.objects.get(pk=cast.school_class.pk),
        period=END_TERM_1,
        subject_code="toan",
        by=by,
    )
    asked = [typed(getattr(cast, name), "level", text, base) for name, base, text in cells]
    return save_cells(subject_grid(cast), asked, action)


def levels() -> dict[str, str]:
    rows = SubjectResult.objects.filter(subject_code="toan")
    names = "record__enrollment__student__full_name"
    return dict(rows.values_list(names, "level"))


def test_one_cell_and_two_teachers(cast: Cast, rivals: Rivals) -> None:
    """One is saved, the other reads both values and who wrote the first."""
    factories.assign_teacher(cast.school_class, "toan", cast.suong)

    [[ngoc], [suong]] = rivals.act_at_once(
        lambda: save(cast, cast.ngoc, ("anh", "", "T")),
        lambda: save(cast, cast.suong, ("anh", "", "H")),
    )

    assert {ngoc.fate, suong.fate} == {Fate.SAVED, Fate.CONFLICT}
    saved, asked = (ngoc, suong) if ngoc.fate == Fate.SAVED else (suong, ngoc)
    assert asked.value == saved.value == rivals.see(levels)["Lê Minh Anh"]
    assert asked.saved_by == ("Trần Thị Ngọc" if saved is ngoc else "Lê Thị Sương")


def test_the_same_value_from_both_is_written_once(cast: Cast, rivals: Rivals) -> None:
    outcomes = rivals.act_at_once(
        lambda: save(cast, cast.ngoc, ("anh", "", "T")),
        lambda: save(cast, cast.ngoc, ("anh", "", "T")),
    )

    assert Fate.CONFLICT not in {outcome.fate for [outcome] in outcomes}
    events = AuditEvent.objects.filter(event="subject_result.saved")
    assert rivals.see(events.count) == 1


def test_a_class_that_is_handed_in_meanwhile(cast: Cast, rivals: Rivals) -> None:
    """What was acknowledged stands in what was handed in; the rest was refused."""
    states.filled(cast)

    _submitted, outcomes = rivals.act_at_once(
        lambda: states.submit(cast),
        lambda: save(cast, cast.ngoc, ("anh", "T", "H"), ("duc", "T", "H")),
    )

    stored = rivals.see(levels)
    told = [outcome.fate == Fate.SAVED for outcome in outcomes]
    assert told == [stored["Lê Minh Anh"] == "H", stored["Võ Trí Đức"] == "H"]
    assert all(outcome.sentence for outcome in outcomes if outcome.fate == Fate.REFUSED)


def test_a_pupil_who_is_signed_meanwhile_keeps_no_other_from_being_saved(
    cast: Cast, rivals: Rivals
) -> None:
    """Anh alone goes back to the principal; Đức, reopened too, is with his teachers."""
    record = states.with_anh_reopened(cast)
    of_duc = record.class_period.records.get(enrollment=cast.duc)
    actions.reopen_record(record=of_duc, reason="Nhập nhầm", by=cast.hanh)

    _handed_in, outcomes = rivals.act_at_once(
        lambda: actions.submit_record(record=record, by=cast.ngoc),
        lambda: save(cast, cast.ngoc, ("anh", "T", "H"), ("duc", "T", "H")),
    )

    assert fates(outcomes)[1] == "saved"
    stored = rivals.see(levels)
    assert (outcomes[0].fate == Fate.SAVED) == (stored["Lê Minh Anh"] == "H")
    assert stored["Võ Trí Đức"] == "H"
