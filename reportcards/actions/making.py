"""Khởi tạo: a signed year becomes a frozen card (CV 2088, III.2 bước 2)."""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.payload import digest_of
from audit.events import recorded_together
from reportcards.actions._life import begin_life, lock_card, move_card
from reportcards.actions.asking import ask_for_renderings
from reportcards.card_payload import Attempt
from reportcards.card_permissions import check_user_can_make_cards
from reportcards.card_policies import (
    check_is_ready,
    check_issue_date,
    check_leader_is_in_post,
    check_profile_can_be_signed,
    check_structure_holds,
)
from reportcards.documents.paper_form import Payload
from reportcards.errors import NoUuidLeft
from reportcards.models import AllottedUuid, ReportCard
from reportcards.readiness import Readiness, readiness_of
from reportcards.renderings.contents import Content, card_year_content, display_content
from reportcards.renderings.on_demand import is_printed_on_demand
from reportcards.signers import signers_for
from reportcards.workflow import CardState, CardStep
from schools.models import School, StaffMember
from schools.models.school import UuidSource
from students.models import Enrollment


@dataclass(frozen=True)
class Plan:
    """Who signs as leader, and the day that the card bears."""

    leader: StaffMember
    issued_on: datetime.date


@transaction.atomic
@recorded_together()
def create_report_cards(
    *, enrollments: Sequence[Enrollment], plan: Plan, by: StaffMember
) -> list[ReportCard]:
    """All of them or none; pupils whose card stands are left alone.

    `enrollments` are of one school, with student and class up to the department.
    """
    for school in {by.school, *(row.school_class.school_year.school for row in enrollments)}:
        check_user_can_make_cards(by, school)
    check_profile_can_be_signed(by.school.department)
    check_leader_is_in_post(plan.leader, by.school)
    _lock(enrollments)
    readings = readiness_of(enrollments, leader=plan.leader, issued_on=plan.issued_on)
    waiting = [reading for reading in readings if reading.card is None]
    for reading in waiting:
        check_is_ready(reading)
        check_issue_date(plan.issued_on, reading)
    uuids = _take_uuids(by.school, len(waiting))
    cards = []
    for reading, given in zip(waiting, uuids, strict=True):
        cards.append(_freeze(reading, plan, given, by=by))
    ask_for_renderings(contents=[*_contents_of(cards)], by=by.acting_user)
    return cards


@transaction.atomic
@recorded_together()
def recreate_report_card(
    *, report_card: ReportCard, plan: Plan, reason: str, by: StaffMember
) -> ReportCard:
    """Khởi tạo lại: another signer, date or result; the old attempt and its signatures are kept."""
    check_user_can_make_cards(by, report_card.school_year.school)
    discard_report_card(report_card=report_card, reason=reason, by=by)
    enrollment = _with_its_school(report_card)
    [created] = create_report_cards(enrollments=[enrollment], plan=plan, by=by)
    return created


@transaction.atomic
def discard_report_card(*, report_card: ReportCard, reason: str, by: StaffMember) -> ReportCard:
    check_user_can_make_cards(by, report_card.school_year.school)
    card = lock_card(report_card)
    move_card(card, CardStep.DISCARD, by=by.acting_user, reason=reason)
    return card


def _contents_of(cards: Sequence[ReportCard]) -> Iterator[Content]:
    """Nobody knows yet whether a card is signed by way of trial: its year is then laid out anew."""
    for card in cards:
        yield display_content(card)
        if not is_printed_on_demand():
            yield card_year_content(card, is_demo=False)


def _lock(enrollments: Sequence[Enrollment]) -> None:
    """Of two clerks who create the same cards at once, the second finds them standing."""
    pks = [row.pk for row in enrollments]
    list(Enrollment.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _with_its_school(card: ReportCard) -> Enrollment:
    return Enrollment.objects.select_related(
        "student", "school_class__school_year__school__department"
    ).get(pk=card.enrollment_id)


def _take_uuids(school: School, count: int) -> list[uuid.UUID]:
    if school.department.uuid_source == UuidSource.SCHOOL:
        return [uuid.uuid4() for _ in range(count)]
    unused = AllottedUuid.objects.select_for_update().for_school(school).unused()
    allotted = list(unused.order_by("pk")[:count])
    if len(allotted) < count:
        raise NoUuidLeft
    AllottedUuid.objects.filter(pk__in=[row.pk for row in allotted]).update(used_at=timezone.now())
    return [row.uuid for row in allotted]


def _freeze(reading: Readiness, plan: Plan, given: uuid.UUID, *, by: StaffMember) -> ReportCard:
    enrollment, old = reading.enrollment, _to_supersede(reading.enrollment)
    attempt = Attempt(given, timezone.now(), old.uuid if old else None)
    payload = _payload(reading, attempt)
    check_structure_holds(payload)
    signers = signers_for(reading.teacher, leader=plan.leader, issued_on=plan.issued_on)
    assert signers.homeroom is not None  # noqa: S101 - it is ready
    card = ReportCard.objects.create(
        uuid=given,
        student=enrollment.student,
        school_year=enrollment.school_class.school_year,
        enrollment=enrollment,
        profile_key=payload["profile"],
        ruleset_key=payload["ruleset"],
        payload=payload,
        digest=digest_of(payload),
        homeroom_signer=signers.homeroom,
        leader=plan.leader,
        issued_on=plan.issued_on,
        supersedes=old,
        made_at=attempt.made_at,
        made_by=by.acting_user,
    )
    begin_life(card, by=by.acting_user)
    return card


def _payload(reading: Readiness, attempt: Attempt) -> Payload:
    """What was looked at for readiness, under its number and with the relaxations it uses."""
    return reading.payload | {
        "uuid": str(attempt.uuid),
        "made_at": timezone.localtime(attempt.made_at).isoformat(timespec="seconds"),
        "supersedes": str(attempt.supersedes) if attempt.supersedes else None,
        "relaxations": [{"key": use.key, "tag": use.tag} for use in reading.uses],
    }


def _to_supersede(enrollment: Enrollment) -> ReportCard | None:
    """The year's card that was withdrawn last; a successor that was discarded does not count."""
    withdrawn = ReportCard.objects.filter(enrollment=enrollment, state=CardState.WITHDRAWN)
    return withdrawn.order_by("-state_changed_at", "-pk").first()
