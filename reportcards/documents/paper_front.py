"""The first three pages of the học bạ: cover, guidance, and who the pupil is (TT 27, Phụ lục 1).

The shape of their content:

    student   full_name, date_of_birth, gender, ethnicity, nationality, birth_place, home_town,
              residence, father_name, mother_name, guardian_name
    school    name, commune_name, district_name, province_name: the newest one
    place     where the principal signs
    history   rows, oldest first: school_year, class_name, school_name, register_number,
              entered_on
    card      null, or of the digital card that all this is taken from: uuid, digest

Dates are "YYYY-MM-DD", school years "2026-2027".
"""

import datetime
from dataclasses import dataclass

from reportcards.documents.addresses import proof_of
from reportcards.documents.paper_form import GENDER_NAMES, Payload, name_after_label
from reportcards.documents.proof import Proof

HISTORY_ROWS = 5


@dataclass(frozen=True)
class Cover:
    student_name: str
    school_name: str
    commune_name: str
    district_name: str
    province_name: str


@dataclass(frozen=True)
class Information:
    """Page 3, as the birth certificate says it."""

    full_name: str
    gender: str
    date_of_birth: datetime.date
    ethnicity: str
    nationality: str
    birth_place: str
    home_town: str
    residence: str
    father_name: str
    mother_name: str
    guardian_name: str
    place: str


@dataclass(frozen=True)
class HistoryRow:
    """A row of "Quá trình học tập"."""

    school_year: str
    class_name: str
    school_name: str
    register_number: str
    entered_on: datetime.date


@dataclass(frozen=True)
class Front:
    cover: Cover
    information: Information
    history: tuple[HistoryRow, ...]
    proof: Proof | None = None

    @property
    def empty_history_rows(self) -> range:
        """The form has at least five rows."""
        return range(HISTORY_ROWS - len(self.history))


def front(body: Payload, public_address: str = "") -> Front:
    return Front(
        cover=_cover(body),
        information=_information(body),
        history=tuple(_history_row(row) for row in body["history"]),
        proof=_proof(body["card"], public_address),
    )


def _cover(body: Payload) -> Cover:
    school = body["school"]
    return Cover(
        student_name=body["student"]["full_name"],
        school_name=name_after_label(school["name"]),
        commune_name=school["commune_name"],
        district_name=school["district_name"],
        province_name=school["province_name"],
    )


def _information(body: Payload) -> Information:
    student = body["student"]
    return Information(
        full_name=student["full_name"],
        gender=GENDER_NAMES[student["gender"]],
        date_of_birth=datetime.date.fromisoformat(student["date_of_birth"]),
        ethnicity=student["ethnicity"],
        nationality=student["nationality"],
        birth_place=student["birth_place"],
        home_town=student["home_town"],
        residence=student["residence"],
        father_name=student["father_name"],
        mother_name=student["mother_name"],
        guardian_name=student["guardian_name"],
        place=body["place"],
    )


def _history_row(row: Payload) -> HistoryRow:
    return HistoryRow(
        school_year=row["school_year"].replace("-", " – "),
        class_name=row["class_name"],
        school_name=name_after_label(row["school_name"]),
        register_number=row["register_number"],
        entered_on=datetime.date.fromisoformat(row["entered_on"]),
    )


def _proof(card: Payload | None, public_address: str) -> Proof | None:
    return proof_of(card["uuid"], card["digest"], public_address) if card else None
