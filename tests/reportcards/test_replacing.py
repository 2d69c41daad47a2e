"""The card in the place of one that was withdrawn, after a mistake or a change of civil status."""

import pytest

from assessments.models import IssueLock
from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.errors import (
    StepNotAllowed,
)
from reportcards.models import (
    ReportCard,
)
from reportcards.workflow import CardState
from tests.reportcards.withdrawing import (
    issued_anew,
    made_anew,
    maths_corrected,
    withdrawn,
    withdrawn_for_civil_status,
)

TRANSFER_UUID = "7d9f3c52-6f0e-4b64-9b6e-2f2f4ad3a111"


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


def now(card):
    return ReportCard.objects.get(pk=card.pk)


def locked_pupils():
    return set(IssueLock.objects.values_list("enrollment_id", flat=True))


# The card in its place


def test_the_new_card_stands_in_the_place_of_the_old_one(card, cast, certificates):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    new = issued_anew(cast, cast.anh, certificates)
    assert new.supersedes == card
    assert new.payload["supersedes"] == str(card.uuid)
    assert new.uuid != card.uuid
    assert now(card).state == CardState.SUPERSEDED
    assert cast.anh.pk in locked_pupils()


def test_the_old_card_stays_as_it_was(card, cast, certificates):
    payload, digest = card.payload, card.digest
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    issued_anew(cast, cast.anh, certificates)
    assert (now(card).payload, now(card).digest) == (payload, digest)


def test_until_the_new_card_is_issued_the_old_one_is_only_withdrawn(card, cast):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    made_anew(cast, cast.anh)
    assert now(card).state == CardState.WITHDRAWN


def test_withdrawn_again_the_newest_is_superseded(card, cast, certificates):
    withdrawn(cast, card)
    second = issued_anew(cast, cast.anh, certificates)
    withdrawn(cast, second)
    third = issued_anew(cast, cast.anh, certificates)
    assert [now(row).state for row in (card, second, third)] == [
        CardState.SUPERSEDED,
        CardState.SUPERSEDED,
        CardState.ISSUED,
    ]


# Civil status


def test_the_new_card_bears_the_new_name_on_the_same_sign_off(card, cast, certificates):
    withdrawn_for_civil_status(cast, card)
    details = {"full_name": "Phạm Minh Anh", "mother_name": "Phạm Thị Hòa"}
    actions.correct_pupil(report_card=card, details=details, by=cast.tam)
    new = issued_anew(cast, cast.anh, certificates)
    assert new.payload["student"]["full_name"] == "Phạm Minh Anh"
    assert new.payload["sign_offs"] == card.payload["sign_offs"]
    assert "Phạm Minh Anh" in new.signatures.get(slot="seal").document
    assert now(card).payload["student"]["full_name"] == "Lê Minh Anh"


def test_the_new_card_bears_the_new_day_of_birth(card, cast):
    withdrawn_for_civil_status(cast, card)
    born_on = card.student.date_of_birth.replace(day=28)
    actions.correct_pupil(report_card=card, details={"date_of_birth": born_on}, by=cast.tam)
    new = made_anew(cast, cast.anh)
    assert new.payload["student"]["date_of_birth"] == born_on.isoformat()


def test_a_correction_is_recorded_with_old_and_new(card, cast):
    withdrawn_for_civil_status(cast, card)
    details = {"full_name": "Phạm Minh Anh"}
    actions.correct_pupil(report_card=card, details=details, by=cast.tam)
    [changed] = AuditEvent.objects.filter(event="student.updated")
    assert changed.changes["full_name"] == ["Lê Minh Anh", "Phạm Minh Anh"]
    [told] = AuditEvent.objects.filter(event="report_card.pupil_corrected")
    assert told.changes["uuid"] == [None, str(card.uuid)]


@pytest.mark.parametrize("person", ["hanh", "van", "ngoc", "quang"])
def test_nobody_but_the_registrar_corrects_a_pupil(card, cast, person):
    withdrawn_for_civil_status(cast, card)
    with pytest.raises(NotPermitted):
        actions.correct_pupil(
            report_card=card, details={"full_name": "Khác"}, by=getattr(cast, person)
        )


def test_a_pupil_is_not_corrected_while_the_card_is_in_force(card, cast):
    with pytest.raises(StepNotAllowed):
        actions.correct_pupil(report_card=card, details={"full_name": "Khác"}, by=cast.tam)


def test_a_pupil_is_not_corrected_once_the_new_card_is_made(card, cast):
    withdrawn(cast, card)
    made_anew(cast, cast.anh)
    with pytest.raises(StepNotAllowed):
        actions.correct_pupil(report_card=card, details={"full_name": "Khác"}, by=cast.tam)
