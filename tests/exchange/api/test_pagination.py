"""A walk through the pages reads each row once, however many rows bear one timestamp."""

import datetime
from collections.abc import Iterator

import pytest
from django.core import signing
from django.db import connection
from django.db.models import F, QuerySet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assessments.workflow import Status
from exchange.api.pagination import Page, Position, page_after
from schools.models import SchoolClass
from tests import factories
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get
from tests.exchange.api.sign_offs import move, sign_off

few_instants = st.integers(min_value=0, max_value=3).map(
    lambda number: NOW + datetime.timedelta(microseconds=number)
)
page_sizes = st.integers(min_value=1, max_value=7)


def rows_of(school_year) -> QuerySet:
    classes = SchoolClass.objects.filter(school_year=school_year)
    return classes.annotate(changed_at=F("updated_at"))


def add_rows(school_year, instants: list[datetime.datetime]) -> list[int]:
    first = SchoolClass.objects.count()
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(school_year=school_year, name=f"{first + n}", lowest_grade=1, highest_grade=1)
        for n in range(len(instants))
    )
    for school_class, instant in zip(classes, instants, strict=True):
        SchoolClass.objects.filter(pk=school_class.pk).update(updated_at=instant)
    return [school_class.pk for school_class in classes]


def walk(rows: QuerySet, size: int) -> Iterator[Page]:
    page = page_after(rows, None, size=size)
    yield page
    while page.next_cursor:
        page = page_after(rows, Position.from_cursor(page.next_cursor), size=size)
        yield page


class WalkTests(TestCase):
    """Hypothesis rolls the database back after each example only in its own TestCase."""

    def setUp(self) -> None:
        self.school_year = factories.make_school_year(factories.make_school())

    @given(st.lists(few_instants, max_size=15), page_sizes)
    def test_each_row_is_read_exactly_once_and_in_order(self, instants, size):
        keys = add_rows(self.school_year, instants)
        read = [row for page in walk(rows_of(self.school_year), size) for row in page.rows]
        assert sorted(row.pk for row in read) == sorted(keys)
        positions = [Position.of(row) for row in read]
        assert positions == sorted(positions)

    @given(st.lists(few_instants, max_size=15), page_sizes)
    def test_only_the_last_page_may_be_short(self, instants, size):
        add_rows(self.school_year, instants)
        *full, last = walk(rows_of(self.school_year), size)
        assert all(len(page.rows) == size for page in full)
        assert last.next_cursor is None
        assert bool(last.rows) == bool(instants)

    @given(st.lists(few_instants, min_size=1, max_size=12), page_sizes, st.data())
    def test_rows_inserted_behind_the_cursor_disturb_nobody(self, instants, size, data):
        keys = add_rows(self.school_year, instants)
        read = []
        for page in walk(rows_of(self.school_year), size):
            read += [row.pk for row in page.rows]
            drawn = data.draw(st.lists(few_instants, max_size=2))
            add_rows(self.school_year, [at for at in drawn if at < page.rows[-1].changed_at])
        assert sorted(read) == sorted(keys)

    @given(st.lists(few_instants, min_size=1, max_size=12), page_sizes, st.data())
    def test_rows_that_join_a_timestamp_shift_no_other(self, instants, size, data):
        keys = set(add_rows(self.school_year, instants))
        read = []
        for page in walk(rows_of(self.school_year), size):
            read += [row.pk for row in page.rows]
            if SchoolClass.objects.count() < 40:
                add_rows(self.school_year, data.draw(st.lists(few_instants, max_size=2)))
        assert len(read) == len(set(read))
        assert keys <= set(read)

    @given(st.lists(few_instants, min_size=1, max_size=12), page_sizes, st.data())
    def test_a_row_that_changes_during_the_walk_is_read_in_its_new_state(
        self, instants, size, data
    ):
        keys = add_rows(self.school_year, instants)
        changed = data.draw(st.sampled_from(keys))
        last_read = {}
        for number, page in enumerate(walk(rows_of(self.school_year), size)):
            last_read |= {row.pk: row.changed_at for row in page.rows}
            if number == 0 and page.next_position:
                later = NOW + datetime.timedelta(days=1)
                SchoolClass.objects.filter(pk=changed).update(updated_at=later)
        current = rows_of(self.school_year).values_list("pk", "changed_at")
        assert last_read == dict(current)

    @given(st.datetimes(timezones=st.just(datetime.UTC)), st.integers(1, 2**63 - 1))
    def test_a_cursor_keeps_the_position_to_the_microsecond(self, changed_at, pk):
        position = Position(changed_at, pk)
        assert Position.from_cursor(position.to_cursor()) == position


