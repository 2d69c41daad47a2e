"""A signature in a PDF has one spelling, and covers the whole file as it was."""

import random
from collections.abc import Callable

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.signing.demo_authority import issue_for_person, make_authority
from reportcards.verify import Grounds, verify_pdf
from tests.reportcards.authorities import IN_SEPTEMBER, People
from tests.reportcards.verify.pdfs import Signing, refusals, update_lengths

pytestmark = pytest.mark.any_database

Container = cms.ContentInfo
Change = Callable[[Container], object]


def with_container(pdf: bytes, change: Change) -> bytes:
    """The seal's container changed, in the room that it has; nothing else covers it."""
    start, end = place_of_container(pdf)
    container = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    change(container)
    written = container.dump(force=True).hex().encode()
    assert len(written) <= end - start
    return pdf[:start] + written.ljust(end - start, b"0") + pdf[end:]


def place_of_container(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"/Contents <", update_lengths(pdf)[-2]) + len(b"/Contents <")
    return start, pdf.index(b">", start)


def signer_of(container: Container) -> cms.SignerInfo:
    return container["content"]["signer_infos"][0]


def another_algorithm(container: Container) -> None:
    signer_of(container)["digest_algorithm"] = {"algorithm": "sha512"}


def another_version(container: Container) -> None:
    signer_of(container)["version"] = "v3"


def a_claim_that_nobody_signs(container: Container) -> None:
    """In the room of the issuer's certificate."""
    number = signer_of(container)["sid"].chosen["serial_number"].native
    enclosed = container["content"]["certificates"]
    own = [each for each in enclosed if each.chosen.serial_number == number]
    container["content"]["certificates"] = own
    signer_of(container)["unsigned_attrs"] = [{"type": "content_type", "values": ["data"]}]


def fewer_signers(container: Container) -> None:
    container["content"]["signer_infos"] = []


def other_content(container: Container) -> None:
    container["content"]["encap_content_info"] = {"content_type": "data", "content": b"x"}


@pytest.mark.parametrize(
    "change",
    [another_algorithm, another_version, a_claim_that_nobody_signs, fewer_signers, other_content],
)
def test_another_spelling_is_no_signature_of_a_card(pdf: bytes, grounds: Grounds, change: Change):
    assert refusals(with_container(pdf, change), grounds) == {"signature_form"}


def test_a_certificate_that_no_signature_leads_to(pdf: bytes, people: People, grounds: Grounds):
    stranger = asn1_of(people.ngoc.certificate)

    def enclose(container: Container) -> None:
        kept = list(container["content"]["certificates"])[:1]
        container["content"]["certificates"] = [*kept, stranger]

    assert refusals(with_container(pdf, enclose), grounds) == {"signature_form"}


def asn1_of(certificate: x509.Certificate) -> cms.CertificateChoices:
    loaded = cms.Certificate.load(certificate.public_bytes(Encoding.DER))
    return cms.CertificateChoices("certificate", loaded)


def test_what_lies_behind_the_container(pdf: bytes, grounds: Grounds):
    _start, end = place_of_container(pdf)
    assert pdf[end - 2 : end] == b"00"
    assert refusals(pdf[: end - 2] + b"01" + pdf[end:], grounds) == {"signature_form"}


def test_a_range_that_leaves_more_out(pdf: bytes, grounds: Grounds):
    """The hole reaches a byte further, so that a byte more can be changed."""
    place = pdf.index(b"/ByteRange", update_lengths(pdf)[-2])
    numbers = pdf[place:].split(b"[", 1)[1].split(b"]", 1)[0].split()
    start, before, opening, after = (int(number) for number in numbers)
    wider = f"{start} {before} {opening + 1} {after - 1}".encode()
    old = b" ".join(numbers)
    changed = pdf[:place] + pdf[place:].replace(old, wider.ljust(len(old)), 1)
    assert refusals(changed, grounds) == {"not_whole"}


def test_a_changed_time(pdf: bytes, grounds: Grounds):
    changed = pdf.replace(b"20270531110000", b"20270530110000")
    assert changed != pdf
    assert refusals(changed, grounds) == {"data_changed"}


def test_a_time_that_never_was(base: bytes, signing: Signing, grounds: Grounds):
    changed = signing.all_three(base).replace(b"20270531110000", b"20270531250000")
    assert refusals(changed, grounds) == {"bad_time"}


def test_the_same_file_with_any_bit_changed_is_found(pdf: bytes, grounds: Grounds):
    chance = random.Random(88)
    for place in chance.sample(range(len(pdf)), 40):
        changed = bytearray(pdf)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify_pdf(bytes(changed), grounds).is_valid, place


def test_any_bit_of_the_last_container(pdf: bytes, grounds: Grounds):
    """Which nothing covers: it is one of its spelling, or it is none."""
    start, end = place_of_container(pdf)
    chance = random.Random(2024)
    for place in chance.sample(range(start, end), 20):
        digit = b"%x" % (int(pdf[place : place + 1], 16) ^ 1 << chance.randrange(4))
        changed = pdf[:place] + digit + pdf[place + 1 :]
        assert not verify_pdf(changed, grounds).is_valid, place


def test_an_authority_that_nobody_trusts(
    base: bytes, signing: Signing, people: People, grounds: Grounds
):
    """Her name and her number stand in it all the same."""
    stranger = make_authority(at=IN_SEPTEMBER)
    false = issue_for_person(
        stranger, "Nguyễn Thị Hạnh", "066175000011", "Trường Kim Đồng", at=IN_SEPTEMBER
    )
    pdf = Signing(people, stranger).one(signing.one(base, "homeroom"), "leader", false)
    assert refusals(signing.one(pdf, "seal"), grounds) == {"unknown_issuer"}
