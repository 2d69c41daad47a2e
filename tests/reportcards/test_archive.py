"""What the archive takes in, and what it gives back."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from assessments.payload import canonical_bytes
from reportcards.archive import (
    archive_storage,
    content_of,
    newest_file,
    store_file,
)
from reportcards.documents.flat_pages import flat_pdf
from reportcards.errors import FileLost
from reportcards.models import ArchivedFile, FileKind
from reportcards.renderings.cards import display_rendering
from reportcards.renderings.files import pdf_in
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.reading import pages_of, text_of


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
    assert kinds_of(card) == ["certificate"] * 3 + ["payload", "pdf", "xml"]
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


# The signed PDF


def test_the_pdf_is_what_was_laid_out_and_every_update_byte_for_byte(storage, card):
    stored = content_of(newest_file(card, FileKind.PDF))
    updates = [bytes(row.pdf_update) for row in card.signatures.order_by("pk")]
    assert stored == pdf_in(display_rendering(card)) + b"".join(updates)
    assert all(updates)


def test_pdfsig_believes_its_three_signatures(card, tmp_path):
    stored = content_of(newest_file(card, FileKind.PDF))
    assert pdfsig_of(tmp_path, stored) == {"homeroom": VALID, "leader": VALID, "seal": VALID}


def test_the_pages_say_what_was_frozen(card):
    text = text_of(content_of(newest_file(card, FileKind.PDF)))
    for words in ("Lê Minh Anh", "Nguyễn Thị Hạnh", "Trần Thị Ngọc", str(card.uuid), card.digest):
        assert words in text


def test_a_card_signed_by_way_of_trial_says_so_at_its_signatures(card):
    *_others, last = pages_of(flat(content_of(newest_file(card, FileKind.PDF))))
    assert DEMO_MARKER in last


def flat(pdf):
    """What the signatures show, as part of the page."""
    target = BytesIO()
    flat_pdf(pdf).save(target)
    return target.getvalue()


def test_a_card_in_the_making_has_nothing_in_the_archive(cards):
    assert not ArchivedFile.objects.exists()
