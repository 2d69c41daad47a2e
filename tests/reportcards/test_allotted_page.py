"""The numbers that the department allots: pasted, counted, never lost."""

import datetime
import uuid

import pytest
import time_machine
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reportcards.actions import receive_allotted_uuids
from reportcards.card_forms.delivery import MOST_LINES, UuidListField
from reportcards.models import AllottedUuid
from schools.models import Department
from schools.models.school import UuidSource
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import read, words

URL = reverse("allotted_uuids")
FIRST = "123e4567-e89b-42d3-a456-556642440000"
SECOND = "9b2d7e10-0c6f-4f5e-8a8e-0d3c5b1f2a44"


@pytest.fixture
def allotting(cast: Cast) -> Cast:
    """The department gives the numbers."""
    Department.objects.filter(pk=cast.school.department_id).update(
        uuid_source=UuidSource.DEPARTMENT
    )
    return cast


def post(cast: Cast, text: str, role: str = "van") -> HttpResponse:
    return client_of(cast, role).post(URL, {"uuids": text}, follow=True)


class TestPage:
    def test_does_not_exist_where_the_school_makes_its_numbers(self, cast: Cast) -> None:
        assert client_of(cast, "van").get(URL).status_code == 404

    def test_keeps_what_is_pasted(self, allotting: Cast) -> None:
        response = post(allotting, f"{FIRST}\r\n{SECOND}\r\n")
        assert "Đã ghi 2 mã do Sở cấp." in words(response)
        assert [str(row.uuid) for row in AllottedUuid.objects.order_by("pk")] == [FIRST, SECOND]
        assert AllottedUuid.objects.for_school(allotting.school).count() == 2

    def test_says_how_many_are_left(self, allotting: Cast) -> None:
        receive_allotted_uuids(uuids=[uuid.UUID(FIRST), uuid.UUID(SECOND)], by=allotting.van)
        AllottedUuid.objects.filter(uuid=FIRST).update(
            used_at=datetime.datetime(2027, 1, 5, tzinfo=datetime.UTC)
        )
        AllottedUuid.objects.create(school=allotting.other_school, uuid=uuid.uuid4())
        page = read(allotting, "van", URL).context["page"]
        assert (page.left, page.used) == (1, 1)
        text = words(read(allotting, "tam", URL))
        assert '<strong class="figures__number">1</strong> <span>mã còn dùng được</span>' in text

    def test_lists_what_came_when(self, allotting: Cast) -> None:
        receive_allotted_uuids(uuids=[uuid.UUID(FIRST)], by=allotting.van)
        with time_machine.travel("2027-03-01T01:00:00+00:00", tick=False):
            numbers = [uuid.uuid4() for _ in range(2)]
            receive_allotted_uuids(uuids=numbers, by=allotting.van)
            page = read(allotting, "van", URL).context["page"]
        assert [(row.day.isoformat(), row.count, row.used) for row in page.received] == [
            ("2027-03-01", 2, 0),
            ("2027-01-05", 1, 0),
        ]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Hãy dán danh sách mã do Sở cấp."),
            (f"{FIRST}\nkhông phải mã", "3 mã không phải UUID phiên bản 4: không, phải, mã."),
            ("123e4567-e89b-12d3-a456-556642440000", "1 mã không phải UUID phiên bản 4"),
            (f"{FIRST}\n{FIRST.upper()}", f"1 mã đứng nhiều lần trong danh sách: {FIRST}."),
        ],
    )
    def test_refuses_with_nothing_lost(self, allotting: Cast, text: str, sentence: str) -> None:
        response = post(allotting, text)
        assert response.status_code == 422
        assert sentence in words(response)
        assert all(line in words(response) for line in text.split("\n"))
        assert not AllottedUuid.objects.exists()

    def test_a_number_that_came_before_is_named_and_the_text_stays(self, allotting: Cast) -> None:
        receive_allotted_uuids(uuids=[uuid.UUID(FIRST)], by=allotting.van)
        response = post(allotting, f"{FIRST}\n{SECOND}")
        assert response.status_code == 422
        assert f"1 mã đã được nhận hoặc đã dùng ({FIRST})" in words(response)
        assert f"{SECOND}</textarea>" in words(response)

    @pytest.mark.parametrize("role", ["hanh", "ngoc", "kien"])
    def test_is_the_offices(self, allotting: Cast, role: str) -> None:
        assert client_of(allotting, role).get(URL).status_code == 403
        assert post(allotting, FIRST, role).status_code == 403


def cleaned(text: str) -> list[uuid.UUID]:
    return UuidListField(error_messages={"required": "Hãy dán."}).clean(text)


class TestReadingAList:
    @pytest.mark.parametrize("between", ["\n", "\r\n", ", ", ";", "\t", "  \n\n "])
    def test_lines_commas_and_tabs_part_them(self, between: str) -> None:
        assert [str(one) for one in cleaned(f" {FIRST}{between}{SECOND}\n")] == [FIRST, SECOND]

    @given(st.lists(st.uuids(version=4), min_size=1, max_size=30, unique=True))
    def test_any_list_is_read_in_its_order(self, numbers: list[uuid.UUID]) -> None:
        assert cleaned("\n".join(map(str, numbers))) == numbers

    @given(st.text(max_size=80))
    def test_anything_else_is_refused_with_a_sentence(self, text: str) -> None:
        with pytest.raises(forms.ValidationError) as refusal:
            cleaned(text)
        assert all(refusal.value.messages)

    @pytest.mark.parametrize(
        "text",
        [
            "{" + FIRST + "}",
            f"urn:uuid:{FIRST}",
            FIRST.replace("-", ""),
            f"{FIRST[:-1]}",
            f"{FIRST}0",
            "00000000-0000-0000-0000-000000000000",
        ],
    )
    def test_other_spellings_are_not_taken(self, text: str) -> None:
        with pytest.raises(forms.ValidationError):
            cleaned(text)

    def test_capitals_are_the_same_number(self) -> None:
        assert cleaned(FIRST.upper()) == [uuid.UUID(FIRST)]

    def test_too_many_at_once(self) -> None:
        text = "\n".join(str(uuid.uuid4()) for _ in range(MOST_LINES + 1))
        with pytest.raises(forms.ValidationError, match=f"nhiều nhất {MOST_LINES} mã"):
            cleaned(text)

    def test_what_is_quoted_is_short(self) -> None:
        with pytest.raises(forms.ValidationError) as refusal:
            cleaned("\n".join("x" * 5000 + str(number) for number in range(20)))
        [sentence] = refusal.value.messages
        assert sentence.startswith("20 mã không phải UUID")
        assert len(sentence) < 300
