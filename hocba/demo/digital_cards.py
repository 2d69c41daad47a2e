"""The past year's digital cards: one class issued, one half signed, and one card replaced."""

import datetime
from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.db.models import Max
from django.utils import timezone

from hocba.demo.clock import time_of
from hocba.demo.signing_keys import DEMO_PASSPHRASE
from reportcards import actions
from reportcards.actions import Decision, Plan
from reportcards.models import (
    ReportCard,
    SigningCertificate,
    SlotKey,
    WithdrawalCause,
)
from reportcards.readiness import readiness_of
from reportcards.renderings.on_demand import printed_on_demand
from reportcards.server_keys import opened_signer
from reportcards.workflow import IN_MAKING, CardStep
from schools.models import Role, School, SchoolClass, StaffMember
from students.models import Enrollment, Guardian

ANSWER = "318/SGDĐT-GDMNTH (dữ liệu mẫu)"
SOON_AFTER = datetime.timedelta(minutes=10)
LATER = datetime.timedelta(minutes=40)


def issue_cards(school: School) -> None:
    """On the evening before, soon after everybody got a key."""
    past = school.school_years.order_by("first_year")[0]
    classes = list(past.classes.in_order())
    issued = _class_of_a_guardians_child(classes)
    half_signed = next(row for row in classes if row != issued)
    with _after_the_keys(school, SOON_AFTER):
        make_cards(half_signed)
        sign_cards(SlotKey.HOMEROOM, half_signed)
        make_cards(issued)
        for slot in SlotKey:
            sign_cards(slot, issued)
    with _after_the_keys(school, LATER):
        _deliver(issued)
        _replace_one(issued)


def _after_the_keys(school: School, pause: datetime.timedelta) -> AbstractContextManager[None]:
    """Not in the future, where whoever verifies a card would say so; --today may lie there."""
    newest = school.signing_certificates.aggregate(Max("valid_from"))["valid_from__max"]
    latest = max(newest, timezone.now())
    moment = timezone.localtime(min(newest + pause, latest))
    return time_of(moment.date(), moment.time())


def _class_of_a_guardians_child(classes: Sequence[SchoolClass]) -> SchoolClass:
    children = Guardian.objects.confirmed().values("student")
    known = Enrollment.objects.filter(school_class__in=classes, student__in=children)
    chosen = set(known.values_list("school_class", flat=True))
    return next((row for row in classes if row.pk in chosen), classes[0])


def make_cards(school_class: SchoolClass) -> None:
    plan = Plan(person(school_class, Role.PRINCIPAL), timezone.localdate())
    ready = [row.enrollment for row in readiness_of(_pupils(school_class)) if row.is_ready]
    clerk = person(school_class, Role.CLERK)
    with printed_on_demand():
        actions.create_report_cards(enrollments=ready, plan=plan, by=clerk)


def sign_cards(slot: SlotKey, school_class: SchoolClass) -> None:
    in_making = ReportCard.objects.of_class(school_class).filter(state__in=IN_MAKING)
    cards = list(in_making.with_pupil().in_roll_order())
    signer, certificate = _signer(slot, cards[0])
    run = actions.start_signing_run(
        report_cards=cards, slot=slot, certificate=certificate, by=signer
    )
    with opened_signer(certificate, DEMO_PASSPHRASE) as key:
        actions.sign_next_cards(run=run, signer=key, by=signer, most=len(cards))


def _signer(slot: SlotKey, card: ReportCard) -> tuple[StaffMember, SigningCertificate]:
    certificates = SigningCertificate.objects.in_use().filter(school=card.school_year.school)
    if slot == SlotKey.SEAL:
        return person(card.enrollment.school_class, Role.CLERK), certificates.of_seal().get()
    signer = card.homeroom_signer if slot == SlotKey.HOMEROOM else card.leader
    return signer, certificates.of_staff(signer).get()


def _deliver(school_class: SchoolClass) -> None:
    """What the department would have answered."""
    clerk = person(school_class, Role.CLERK)
    for step in (CardStep.SEND, CardStep.ACCEPT, CardStep.CIRCULATE):
        cards = list(ReportCard.objects.of_class(school_class).standing())
        actions.record_deliveries(report_cards=cards, step=step, by=clerk, reference="Gói 01")


def _replace_one(school_class: SchoolClass) -> None:
    cards = ReportCard.objects.of_class(school_class).standing().with_pupil()
    card = cards.in_roll_order()[0]
    principal, clerk = (person(school_class, role) for role in (Role.PRINCIPAL, Role.CLERK))
    request = actions.request_withdrawal(
        report_card=card,
        cause=WithdrawalCause.MISTAKE,
        reason="Ghi nhầm nơi ở hiện nay của em.",
        by=principal,
    )
    decision = Decision(is_granted=True, number=ANSWER, decided_on=timezone.localdate())
    actions.decide_withdrawal(request=request, decision=decision, by=clerk)
    make_cards(school_class)
    for slot in SlotKey:
        sign_cards(slot, school_class)


def _pupils(school_class: SchoolClass) -> list[Enrollment]:
    rows = Enrollment.objects.filter(school_class=school_class).select_related(
        "student", "school_class__school_year__school__department"
    )
    return list(rows.in_roll_order())


def person(school_class: SchoolClass, role: Role) -> StaffMember:
    people = StaffMember.objects.select_related("school__department", "user")
    return people.get(school=school_class.school_year.school, roles__role=role)
