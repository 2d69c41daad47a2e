"""Signing a PDF, judged by poppler, by pyHanko and by the standard's own words."""

import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.pades import (
    PdfPreparation,
    complete_pdf_signature,
    prepare_pdf_signature,
    read_pdf_preparation,
    sign_pdf,
)
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import P256_BYTES, sign_message
from reportcards.signing.signers import Pkcs11Signer
from tests.reportcards.authorities import SIGNED_AT, People, signer_of
from tests.reportcards.pdfsig import VALID, signature_reports
from tests.reportcards.signing.certificates import self_signed, subject
from tests.reportcards.signing.pdfs import (
    STAMPS,
    archival_pdf,
    embedded_signature,
    pyhanko_statuses,
    signed_pdf,
    update_of,
    waiting_pdf,
)
from tests.reportcards.tokens import SoftToken


@pytest.fixture(scope="module")
def signed(people: People, demo_authority: DemoAuthority) -> bytes:
    return signed_pdf(people, demo_authority)


@pytest.fixture(scope="module")
def chain(demo_authority: DemoAuthority) -> tuple[x509.Certificate, ...]:
    return demo_authority.issuer.certificate, demo_authority.root.certificate


def prepared(
    people: People,
    chain: tuple[x509.Certificate, ...],
    *,
    holder: str = "hanh",
    pdf: bytes | None = None,
    slot_key: str = "leader",
    signed_at: datetime.datetime = SIGNED_AT,
) -> PdfPreparation:
    return prepare_pdf_signature(
        waiting_pdf() if pdf is None else pdf,
        slot_key,
        certificate=getattr(people, holder).certificate,
        chain=chain,
        stamp=STAMPS[slot_key],
        signed_at=signed_at,
    )


def refusal_of(work: object, *given: object, **named: object) -> str:
    with pytest.raises(SigningRefused) as refused:
        work(*given, **named)  # type: ignore[operator]
    return refused.value.code


def test_poppler_believes_each_of_the_three_signatures(signed: bytes, tmp_path: Path):
    reports = signature_reports(tmp_path, signed)
    assert [(each.field, each.certified) for each in reports] == [
        ("homeroom", "Trần Thị Ngọc"),
        ("leader", "Nguyễn Thị Hạnh"),
        ("seal", "Trường Tiểu học Kim Đồng"),
    ]
    assert all(each.validation == VALID for each in reports)
    assert {each.kind for each in reports} == {"ETSI.CAdES.detached"}
    assert [each.covers_all for each in reports] == [False, False, True]


def test_the_time_of_signing_is_that_of_the_xml_to_the_second(signed: bytes, tmp_path: Path):
    assert [each.signed_at for each in signature_reports(tmp_path, signed)] == [
        "May 31 2027 09:00:00",
        "May 31 2027 10:00:00",
        "May 31 2027 11:00:00",
    ]
    assert embedded_signature(signed, "leader").sig_object["/M"] == "D:20270531100000+07'00'"


def test_a_fraction_of_a_second_and_another_zone_change_nothing(
    people: People, chain: tuple[x509.Certificate, ...]
):
    elsewhere = SIGNED_AT.astimezone(datetime.UTC).replace(microsecond=987654)
    assert prepared(people, chain, signed_at=elsewhere) == prepared(people, chain)


def test_pyhanko_believes_all_three_up_to_the_root(signed: bytes, demo_authority: DemoAuthority):
    statuses = pyhanko_statuses(signed, demo_authority)
    assert set(statuses) == {"homeroom", "leader", "seal"}
    for status in statuses.values():
        assert status.intact
        assert status.valid
        assert status.trusted
        assert status.docmdp_ok
        assert status.bottom_line


def test_the_first_signature_certifies_and_lets_only_forms_be_filled(signed: bytes):
    levels = {
        slot_key: embedded_signature(signed, slot_key).docmdp_level
        for slot_key in ("homeroom", "leader", "seal")
    }
    assert {key: level and level.value for key, level in levels.items()} == {
        "homeroom": 2,
        "leader": None,
        "seal": None,
    }


def test_whoever_signs_first_certifies(people: People, demo_authority: DemoAuthority):
    pdf = waiting_pdf()
    pdf += update_of(pdf, "leader", people.hanh, demo_authority)
    pdf += update_of(pdf, "seal", people.seal, demo_authority)
    assert embedded_signature(pdf, "leader").docmdp_level.value == 2
    assert all(each.bottom_line for each in pyhanko_statuses(pdf, demo_authority).values())


