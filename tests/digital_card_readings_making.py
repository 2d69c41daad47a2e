"""Pages of making digital cards that are read in English, in May when a year is signed off."""

import datetime

from django.urls import reverse

from reportcards.actions import (
    Plan,
    close_card_year,
    create_report_cards,
    discard_report_card,
    record_delivery,
)
from reportcards.models import ReportCard
from reportcards.workflow import CardState, CardStep
from rulesets import Period
from schools.models import Department, School, StaffMember, StaffRole
from schools.models.school import UuidSource
from students.models import Student
from tests.assessments import states
from tests.cast import Cast
from tests.digital_card_pages_making import of_the_department
from tests.english_readings import Address, Reading, at, named, of_class, of_pupil
from tests.reportcards.digital_cards import pupils_of

TODAY = datetime.date(2027, 5, 20)


def of_year(name: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[2026]))


def of_card(name: str, *args: str) -> Address:
    return named(name, lambda cast: reverse(name, args=[the_card(cast).uuid, *args]))


def of_delivery(step: str) -> Address:
    name = f"record_class_delivery_{step}"
    url = "record_class_delivery"
    return named(name, lambda cast: reverse(url, args=[cast.school_class.pk, step]))


def the_card(cast: Cast) -> ReportCard:
    return ReportCard.objects.filter(enrollment=cast.anh).latest("pk")


def signed_off(cast: Cast) -> None:
    states.signed_off(cast, Period.END_YEAR)


def lacking(cast: Cast) -> None:
    """Something of everybody's."""
    signed_off(cast)
    Student.objects.filter(pk=cast.anh.student_id).update(birth_place="", ministry_code=None)
    Student.objects.filter(pk=cast.duc.student_id).update(nationality="Lào", personal_id=None)
    Student.objects.filter(pk=cast.hhen.student_id).update(home_town="Xã Ea\x08Drông")
    School.objects.filter(pk=cast.school.pk).update(place_of_issue="")
    StaffMember.objects.filter(pk=cast.hanh.pk).update(personal_id=None, position_title="")
    StaffMember.objects.filter(pk=cast.ngoc.pk).update(personal_id=None)
    Department.objects.filter(pk=cast.school.department_id).update(
        uuid_source=UuidSource.DEPARTMENT
    )


def made(cast: Cast) -> None:
    signed_off(cast)
    create_report_cards(enrollments=pupils_of(cast), plan=Plan(cast.hanh, TODAY), by=cast.van)


def changed_since(cast: Cast) -> None:
    made(cast)
    Student.objects.filter(pk=cast.anh.student_id).update(home_town="Tỉnh Phú Yên")
    StaffRole.objects.filter(staff_member=cast.ngoc).update(ended_on=datetime.date(2027, 5, 1))


def discarded(cast: Cast) -> None:
    made(cast)
    discard_report_card(report_card=the_card(cast), reason="Sai ngày ký", by=cast.van)


def issued(cast: Cast) -> None:
    """Past the signatures, which have pages of their own."""
    made(cast)
    for state in (CardState.HOMEROOM_SIGNED, CardState.LEADER_SIGNED, CardState.ISSUED):
        ReportCard.objects.filter(enrollment=cast.anh).update(state=state)


def refused(cast: Cast) -> None:
    issued(cast)
    card = the_card(cast)
    record_delivery(report_card=card, step=CardStep.SEND, by=cast.van, reference="GT-1")
    record_delivery(report_card=card, step=CardStep.REFUSE, by=cast.van, reason="Sai mã trường")


def closed(cast: Cast) -> None:
    close_card_year(
        school_year=cast.school_year, closed_on=TODAY, reference="1234/SGDĐT", by=cast.hanh
    )


MAKING_READINGS_IN_MAY = [
    Reading("van", of_year("card_year")),
    Reading("van", of_year("card_year"), lacking),
    Reading("hanh", of_year("card_year"), made),
    Reading("hanh", of_year("card_year"), closed),
    Reading("hanh", of_year("close_card_year")),
    Reading("hanh", of_year("close_card_year"), closed),
    Reading("van", at("allotted_uuids"), of_the_department),
    Reading("van", of_class("class_cards")),
    Reading("van", of_class("class_cards"), signed_off),
    Reading("van", of_class("class_cards"), lacking),
    Reading("tam", of_class("class_cards"), lacking),
    Reading("ngoc", of_class("class_cards"), made),
    Reading("van", of_class("class_cards"), changed_since),
    Reading("van", of_class("class_cards"), discarded),
    Reading("van", of_delivery("send"), issued),
    Reading("van", of_delivery("refuse"), issued),
    Reading("ngoc", at("desk"), made),
    Reading("van", of_card("digital_card"), made),
    Reading("van", of_card("digital_card"), changed_since),
    Reading("hanh", of_card("digital_card"), refused),
    Reading("van", of_card("digital_card"), discarded),
    Reading("van", of_card("recreate_card"), made),
    Reading("van", of_card("recreate_card"), changed_since),
    Reading("van", of_card("discard_card"), made),
    Reading("van", of_card("record_delivery", "send"), issued),
    Reading("hanh", of_pupil("student_history"), refused),
]
