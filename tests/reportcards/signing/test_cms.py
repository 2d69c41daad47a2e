from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.signing.cms import read_container, waiting_container
from reportcards.signing.demo_authority import DemoAuthority
from tests.reportcards.authorities import People, signer_of

DIGEST = bytes(range(32))


def test_a_container_waits_with_an_empty_value(people: People, demo_authority: DemoAuthority):
    encoded = waiting_container(DIGEST, people.hanh.certificate, demo_authority.certificates)
    [signer] = cms.ContentInfo.load(encoded)["content"]["signer_infos"]
    assert signer["signature"].native == b""
    assert read_container(encoded).message_digest == DIGEST


def test_the_content_is_detached(people: People):
    encoded = waiting_container(DIGEST, people.hanh.certificate, ())
    content = cms.ContentInfo.load(encoded)["content"]["encap_content_info"]
    assert content["content_type"].native == "data"
    assert content["content"].native is None


def test_the_size_does_not_hang_on_the_digest(people: People):
    sizes = {
        len(waiting_container(digest, people.hanh.certificate, ()))
        for digest in (bytes(32), DIGEST, b"\xff" * 32)
    }
    assert len(sizes) == 1


def test_two_digests_differ_in_the_digest_alone(people: People, demo_authority: DemoAuthority):
    chain = demo_authority.certificates
    first, second = (
        waiting_container(digest, people.hanh.certificate, chain) for digest in (DIGEST, bytes(32))
    )
    assert first == second.replace(bytes(32), DIGEST)
    assert first.count(DIGEST) == 1


def test_each_certificate_and_each_chain_has_its_own(people: People, demo_authority: DemoAuthority):
    chains = [(), demo_authority.certificates]
    containers = {
        waiting_container(DIGEST, issued.certificate, chain)
        for issued in (people.ngoc, people.hanh)
        for chain in chains
    }
    assert len(containers) == 4


def test_the_signer_is_found_among_the_certificates(people: People, demo_authority: DemoAuthority):
    """They stand in the order of their DER, which says nothing of who signs."""
    for issued in (people.ngoc, people.hanh, people.phuc, people.seal):
        encoded = waiting_container(DIGEST, issued.certificate, demo_authority.certificates)
        assert read_container(encoded).certificate == issued.certificate


def test_a_value_changes_nothing_of_what_is_signed(people: People):
    waiting = read_container(waiting_container(DIGEST, people.hanh.certificate, ()))
    value = signer_of(people.hanh).sign(waiting.signed_attributes)
    signed = read_container(waiting.with_value(value))
    assert signed.signed_attributes == waiting.signed_attributes
    assert signed.content["content"]["signer_infos"][0]["signature"].native == value
    assert waiting.content["content"]["signer_infos"][0]["signature"].native == b""


def test_zeros_may_follow(people: People):
    encoded = waiting_container(DIGEST, people.hanh.certificate, ())
    assert read_container(encoded + bytes(500)).message_digest == DIGEST


def test_the_method_is_that_of_the_key(people: People):
    methods = {}
    for issued in (people.hanh, people.phuc):
        encoded = waiting_container(DIGEST, issued.certificate, ())
        [signer] = cms.ContentInfo.load(encoded)["content"]["signer_infos"]
        methods[issued is people.hanh] = signer["signature_algorithm"]["algorithm"].native
    assert methods == {True: "sha256_ecdsa", False: "sha256_rsa"}


def test_der_is_der(people: People, demo_authority: DemoAuthority):
    """Read and written anew it is the same, so that the digest is stable."""
    encoded = waiting_container(DIGEST, people.hanh.certificate, demo_authority.certificates)
    read = cms.ContentInfo.load(encoded)
    assert read.dump(force=True) == encoded
    enclosed = {each.chosen.dump() for each in read["content"]["certificates"]}
    assert people.hanh.certificate.public_bytes(Encoding.DER) in enclosed
