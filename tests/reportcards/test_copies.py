"""The register of copies: what was given of a card, to whom, under which number."""

import pytest
from django.db import IntegrityError, transaction

from audit.errors import NotPermitted
from audit.models import AppendOnlyError, AuditEvent
from reportcards import actions
from reportcards.actions import Recipient
from reportcards.archive import archive_storage, content_of, newest_file
from reportcards.errors import CopyRefused, FileLost, NotIssued
from reportcards.models import CertifiedCopy, CopyKind, FileKind
from tests.reportcards.reading import pages_of
from tests.reportcards.withdrawing import (
    issued_anew,
    refused_by_department,
    requested,
    withdrawn,
)

pytestmark = pytest.mark.any_database

MOTHER = Recipient("Phạm Thị Hòa", "Căn cước 066185001234", "Nộp hồ sơ lớp 6")
CERTIFIED = [CopyKind.CERTIFIED_COPY, CopyKind.EXTRACT]


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


def give(cast, card, kind=CopyKind.CERTIFIED_COPY, by=None):
    return actions.give_certified_copy(
        report_card=card, kind=kind, recipient=MOTHER, by=by or cast.van
    )


def numbers():
    return sorted(CertifiedCopy.objects.values_list("number", flat=True))


# A line of the register


def test_a_line_says_what_was_given_to_whom_and_why(card, cast):
    copy = give(cast, card)
    assert (copy.number, copy.school, copy.kind) == (1, cast.school, CopyKind.CERTIFIED_COPY)
    assert (copy.recipient_name, copy.recipient_identity) == (MOTHER.name, MOTHER.identity)
    assert (copy.purpose, copy.given_by) == (MOTHER.purpose, cast.van.user)


@pytest.mark.parametrize("person", ["van", "tam", "hanh", "phuc"])
def test_the_office_gives(card, cast, person):
    give(cast, card, by=getattr(cast, person))
    assert CertifiedCopy.objects.get().given_by == getattr(cast, person).user


@pytest.mark.parametrize("person", ["ngoc", "binh", "kien", "quang"])
def test_nobody_else_gives(card, cast, person):
    with pytest.raises(NotPermitted):
        give(cast, card, by=getattr(cast, person))
    assert numbers() == []


def test_lines_are_numbered_without_gaps(issued_cards, cast):
    for card in [*issued_cards, *issued_cards]:
        give(cast, card)
    assert numbers() == [1, 2, 3, 4, 5, 6]


def test_a_line_that_was_given_up_leaves_no_gap(card, cast):
    give(cast, card)
    with transaction.atomic():
        give(cast, card)
        transaction.set_rollback(True)
    give(cast, card)
    assert numbers() == [1, 2]


def test_another_schools_register_has_its_own_numbers(card, cast):
    CertifiedCopy.objects.create(
        school=cast.other_school,
        number=1,
        report_card=card,
        kind=CopyKind.EXTRACT,
        recipient_name="Ai",
        recipient_identity="Giấy",
        purpose="Thử",
        given_by=cast.quang.user,
    )
    assert give(cast, card).number == 1