def test_a_cursor_that_was_altered_is_refused():
    cursor = Position(NOW, 1).to_cursor()
    with pytest.raises(signing.BadSignature):
        Position.from_cursor("x" + cursor)


def read_all(get: Get, address: str, query: dict) -> list[list[int]]:
    pages = [get(address, query).json()]
    while pages[-1]["next"]:
        pages.append(get(pages[-1]["next"]).json())
    return [[row["id"] for row in page["results"]] for page in pages]


@pytest.mark.parametrize(("size", "pages"), [(1, 12), (5, 3), (6, 2), (11, 2), (12, 1), (500, 1)])
def test_a_class_signed_off_in_one_instant(get: Get, cast: Cast, size: int, pages: int):
    pupils = [cast.anh, cast.hhen, cast.duc] + [
        factories.enroll(factories.make_student(f"Trần Văn Số {n}"), cast.school_class)
        for n in range(9)
    ]
    signed = [sign_off(pupil, cast.hanh).record_id for pupil in pupils]
    read = read_all(get, "period-records/", {"page_size": size})
    assert len(read) == pages
    assert [key for page in read for key in page] == sorted(signed)


def test_students_of_one_instant(get: Get, cast: Cast):
    for number in range(20):
        factories.enroll(factories.make_student(f"Trần Văn Số {number}"), cast.school_class)
    read = [key for page in read_all(get, "students/", {"page_size": 3}) for key in page]
    assert len(read) == len(set(read)) == 23


def test_a_record_reopened_between_two_pages_is_read_again_at_the_end(get: Get, cast: Cast):
    signed = [sign_off(pupil, cast.hanh) for pupil in (cast.anh, cast.hhen, cast.duc)]
    first = get("period-records/", {"page_size": 2}).json()
    move(signed[0].record, Status.REOPENED, at=NOW + datetime.timedelta(minutes=1))
    second = get(first["next"]).json()
    assert [(row["id"], row["is_under_review"]) for row in second["results"]] == [
        (signed[2].record_id, False),
        (signed[0].record_id, True),
    ]


def test_next_keeps_the_filters(get: Get, cast: Cast):
    query = {
        "school_year": "2026-2027",
        "page_size": 1,
        "updated_since": "2027-01-05T20:30:00+07:00",
    }
    first = get("students/", query).json()
    assert first["next"].startswith("http://testserver/api/v1/students/?")
    assert "school_year=2026-2027" in first["next"]
    assert sum(map(len, read_all(get, "students/", query))) == 3


def test_the_default_page_holds_a_hundred(get: Get, cast: Cast):
    SchoolClass.objects.bulk_create(
        SchoolClass(school_year=cast.school_year, name=f"1.{n}", lowest_grade=1, highest_grade=1)
        for n in range(100)
    )
    assert [len(page) for page in read_all(get, "classes/", {})] == [100, 1]


class AfterThePositions:
    """Does something between the query for the positions and the one for the rows."""

    def __init__(self, meddle) -> None:
        self.meddle = meddle
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        if self.queries == 2:
            self.meddle()
        return execute(sql, params, many, context)


def test_a_row_that_goes_away_while_the_page_is_read_disturbs_no_other(cast: Cast):
    year = factories.make_school_year(cast.school, 2030)
    keys = add_rows(year, [NOW] * 4)
    gone = SchoolClass.objects.filter(pk=keys[2])
    with connection.execute_wrapper(AfterThePositions(gone.delete)):
        first = page_after(rows_of(year), None, size=3)
    second = page_after(rows_of(year), first.next_position, size=3)
    assert [row.pk for page in (first, second) for row in page.rows] == [
        keys[0],
        keys[1],
        keys[3],
    ]
