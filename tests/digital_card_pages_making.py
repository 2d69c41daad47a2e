"""The permission matrix's lines for making digital cards, and for the card itself."""

import uuid

from reportcards.models import AllottedUuid, ReportCard
from schools.models import Department
from schools.models.school import UuidSource
from tests.cast import Cast
from tests.pages import Values, get, post
from tests.reportcards.cards import card_payload
from tests.rows import saved_row

PAYLOAD_OF = "hanh phuc ngoc tam van"


def the_year(cast: Cast) -> Values:
    return {"first_year": 2026}


def the_class(cast: Cast) -> Values:
    return {"school_class_id": cast.school_class.pk}


def the_class_sent(cast: Cast) -> Values:
    return {**the_class(cast), "step": "send"}


def a_card(cast: Cast) -> Values:
    """In making; the payload is an invented pupil's."""
    number = uuid.uuid4()
    card = saved_row(ReportCard, cast, uuid=number, payload=card_payload(uuid=str(number)))
    return {"uuid": card.uuid}


def a_card_sent(cast: Cast) -> Values:
    return {**a_card(cast), "step": "send"}


def of_the_department(cast: Cast) -> Values:
    Department.objects.filter(pk=cast.school.department_id).update(
        uuid_source=UuidSource.DEPARTMENT
    )
    AllottedUuid.objects.create(school=cast.school, uuid=uuid.uuid4())
    return {}


MAKING_PAGES = [
    # The digital cards of a year; nobody's results are signed, so that nothing can be created
    get("card_year", "hanh phuc tam van", the_year, except_for={"quang": 200}),
    get("close_card_year", "hanh phuc", the_year, except_for={"quang": 200}),
    post("close_card_year", "hanh phuc", the_year, answer=422, except_for={"quang": 422}),
    get("allotted_uuids", "tam van", of_the_department, except_for={"quang": 403}),
    post("allotted_uuids", "tam van", of_the_department, answer=422, except_for={"quang": 403}),
    get("class_cards", PAYLOAD_OF, the_class),
    post("create_cards", "tam van", the_class, answer=422),
    get("record_class_delivery", "tam van", the_class_sent),
    post("record_class_delivery", "tam van", the_class_sent, answer=422),
    # One card, in making: it has no files, and nothing of it can be sent
    get("digital_card", PAYLOAD_OF, a_card),
    get("card_xml", PAYLOAD_OF, a_card, answer=302),
    get("card_content", PAYLOAD_OF, a_card, answer=302),
    get("card_qr", PAYLOAD_OF, a_card),
    get("recreate_card", "tam van", a_card),
    post("recreate_card", "tam van", a_card, answer=422),
    get("discard_card", "tam van", a_card),
    post("discard_card", "tam van", a_card, answer=422),
    get("record_delivery", "tam van", a_card_sent, answer=302),
    post("record_delivery", "tam van", a_card_sent, answer=422),
]