def test_a_signature_appends_and_leaves_what_stood_before(signed: bytes, people: People):
    assert signed.startswith(waiting_pdf())
    reference = embedded_signature(signed, "homeroom").byte_range
    first_end = reference[2] + reference[3]
    assert signed[:first_end].startswith(waiting_pdf())


def test_a_signature_appends_few_bytes(people: People, demo_authority: DemoAuthority):
    update = update_of(waiting_pdf(), "leader", people.hanh, demo_authority)
    assert len(update) < 9 * 1024


def test_what_is_signed_names_the_certificate_and_no_time(signed: bytes, people: People):
    attributes = embedded_signature(signed, "leader").signer_info["signed_attrs"]
    assert {each["type"].native for each in attributes} == {
        "content_type",
        "message_digest",
        "signing_certificate_v2",
    }
    [named] = [each for each in attributes if each["type"].native == "signing_certificate_v2"]
    [own] = named["values"][0]["certs"]
    assert (
        own["cert_hash"].native.hex()
        == people.hanh.certificate.fingerprint(
            people.hanh.certificate.signature_hash_algorithm
        ).hex()
    )


def test_the_chain_is_enclosed_once_each(people: People, demo_authority: DemoAuthority):
    chain = (people.hanh.certificate, *demo_authority.certificates)
    signer = signer_of(people.hanh)
    update = sign_pdf(
        waiting_pdf(),
        "leader",
        signer,
        chain=chain,
        stamp=STAMPS["leader"],
        signed_at=SIGNED_AT,
    )
    signature = embedded_signature(waiting_pdf() + update, "leader")
    enclosed = signature.signed_data["certificates"]
    assert len(enclosed) == 3
    assert signature.signer_cert.serial_number == people.hanh.certificate.serial_number


def test_the_digest_is_that_of_the_attributes_which_the_key_signs(
    people: People, chain: tuple[x509.Certificate, ...]
):
    preparation = prepared(people, chain)
    assert preparation.digest == sha256(preparation.signed_attributes).digest()
    assert preparation.signed_attributes[:1] == b"\x31"
    assert preparation.slot_key == "leader"


def test_the_same_gives_the_same_again(people: People, chain: tuple[x509.Certificate, ...]):
    assert prepared(people, chain) == prepared(people, chain)
    later = SIGNED_AT + datetime.timedelta(seconds=1)
    assert prepared(people, chain, signed_at=later).digest != prepared(people, chain).digest


def test_a_preparation_is_read_back_from_its_update(
    people: People, chain: tuple[x509.Certificate, ...]
):
    preparation = prepared(people, chain)
    assert read_pdf_preparation(preparation.update, "leader") == preparation


@pytest.mark.parametrize("holder", ["hanh", "phuc"], ids=["P-256", "RSA-2048"])
def test_a_value_from_elsewhere_completes_what_was_kept(
    holder: str,
    people: People,
    chain: tuple[x509.Certificate, ...],
    demo_authority: DemoAuthority,
):
    kept = prepared(people, chain, holder=holder).update
    preparation = read_pdf_preparation(kept, "leader")
    value = signer_of(getattr(people, holder)).sign(preparation.signed_attributes)
    update = complete_pdf_signature(preparation, value, pdf=waiting_pdf())
    assert len(update) == len(kept)
    status = pyhanko_statuses(waiting_pdf() + update, demo_authority)["leader"]
    assert status.bottom_line


def test_r_and_s_side_by_side_are_taken_too(
    people: People, chain: tuple[x509.Certificate, ...], tmp_path: Path
):
    preparation = prepared(people, chain)
    value = signer_of(people.hanh).sign(preparation.signed_attributes)
    pair = b"".join(number.to_bytes(P256_BYTES) for number in decode_dss_signature(value))
    update = complete_pdf_signature(preparation, pair, pdf=waiting_pdf())
    assert update == complete_pdf_signature(preparation, value, pdf=waiting_pdf())
    [report] = signature_reports(tmp_path, waiting_pdf() + update)
    assert report.validation == VALID


