"""The container of a PDF signature: CMS SignedData as PAdES-B-B wants it (ETSI EN 319 142-1 §6).

The time of signing stands in the signature dictionary and not here, as PAdES has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute

ANY_DIGEST = sha256(b"in no certificate").digest()


@dataclass(frozen=True)
class SignatureContainer:
    """A container, with its value or still without.

    signed_attributes: DER of the SET OF attributes, which is what the key signs.
    """

    content: cms.ContentInfo

    @property
    def signed_attributes(self) -> bytes:
        return self._signer["signed_attrs"].untag().dump()

    @property
    def message_digest(self) -> bytes:
        """Of the document, SHA-256."""
        attributes = {each["type"].native: each["values"] for each in self._signer["signed_attrs"]}
        return attributes["message_digest"][0].native

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's, of those that are enclosed."""
        signer = self._signer["sid"].chosen
        enclosed = [each.chosen for each in self.content["content"]["certificates"]]
        [own] = [
            each
            for each in enclosed
            if each.issuer == signer["issuer"]
            and each.serial_number == signer["serial_number"].native
        ]
        return x509.load_der_x509_certificate(own.dump())

    @property
    def _signer(self) -> cms.SignerInfo:
        return self.content["content"]["signer_infos"][0]

    def with_value(self, value: bytes) -> bytes:
        """DER with the value of the signature; an ECDSA value is DER, too."""
        content = cms.ContentInfo.load(self.content.dump())
        content["content"]["signer_infos"][0]["signature"] = value
        return content.dump()


def waiting_container(
    document_digest: bytes, certificate: x509.Certificate, chain: Iterable[x509.Certificate]
) -> bytes:
    """DER of a container whose signature is an empty value; of the same size for every digest."""
    before, after = _around_the_digest(certificate, tuple(chain))
    return before + document_digest + after


@lru_cache(maxsize=64)
def _around_the_digest(
    certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]
) -> tuple[bytes, bytes]:
    """Kept, because one certificate signs many cards and asn1crypto writes slowly.

    The digest is all in which two containers differ; certificates stand before it.
    """
    holder, *others = [_as_asn1(each) for each in (certificate, *chain)]
    others = [each for each in others if each.dump() != holder.dump()]
    signed_data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [_digest_algorithm()],
            "encap_content_info": {"content_type": "data"},
            "certificates": [holder, *others],
            "signer_infos": [_signer_info(ANY_DIGEST, holder, certificate)],
        }
    )
    container = cms.ContentInfo({"content_type": "signed_data", "content": signed_data}).dump()
    before, _place, after = container.rpartition(ANY_DIGEST)
    return before, after


def read_container(encoded: bytes) -> SignatureContainer:
    """From DER that zeros may follow: the room that the signature left over."""
    return SignatureContainer(cms.ContentInfo.load(encoded))


def _signer_info(
    document_digest: bytes, holder: asn1_x509.Certificate, certificate: x509.Certificate
) -> cms.SignerInfo:
    attributes = cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "data"),
            simple_cms_attribute("message_digest", document_digest),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(holder)),
        ]
    )
    identifier = {"issuer": holder.issuer, "serial_number": holder.serial_number}
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
            "digest_algorithm": _digest_algorithm(),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": _method(certificate)}),
            "signature": b"",
        }
    )


def _digest_algorithm() -> algos.DigestAlgorithm:
    return algos.DigestAlgorithm({"algorithm": "sha256"})


def _method(certificate: x509.Certificate) -> str:
    is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    return "sha256_rsa" if is_rsa else "sha256_ecdsa"


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
