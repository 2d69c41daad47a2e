"""Whose certificate it has to be: a person by her personal ID, a school by its name or code."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509

from reportcards.signing.certificates import common_name, identifiers, personal_id
from reportcards.signing.refusals import Refusal

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Person:
    """personal_id: 12 digits, as the school knows them."""

    full_name: str
    personal_id: str


@dataclass(frozen=True)
class Organisation:
    """The school, by the names that it goes by and by codes such as the ministry's.

    A certification authority may write the name otherwise ("TRƯỜNG TH KIM ĐỒNG"): what the
    department approved is then given as a further name.
    """

    name: str
    other_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


Holder = Person | Organisation


def holder_refusals(certificate: x509.Certificate, holder: Holder) -> Iterator[Refusal]:
    """no_personal_id, wrong_person; for a school wrong_organisation."""
    if isinstance(holder, Person):
        yield from _person_refusals(certificate, holder)
    elif not _is_of(certificate, holder):
        params = {"certified": common_name(certificate.subject), "school": holder.name}
        yield Refusal("wrong_organisation", params)


def _person_refusals(certificate: x509.Certificate, person: Person) -> Iterator[Refusal]:
    certified = personal_id(certificate)
    params = {"certified": common_name(certificate.subject), "person": person.full_name}
    if certified is None:
        yield Refusal("no_personal_id", params)
    elif certified != person.personal_id:
        yield Refusal("wrong_person", params)


def _is_of(certificate: x509.Certificate, school: Organisation) -> bool:
    """By the common name or an identifier.

    The organisation (O) does not tell: it stands in the certificates of its people too.
    """
    if personal_id(certificate) is not None:
        return False
    certified = _words(common_name(certificate.subject))
    if certified in {_words(name) for name in (school.name, *school.other_names)}:
        return True
    written = {part for text in identifiers(certificate) for part in WORD.findall(text)}
    return bool(written & set(school.codes))


def _words(name: str) -> tuple[str, ...]:
    return tuple(WORD.findall(unicodedata.normalize("NFC", name).casefold()))