@pytest.mark.parametrize("holder", ["hanh", "seal"], ids=["P-256", "RSA-2048"])
def test_poppler_believes_what_a_token_signed(
    holder: str,
    token: SoftToken,
    people: People,
    chain: tuple[x509.Certificate, ...],
    tmp_path: Path,
):
    token.hold(getattr(people, holder), "ký số", b"\x01")
    opened = Pkcs11Signer.open(module=token.module, token_label=token.label, pin=token.pin)
    with opened as signer:
        update = sign_pdf(
            waiting_pdf(),
            "leader",
            signer,
            chain=chain,
            stamp=STAMPS["leader"],
            signed_at=SIGNED_AT,
        )
    [report] = signature_reports(tmp_path, waiting_pdf() + update)
    assert report.validation == VALID
    assert report.covers_all


def test_a_value_of_another_key_does_not_fit(people: People, chain: tuple[x509.Certificate, ...]):
    preparation = prepared(people, chain)
    value = signer_of(people.ngoc).sign(preparation.signed_attributes)
    code = refusal_of(complete_pdf_signature, preparation, value, pdf=waiting_pdf())
    assert code == "signature_does_not_fit"


@pytest.mark.parametrize("value", [b"", b"\x00" * 64, b"no signature at all"])
def test_rubbish_does_not_fit(value: bytes, people: People, chain: tuple[x509.Certificate, ...]):
    code = refusal_of(complete_pdf_signature, prepared(people, chain), value, pdf=waiting_pdf())
    assert code == "signature_does_not_fit"


def test_a_value_for_another_moment_does_not_fit(
    people: People, chain: tuple[x509.Certificate, ...]
):
    later = prepared(people, chain, signed_at=SIGNED_AT + datetime.timedelta(seconds=1))
    value = signer_of(people.hanh).sign(later.signed_attributes)
    code = refusal_of(complete_pdf_signature, prepared(people, chain), value, pdf=waiting_pdf())
    assert code == "signature_does_not_fit"


def test_another_signature_meanwhile_is_told(
    people: People, chain: tuple[x509.Certificate, ...], demo_authority: DemoAuthority
):
    preparation = prepared(people, chain)
    value = signer_of(people.hanh).sign(preparation.signed_attributes)
    meanwhile = waiting_pdf() + update_of(waiting_pdf(), "homeroom", people.ngoc, demo_authority)
    code = refusal_of(complete_pdf_signature, preparation, value, pdf=meanwhile)
    assert code == "pdf_changed"


def test_a_pdf_of_another_card_is_told(people: People, chain: tuple[x509.Certificate, ...]):
    preparation = prepared(people, chain)
    value = signer_of(people.hanh).sign(preparation.signed_attributes)
    other = waiting_pdf().replace(b"%PDF-1.7", b"%PDF-1.6")
    assert len(other) == len(waiting_pdf())
    assert refusal_of(complete_pdf_signature, preparation, value, pdf=other) == "pdf_changed"


def test_a_signed_field_is_taken(
    signed: bytes, people: People, chain: tuple[x509.Certificate, ...]
):
    assert refusal_of(prepared, people, chain, pdf=signed) == "slot_taken"


def test_a_pdf_without_the_field_is_refused(people: People, chain: tuple[x509.Certificate, ...]):
    assert refusal_of(prepared, people, chain, pdf=archival_pdf()) == "field_missing"


def test_a_key_of_another_kind_signs_no_pdf(chain: tuple[x509.Certificate, ...]):
    code = refusal_of(
        prepare_pdf_signature,
        waiting_pdf(),
        "leader",
        certificate=self_signed(ec.generate_private_key(ec.SECP384R1())),
        chain=chain,
        stamp=STAMPS["leader"],
        signed_at=SIGNED_AT,
    )
    assert code == "unsupported_key"


def test_an_update_of_something_else_is_no_preparation():
    with pytest.raises(ValueError, match="no signature waits"):
        read_pdf_preparation(b"%%EOF", "leader")


@pytest.mark.parametrize(
    "name", ["/ByteRange [0 1 2 3]", "/ByteRange [0 9999 0 0]", "a ) /Contents <"]
)
def test_a_name_that_looks_like_a_place_in_the_file_misleads_nobody(
    name: str, chain: tuple[x509.Certificate, ...]
):
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = self_signed(key, name=subject(COMMON_NAME=name))
    preparation = prepare_pdf_signature(
        waiting_pdf(),
        "leader",
        certificate=certificate,
        chain=chain,
        stamp=STAMPS["leader"],
        signed_at=SIGNED_AT,
    )
    value = sign_message(key, preparation.signed_attributes)
    update = complete_pdf_signature(preparation, value, pdf=waiting_pdf())
    assert embedded_signature(waiting_pdf() + update, "leader").sig_object["/Name"] == name