def test_a_line_is_never_changed(card, cast):
    copy = give(cast, card)
    copy.purpose = "Khác"
    with pytest.raises(AppendOnlyError):
        copy.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        CertifiedCopy._base_manager.update(purpose="Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        CertifiedCopy._base_manager.all()._raw_delete(using="default")


def test_giving_is_recorded(card, cast):
    copy = give(cast, card)
    [event] = AuditEvent.objects.filter(event="certified_copy.given")
    assert event.changes == {"number": [None, copy.number], "recipient": [None, MOTHER.name]}
    assert (event.actor, event.reason) == (cast.van.user, MOTHER.purpose)
    assert event.student_id == card.student_id


# Of which cards


@pytest.mark.parametrize("kind", CopyKind)
def test_a_card_in_the_making_is_given_to_nobody(cards, cast, kind):
    with pytest.raises(NotIssued):
        give(cast, cards[0], kind)


@pytest.mark.parametrize("kind", CERTIFIED)
def test_nothing_is_certified_from_a_withdrawn_card(card, cast, kind):
    with pytest.raises(CopyRefused, match="đã thu hồi"):
        give(cast, withdrawn(cast, card), kind)
    assert numbers() == []


@pytest.mark.parametrize("kind", CERTIFIED)
def test_nothing_is_certified_from_a_card_that_was_replaced(card, cast, certificates, kind):
    withdrawn(cast, card)
    new = issued_anew(cast, cast.anh, certificates)
    with pytest.raises(CopyRefused, match="đã được thay thế"):
        give(cast, card, kind)
    assert give(cast, new, kind).report_card == new


@pytest.mark.parametrize("kind", CERTIFIED)
def test_nothing_is_certified_from_a_card_that_the_department_refused(card, cast, kind):
    with pytest.raises(CopyRefused, match="Sở từ chối"):
        give(cast, refused_by_department(cast, card), kind)


@pytest.mark.parametrize("kind", CERTIFIED)
def test_while_its_withdrawal_is_only_asked_for_a_card_counts(card, cast, kind):
    requested(cast, card)
    assert give(cast, card, kind).number == 1


def test_a_lost_file_of_a_withdrawn_card_is_given_again(card, cast):
    assert give(cast, withdrawn(cast, card), CopyKind.FILE_AGAIN).number == 1


# The files


@pytest.mark.parametrize(
    ("kind", "word"), [(CopyKind.CERTIFIED_COPY, "BẢN SAO"), (CopyKind.EXTRACT, "TRÍCH LỤC")]
)
def test_on_paper_a_copy_says_which_one_it_is(card, cast, kind, word):
    copy = give(cast, card, kind)
    file = actions.download_copy(copy=copy, kind=FileKind.PDF, by=cast.van)
    for page in pages_of(file.content):
        assert word in page
        assert "Số 1. Trường Tiểu học Kim Đồng" in page
        assert "ngày 07 tháng 06 năm 2027" in page
    assert file.name == f"Học bạ Lê Minh Anh 2026-2027, {word.lower()} 1"


def test_a_file_given_again_is_the_archived_one(card, cast):
    copy = give(cast, card, CopyKind.FILE_AGAIN)
    file = actions.download_copy(copy=copy, kind=FileKind.PDF, by=cast.van)
    assert file.content == content_of(newest_file(card, FileKind.PDF))
    assert (file.name, file.ending) == ("Học bạ Lê Minh Anh 2026-2027", "pdf")


@pytest.mark.parametrize("kind", CopyKind)
def test_the_signed_xml_is_never_touched(card, cast, kind):
    file = actions.download_copy(copy=give(cast, card, kind), kind=FileKind.XML, by=cast.tam)
    assert file.content == card.signatures.get(slot="seal").document.encode()
    assert file.content_type == "application/xml"


def test_a_download_is_recorded_with_its_number(card, cast):
    actions.download_copy(copy=give(cast, card), kind=FileKind.XML, by=cast.tam)
    [event] = AuditEvent.objects.filter(event="report_card.downloaded")
    assert event.changes == {
        "file_name": [None, "Học bạ Lê Minh Anh 2026-2027.xml"],
        "number": [None, 1],
    }
    assert event.actor == cast.tam.user


@pytest.mark.parametrize("person", ["ngoc", "kien", "quang"])
def test_nobody_but_the_office_downloads_a_copy(card, cast, person):
    copy = give(cast, card)
    with pytest.raises(NotPermitted):
        actions.download_copy(copy=copy, kind=FileKind.XML, by=getattr(cast, person))


def test_the_homeroom_teacher_downloads_the_card_itself(card, cast):
    file = actions.download_card_file(report_card=card, kind=FileKind.XML, by=cast.ngoc)
    assert file.content == card.signatures.get(slot="seal").document.encode()


def test_a_teacher_of_another_class_does_not(card, cast):
    with pytest.raises(NotPermitted):
        actions.download_card_file(report_card=card, kind=FileKind.XML, by=cast.binh)


def test_a_card_in_the_making_has_no_file(cards, cast):
    with pytest.raises(NotIssued):
        actions.download_card_file(report_card=cards[0], kind=FileKind.PDF, by=cast.van)


def test_a_lost_file_is_told_and_no_download_recorded(card, cast):
    archive_storage().delete(newest_file(card, FileKind.XML).name)
    with pytest.raises(FileLost):
        actions.download_card_file(report_card=card, kind=FileKind.XML, by=cast.van)
    assert not AuditEvent.objects.filter(event="report_card.downloaded").exists()


# A guardian


def test_a_guardian_downloads_as_often_as_she_loses_it(card, cast):
    for _time in range(2):
        actions.download_child_card_file(report_card=card, kind=FileKind.XML, by=cast.hoa)
    events = AuditEvent.objects.filter(event="report_card.downloaded", actor=cast.hoa)
    assert events.count() == 2


def test_nobody_elses_guardian_does(issued_cards, cast):
    with pytest.raises(NotPermitted):
        actions.download_child_card_file(
            report_card=issued_cards[1], kind=FileKind.XML, by=cast.hoa
        )


def test_a_member_of_staff_is_no_guardian(card, cast):
    with pytest.raises(NotPermitted):
        actions.download_child_card_file(report_card=card, kind=FileKind.XML, by=cast.van.user)


def test_what_is_in_the_making_is_no_guardians(cards, cast):
    with pytest.raises(NotIssued):
        actions.download_child_card_file(report_card=cards[0], kind=FileKind.XML, by=cast.hoa)
