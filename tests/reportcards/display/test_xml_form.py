"""The form that an XML says is the payload's own, but for what the XML does not say."""

from dataclasses import fields, replace

import pytest

from reportcards.display.comparison import first_difference
from reportcards.display.form import DisplayForm, display_form
from reportcards.display.xml_form import UnknownForm, form_of_xml
from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card, data_node
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload
from tests.reportcards.display.pages import DIGEST, a_form, pages_of

pytestmark = pytest.mark.any_database

PROFILE = get_profile("v1.0")
PAYLOADS = [
    *(grade_payload(grade_level) for grade_level in range(1, 6)),
    not_assessed_payload(),
    card_payload(homeroom_signer=None),
    card_payload(school={"name": "Tiểu học Kim Đồng", "district_name": "Huyện Krông Búk"}),
    card_payload(student={"gender": "male", "personal_id": None, "guardian_name": "Lê Thị Tư"}),
    card_payload(year_decision={"reward": "", "has_completed": False, "is_promoted": False}),
]


def said_of(payload: dict) -> DisplayForm:
    return form_of_xml(data_node(payload, PROFILE), PROFILE)


def known_to_the_xml(form: DisplayForm) -> DisplayForm:
    """Without comments of subjects and the digest, of which no element of the profile speaks."""
    studied = [
        replace(row, comment=None) if row.comment or row.level else row for row in form.subjects
    ]
    return replace(form, subjects=tuple(studied), digest=None)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_xml_says_what_the_payload_says(payload):
    said, expected = said_of(payload), known_to_the_xml(display_form(payload, digest=DIGEST))

    for field in fields(DisplayForm):
        assert getattr(said, field.name) == getattr(expected, field.name), field.name


@pytest.mark.parametrize("payload", PAYLOADS)
def test_pages_of_the_payload_agree_with_its_xml(payload):
    pages = pages_of(display_form(payload, digest=DIGEST))

    assert first_difference(pages, said_of(payload)) is None


def test_the_whole_card_says_what_its_data_node_says():
    card = build_card(card_payload(), PROFILE)

    assert form_of_xml(card, PROFILE) == said_of(card_payload())


def test_nobody_knows_whether_somebody_confirms_for_a_teacher_without_an_id():
    payload = card_payload(homeroom_signer={"stands_in_for": "Trần Thị Vắng"})

    assert said_of(payload).homeroom_teacher is None


def test_a_subjects_comment_may_be_anything_in_the_xmls_eyes():
    shown = card_payload()
    shown["subjects"][0]["comment"] = "Toán 9 Lịch sử và Địa lí"

    assert (
        first_difference(pages_of(display_form(shown, digest=DIGEST)), said_of(card_payload()))
        is None
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": "Lê Minh Ánh"}, "full_name"),
        ({"outcome": "Hoàn thành xuất sắc"}, "outcome"),
        ({"issued_on": "30/05/2027"}, "issued_on"),
        ({"uuid": "123e4567-e89b-42d3-a456-556642440001"}, "uuid"),
        ({"digest": "f" * 63}, "digest"),
    ],
)
def test_pages_that_say_something_else_are_told_by_field(changes, field):
    pages = pages_of(replace(a_form(), **changes))

    difference = first_difference(pages, said_of(card_payload()))

    assert difference is not None
    assert difference.field == field


def test_a_level_between_two_comments_nobody_knows_is_told():
    payload = card_payload()
    payload["subjects"][1]["level_name"] = "Hoàn thành"

    difference = first_difference(
        pages_of(display_form(payload, digest=DIGEST)), said_of(card_payload())
    )

    assert difference is not None
    assert difference.field == "subjects.toan.level"
    assert (difference.expected, difference.found) == ("Hoàn thành tốt", "Hoàn thành")


def test_a_text_that_no_profile_writes_stands_as_it_is():
    card = build_card(card_payload(), PROFILE).replace(b">02/09/2016<", b">2016<")

    assert form_of_xml(card, PROFILE).date_of_birth == "2016"


def test_an_xml_of_another_circular_has_no_form():
    card = build_card(card_payload(), PROFILE).replace(b">TT27/2020<", b">TT22/2021<")

    with pytest.raises(UnknownForm, match="TT22/2021"):
        form_of_xml(card, PROFILE)
