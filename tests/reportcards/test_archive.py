"""What the archive takes in, and what it gives back."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from assessments.payload import canonical_bytes
from audit.models import AuditEvent, SystemJob
from reportcards.actions import archive_card_pdf
from reportcards.actions.archiving import ARCHIVIST
from reportcards.archive import (
    archive_storage,
    content_of,
    newest_file,
    store_file,
)
from reportcards.errors import FileLost, NotIssued
from reportcards.models import ArchivedFile, FileKind
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.reading import has_mark, pages_of, text_of


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture(params=["files", "memory"])
def storage(request, settings, trusted_demo):
    """The archive must not know whether it stands on a disk: a bucket has no paths."""
    if request.param == "memory":
        settings.STORAGES = settings.STORAGES | {
            "archive": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        }
    return archive_storage()


def kinds_of(card):
    return sorted(card.archived_files.values_list("kind", flat=True))


def test_what_proves_a_card_is_kept_when_it_is_issued(storage, card):
    assert kinds_of(card) == ["certificate", "certificate", "certificate", "payload", "xml"]
    for stored in card.archived_files.all():
        content = content_of(stored)
        assert hashlib.sha256(content).hexdigest() == stored.digest
        assert len(content) == stored.size
        assert storage.exists(stored.name)


def test_the_xml_is_the_sealed_one(storage, card):
    sealed = card.signatures.get(slot="seal").document.encode()
    assert content_of(newest_file(card, FileKind.XML)) == sealed


def test_the_content_is_the_frozen_one(storage, card):
    assert content_of(newest_file(card, FileKind.PAYLOAD)) == canonical_bytes(card.payload)


def test_a_folder_bears_the_school_the_year_and_the_card(card):
    name = newest_file(card, FileKind.XML).name
    code = card.school.ministry_code
    assert name.startswith(f"{code}/2026-2027/{card.uuid}/xml-")
    assert name.endswith(".xml")


def test_certificates_are_kept_once_for_all_cards(issued_cards):
    names = [
        set(card.archived_files.filter(kind="certificate").values_list("name", flat=True))
        for card in issued_cards
    ]
    assert names[0] == names[1] == names[2]
    assert len(names[0]) == 3


def test_the_same_bytes_are_kept_once_a_card(card):
    again = content_of(newest_file(card, FileKind.XML))
    assert store_file(card, FileKind.XML, again) == newest_file(card, FileKind.XML)
    assert card.archived_files.filter(kind=FileKind.XML).count() == 1


def test_other_bytes_never_take_the_place_of_what_is_kept(storage, card):
    old = newest_file(card, FileKind.XML)
    new = store_file(card, FileKind.XML, b"<HOC_BA/>")
    assert new.name != old.name
    assert content_of(old) == card.signatures.get(slot="seal").document.encode()


def test_a_file_that_was_left_half_written_is_not_trusted(storage, card):
    content = b"<HOC_BA>again</HOC_BA>"
    digest = hashlib.sha256(content).hexdigest()
    folder = newest_file(card, FileKind.XML).name.rpartition("/")[0]
    storage.save(f"{folder}/xml-{digest}.xml", ContentFile(content[:5]))
    assert content_of(store_file(card, FileKind.XML, content)) == content


def test_a_file_of_a_transaction_that_failed_is_taken_up(storage, card):
    content = b"<HOC_BA>again</HOC_BA>"
    digest = hashlib.sha256(content).hexdigest()
    folder = newest_file(card, FileKind.XML).name.rpartition("/")[0]
    left = storage.save(f"{folder}/xml-{digest}.xml", ContentFile(content))
    assert store_file(card, FileKind.XML, content).name == left


def overwrite(storage, name, content):
    storage.delete(name)
    storage.save(name, ContentFile(content))


def test_a_changed_file_is_given_to_nobody(storage, card):
    stored = newest_file(card, FileKind.XML)
    content = content_of(stored)
    overwrite(storage, stored.name, content.replace(b"<DIEM", b"<diem", 1) + b" ")
    with pytest.raises(FileLost):
        content_of(stored)


def test_a_lost_file_is_told(storage, card):
    stored = newest_file(card, FileKind.XML)
    storage.delete(stored.name)
    with pytest.raises(FileLost):
        content_of(stored)


# The pages on paper


def test_the_pages_are_laid_out_once(storage, card):
    first = archive_card_pdf(report_card=card, by=ARCHIVIST)
    assert archive_card_pdf(report_card=card, by=ARCHIVIST) == first
    assert card.archived_files.filter(kind=FileKind.PDF).count() == 1
    assert len(pages_of(content_of(first))) == 2


def test_the_pages_say_what_was_frozen(card):
    text = text_of(content_of(archive_card_pdf(report_card=card, by=ARCHIVIST)))
    for words in ("Lê Minh Anh", "Nguyễn Thị Hạnh", "Trần Thị Ngọc", str(card.uuid)):
        assert words in text


def test_a_card_signed_by_way_of_trial_says_so_on_every_page(card):
    for page in pages_of(content_of(archive_card_pdf(report_card=card, by=ARCHIVIST))):
        assert has_mark(page, DEMO_MARKER)


def test_laying_out_is_recorded_as_the_systems_own(card):
    archive_card_pdf(report_card=card, by=ARCHIVIST)
    [event] = AuditEvent.objects.filter(event="report_card.pdf_archived")
    assert (event.actor, event.system_job) == (None, "archive_pdfs")
    assert event.changes == {"uuid": [None, str(card.uuid)]}


def test_somebody_else_may_have_it_laid_out(card):
    archive_card_pdf(report_card=card, by=SystemJob("migration"))
    assert AuditEvent.objects.get(event="report_card.pdf_archived").system_job == "migration"


def test_a_card_in_the_making_is_not_laid_out(cards):
    with pytest.raises(NotIssued):
        archive_card_pdf(report_card=cards[0], by=ARCHIVIST)
    assert not ArchivedFile.objects.exists()
