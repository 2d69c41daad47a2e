"""The command that looks at everything in the archive, and finds whatever is not right."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from reportcards import archive_check
from reportcards.archive import archive_storage, content_of, newest_file, store_file
from reportcards.models import ArchivedFile, FileKind, ReportCard, SlotKey
from reportcards.signing.demo_authority import make_authority
from tests.flush import remove_all_triggers
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.withdrawing import withdrawn, withdrawn_for_civil_status

pytestmark = pytest.mark.any_database


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture(autouse=True)
def storage(trusted_demo):
    return archive_storage()


@pytest.fixture
def cursor(tmp_path):
    return tmp_path / "cursor.json"


@pytest.fixture
def verify(cursor):
    """The lines that it writes, or the refusal behind them."""

    def run(*options):
        out = io.StringIO()
        try:
            call_command("verify_archive", *options, cursor=cursor, stdout=out)
        except CommandError as error:
            return [*out.getvalue().splitlines(), f"refused: {error}"]
        return out.getvalue().splitlines()

    return run


def codes(lines):
    """Of the faults of a run with --json."""
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return [entry["fault"]["code"] for entry in told if "fault" in entry]


def overwrite(storage, name, content):
    storage.delete(name)
    storage.save(name, ContentFile(content))


def by_the_owner(statement, *parameters):
    """What the owner of the database could do, whom no trigger stops."""
    remove_all_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_all_is_well(card, verify, cursor):
    [summary] = verify()
    assert summary == "3 cards, 18 files: 0 faults, 0 files that no card names"
    assert not cursor.exists()


def test_withdrawn_cards_and_attached_decisions_are_looked_at_too(
    issued_cards, signed_class, verify
):
    withdrawn(signed_class, issued_cards[0])
    withdrawn_for_civil_status(signed_class, issued_cards[1])
    assert verify() == ["3 cards, 19 files: 0 faults, 0 files that no card names"]


def test_cards_in_the_making_have_nothing_in_the_archive(cards, verify):
    assert verify() == ["0 cards, 0 files: 0 faults, 0 files that no card names"]


@pytest.mark.parametrize("kind", [FileKind.XML, FileKind.PAYLOAD, FileKind.PDF])
def test_a_lost_file_is_found(card, storage, verify, kind):
    stored = newest_file(card, kind)
    storage.delete(stored.name)
    lines = verify("--json")
    assert codes(lines) == ["missing"]
    assert lines[-1] == "refused: 1 faults in the archive"


def test_a_lost_certificate_is_found_for_every_card_that_it_signed(issued_cards, storage, verify):
    stored = issued_cards[0].archived_files.filter(kind=FileKind.CERTIFICATE).first()
    storage.delete(stored.name)
    assert codes(verify("--json")) == ["missing"] * 3


@pytest.mark.parametrize("kind", [FileKind.XML, FileKind.PAYLOAD, FileKind.PDF])
def test_a_changed_bit_is_found(card, storage, verify, kind):
    stored = newest_file(card, kind)
    content = bytearray(content_of(stored))
    content[len(content) // 2] ^= 1
    overwrite(storage, stored.name, bytes(content))
    assert codes(verify("--json")) == ["other_digest"]


def test_a_file_that_was_cut_short_is_found(card, storage, verify):
    stored = newest_file(card, FileKind.XML)
    overwrite(storage, stored.name, content_of(stored)[:-1])
    assert codes(verify("--json")) == ["other_size"]


def test_a_row_that_was_taken_away_is_found(card, verify):
    stored = newest_file(card, FileKind.PAYLOAD)
    by_the_owner("DELETE FROM reportcards_archivedfile WHERE id = %s", stored.pk)
    lines = verify("--json")
    assert codes(lines) == ["never_stored"]
    assert any(stored.name in line for line in lines)  # its file, which no card names now


def test_a_certificate_that_is_not_kept_is_found(card, verify):
    stored = card.archived_files.filter(kind=FileKind.CERTIFICATE).first()
    by_the_owner("DELETE FROM reportcards_archivedfile WHERE id = %s", stored.pk)
    assert codes(verify("--json")) == ["never_stored"]


def test_content_that_was_changed_in_the_database_is_found(card, verify):
    payload = card.payload | {"place_of_issue": "Ở nơi khác"}
    by_the_owner(
        "UPDATE reportcards_reportcard SET payload = %s WHERE id = %s",
        json.dumps(payload, ensure_ascii=False),
        card.pk,
    )
    assert sorted(codes(verify("--json"))) == [
        "content_changed",
        "not_the_frozen_one",
        "not_verified",
        "says_something_else",
    ]


def test_an_xml_in_the_place_of_the_sealed_one_is_found(card, verify):
    """With a row and a digest of its own."""
    forged = content_of(newest_file(card, FileKind.XML)).replace("Lê Minh".encode(), b"Le Minh")
    store_file(card, FileKind.XML, forged)
    found = codes(verify("--json"))
    assert {"not_the_sealed_one", "says_something_else", "not_verified"} == set(found)


def test_a_pdf_in_the_place_of_the_sealed_one_is_found(issued_cards, verify):
    """Another pupil's, which is a right one: its data and its pages are not this card's."""
    store_file(
        issued_cards[0], FileKind.PDF, content_of(newest_file(issued_cards[1], FileKind.PDF))
    )
    lines = verify("--json")
    assert set(codes(lines)) == {"not_the_sealed_one", "not_verified"}
    told = [json.loads(line)["fault"]["found"] for line in lines if "not_verified" in line]
    assert {"data_differs_from_xml", "pages_differ"} <= set(told)


def test_a_pdf_that_lost_its_seal_is_found(card, verify):
    sealed = content_of(newest_file(card, FileKind.PDF))
    [seal] = card.signatures.filter(slot=SlotKey.SEAL)
    store_file(card, FileKind.PDF, sealed.removesuffix(bytes(seal.pdf_update)))
    lines = verify("--json")
    assert set(codes(lines)) == {"not_the_sealed_one", "not_verified"}
    assert any("signature_missing" in line for line in lines)


def test_a_card_without_its_pdf_is_found(card, verify):
    stored = newest_file(card, FileKind.PDF)
    by_the_owner("DELETE FROM reportcards_archivedfile WHERE id = %s", stored.pk)
    assert codes(verify("--json")) == ["never_stored"]


def test_a_signature_of_whom_nobody_trusts_is_found(card, verify, settings, tmp_path):
    other = tmp_path / "other.pem"
    other.write_bytes(pem(*make_authority(at=IN_SEPTEMBER).certificates))
    settings.SIGNING_TRUST_FILE = str(other)
    lines = verify("--json")
    assert set(codes(lines)) == {"not_verified"}
    assert any("unknown_issuer" in line for line in lines)


def test_a_stranger_among_the_files_is_told_and_is_no_fault(card, storage, verify):
    storage.save(f"{card.school.ministry_code}/2026-2027/stray.xml", ContentFile(b"?"))
    assert verify() == [
        f"{card.school.ministry_code}/2026-2027/stray.xml: no card names this file",
        "3 cards, 18 files: 0 faults, 1 files that no card names",
    ]


def test_a_fault_is_told_in_a_sentence(card, storage, verify):
    stored = newest_file(card, FileKind.XML)
    storage.delete(stored.name)
    assert verify()[0] == (f"{card.uuid} xml ({stored.name}): the file is not in the storage")


# One school


def test_one_schools_cards_are_looked_at_alone(card, verify):
    assert verify("--school", card.school.ministry_code)[-1].startswith("3 cards")


def test_the_other_school_has_none(card, signed_class, verify):
    code = signed_class.other_school.ministry_code
    assert verify("--school", code) == ["0 cards, 0 files: 0 faults, 0 files that no card names"]


def test_a_school_that_nobody_knows_is_refused(card, verify):
    assert verify("--school", "99999999") == ["refused: No school has the code 99999999."]


# Going on after a stop


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(archive_check, "CARDS_A_PAGE", 1)


@pytest.fixture
def stopped(one_at_a_time, monkeypatch, issued_cards, verify):
    """Killed as it came to the second card."""
    from reportcards.management.commands.verify_archive import Command

    look = Command._look_at

    def look_or_die(command, page, check, progress):
        if progress.cards == 1:
            raise KeyboardInterrupt
        look(command, page, check, progress)

    with monkeypatch.context() as patch:
        patch.setattr(Command, "_look_at", look_or_die)
        with pytest.raises(KeyboardInterrupt):
            verify()


def test_a_run_that_was_stopped_says_how_far_it_came(stopped, cursor, issued_cards):
    first = min(card.pk for card in issued_cards)
    assert json.loads(cursor.read_text()) == {
        "school": "",
        "after": first,
        "cards": 1,
        "faults": 0,
    }


def test_it_goes_on_where_it_was_stopped(stopped, verify, cursor):
    assert verify("--resume") == ["3 cards, 12 files: 0 faults, 0 files that no card names"]
    assert not cursor.exists()


def test_without_being_asked_to_it_begins_anew(stopped, verify):
    assert verify()[-1].startswith("3 cards, 18 files")


def test_nothing_to_go_on_with_is_a_new_run(card, verify):
    assert verify("--resume")[-1].startswith("3 cards, 18 files")


def test_it_does_not_go_on_about_another_school(stopped, verify, signed_class):
    [line] = verify("--resume", "--school", signed_class.school.ministry_code)
    assert line.startswith("refused: The run that was stopped was about all")


def test_a_page_of_cards_takes_few_queries(issued_cards, django_assert_max_num_queries, verify):
    with django_assert_max_num_queries(20):
        verify()


def test_it_changes_nothing(issued_cards, verify):
    before = list(ArchivedFile.objects.values()), list(ReportCard.objects.values())
    verify()
    assert (list(ArchivedFile.objects.values()), list(ReportCard.objects.values())) == before


def test_a_storage_without_a_disk_serves_as_well(settings, request):
    settings.STORAGES = settings.STORAGES | {
        "archive": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    card = request.getfixturevalue("issued_cards")[0]
    verify = request.getfixturevalue("verify")
    assert verify() == ["3 cards, 18 files: 0 faults, 0 files that no card names"]
    archive_storage().delete(newest_file(card, FileKind.XML).name)
    assert codes(verify("--json")) == ["missing"]
