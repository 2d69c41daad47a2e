"""The display form of the học bạ số (Công văn 2088, Phụ lục 2): what stands in which field.

Texts as they are printed, in Unicode NFC. None is a text that is not known: a form that is read
from an XML, which does not say all that the PDF shows, has some; one from a payload has none.
"""

from dataclasses import dataclass

Text = str | None


@dataclass(frozen=True)
class SubjectRow:
    """`name` as printed, with the language or the half of the subject in it; `level` in words."""

    code: str
    name: Text
    level: Text
    score: Text
    comment: Text


@dataclass(frozen=True)
class TraitRow:
    code: str
    name: str
    level: Text


@dataclass(frozen=True)
class TraitBlock:
    """A group of traits, which share one comment. `group`: the payload's key of the comment."""

    group: str
    name: str
    rows: tuple[TraitRow, ...]
    comment: Text


@dataclass(frozen=True)
class DisplayForm:
    full_name: Text
    class_name: Text
    school_name: Text
    school_year: Text
    commune_name: Text
    district_name: Text
    province_name: Text
    gender: Text
    date_of_birth: Text
    ethnicity: Text
    nationality: Text
    personal_id: Text
    birth_place: Text
    home_town: Text
    residence: Text
    father_name: Text
    mother_name: Text
    guardian_name: Text
    uuid: Text
    leader_name: Text
    leader_title: Text
    issued_on: Text
    subjects: tuple[SubjectRow, ...]
    traits: tuple[TraitBlock, ...]
    outcome: Text
    rewards: Text
    completion: Text
    place_of_issue: Text
    homeroom_teacher: Text
    digest: Text
