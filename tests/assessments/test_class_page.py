"""All that the page of a class shows, before anybody asks who is looking."""

import pytest

from assessments import actions
from assessments.class_page import ClassPage, PupilRow, class_page
from assessments.completeness import Kind
from assessments.reading import class_period_of
from assessments.workflow import Status
from rulesets import Period
from students.models import Enrollment
from tests.assessments import states
from tests.assessments.filling import assign_every_subject
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def page(cast: Cast) -> ClassPage:
    return class_page(class_period_of(cast.school_class, END_TERM_1))


def row_of(enrollment: Enrollment, found: ClassPage) -> PupilRow:
    return next(row for row in found.pupils if row.enrollment == enrollment)


def ask(cast: Cast, *, for_anh: bool) -> None:
    class_period = states.signed_off(cast)
    record = class_period.records.get(enrollment=cast.anh) if for_anh else None
    actions.request_reopening(
        class_period=class_period, record=record, reason="Sai điểm", by=cast.ngoc
    )


def test_the_page_of_an_untouched_class_has_every_pupil_and_no_record(cast: Cast) -> None:
    found = page(cast)
    assert [row.enrollment for row in found.pupils] == [cast.anh, cast.duc, cast.hhen]
    assert {(row.record, row.status) for row in found.pupils} == {(None, Status.OPEN)}


def test_it_is_named_by_class_and_period(cast: Cast) -> None:
    assert page(cast).title == "Lớp 4A, Cuối học kỳ I"


def test_what_is_missing_is_counted_in_its_title(cast: Cast) -> None:
    assign_every_subject(cast.school_class, cast.ngoc)
    found = page(cast)
    places = sum(len(lacks) for lacks in found.lacks.values())
    assert found.grids_title == f"Còn {places} chỗ thiếu trước khi gửi"


def test_a_filled_class_lacks_nothing(cast: Cast) -> None:
    states.filled(cast)
    assert page(cast).grids_title == "Tiến độ từng phần"


def test_what_a_locked_class_lacks_is_nobodys_task(cast: Cast) -> None:
    states.submitted(cast)
    assert page(cast).lacks == {}


def test_each_grid_stands_with_its_levels(cast: Cast) -> None:
    states.filled(cast)
    assert page(cast).levels[Kind.SUBJECT_LEVEL, "toan"] == "T 3"


@pytest.mark.parametrize("bring", [states.filled, states.submitted, states.returned])
def test_what_was_never_signed_has_not_changed_since(bring, cast: Cast) -> None:
    bring(cast)
    assert page(cast).changed == []


def test_a_reopened_class_shows_what_changed_since_it_was_signed(cast: Cast) -> None:
    states.reopened(cast)
    states.correct(cast, "toan", score=(9, 10))
    (changed,) = page(cast).changed
    assert changed.enrollment == cast.anh
    assert [(row.before, row.after) for row in changed.changes] == [("9", "10")]


def test_a_change_that_was_taken_back_is_none(cast: Cast) -> None:
    states.reopened(cast)
    states.correct(cast, "toan", score=(9, 10))
    states.correct(cast, "toan", score=(10, 9))
    assert page(cast).changed == []


def test_a_signed_class_has_nobody_apart(cast: Cast) -> None:
    states.signed_off(cast)
    found = page(cast)
    assert found.apart == []
    assert all(row.is_signed_off for row in found.pupils)


def test_a_pupil_reopened_alone_stands_apart_from_her_class(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    found = page(cast)
    (apart,) = found.apart
    assert apart.record.enrollment == cast.anh
    assert apart.is_with_teachers
    assert not row_of(cast.anh, found).is_signed_off
    assert row_of(cast.duc, found).is_signed_off


def test_a_pupil_apart_shows_her_own_changes_only(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    states.correct(cast, "toan", score=(9, 10))
    found = page(cast)
    assert [(row.before, row.after) for row in found.apart[0].changes] == [("9", "10")]
    assert found.changed == []


def test_a_pupil_handed_in_alone_is_with_the_leader(cast: Cast) -> None:
    actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)
    (apart,) = page(cast).apart
    assert not apart.is_with_teachers


def test_a_request_for_the_class_is_the_classs(cast: Cast) -> None:
    ask(cast, for_anh=False)
    found = page(cast)
    assert found.class_request is not None
    assert found.class_request.reason == "Sai điểm"
    assert {row.pending_request for row in found.pupils} == {None}


def test_a_request_for_one_pupil_stands_at_her_name(cast: Cast) -> None:
    ask(cast, for_anh=True)
    found = page(cast)
    assert found.class_request is None
    assert row_of(cast.anh, found).pending_request is not None
    assert row_of(cast.duc, found).pending_request is None


def test_an_answered_request_no_longer_stands_there(cast: Cast) -> None:
    ask(cast, for_anh=False)
    (request,) = page(cast).requests
    actions.decide_reopen_request(request=request, is_granted=False, by=cast.hanh)
    assert page(cast).requests == []
