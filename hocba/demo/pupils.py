"""The demo's pupils, as rows of the ministry's sheet, and the class of each in both years."""

import datetime
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hocba.demo.names import (
    ELDER_CHILD,
    FATHER_OF_TWO,
    HER_HUSBAND,
    HHEN,
    MOTHER_OF_TWO,
    TEACHER_AND_MOTHER,
    YOUNGER_CHILD,
    Person,
    invent_parent,
    invent_pupil,
)
from schools.models.classes import HIGHEST_GRADE
from students.ministry_codes import ETHNICITIES

PLACES = ["Phường Buôn Hồ", "Phường Cư Bao", "Xã Ea Drông", "Xã Krông Búk", "Xã Pơng Drang"]
PROVINCE = "Tỉnh Đắk Lắk"
UNASSIGNED_PROVINCE = "097"  # no personal ID begins so: nobody real is hit by chance
NEW_WITHOUT_CODE = 6


@dataclass(frozen=True)
class ClassPlan:
    name: str
    grade_levels: tuple[int, ...]


@dataclass(frozen=True)
class PupilPlan:
    number: int
    person: Person
    grade_level: int
    class_name: str | None
    past_class_name: str | None
    date_of_birth: datetime.date
    mother: str
    father: str


def plan_classes(streams: int) -> list[ClassPlan]:
    """So many classes for each grade; the last one of grade 4 is multi-grade, with grade 5."""
    letters = "ABCDE"[:streams]
    return [
        ClassPlan(f"{grade}{letter}", (4, 5) if (grade, letter) == (4, letters[-1]) else (grade,))
        for grade in range(1, 6)
        for letter in letters
    ]


def plan_pupils(classes: list[ClassPlan], size: int, first_year: int) -> list[PupilPlan]:
    chance = random.Random(27)
    letters = sorted({plan.name[-1] for plan in classes})
    pupils: list[PupilPlan] = []
    for plan in classes:
        for place in range(size):
            grade_level = plan.grade_levels[-1 if place % 5 > 2 else 0]
            pupils.append(
                _plan_pupil(
                    chance,
                    number=len(pupils) + 1,
                    grade_level=grade_level,
                    class_name=plan.name,
                    past_class_name=_past_class(plan, grade_level, letters[place % len(letters)]),
                    first_year=first_year,
                )
            )
    return _with_known_families(pupils)


def _with_known_families(pupils: list[PupilPlan]) -> list[PupilPlan]:
    """The first and the last pupil are siblings; H'Hen Niê is a teacher's child."""
    youngest, *others, hhen, eldest = pupils
    return [
        replace(youngest, person=YOUNGER_CHILD, mother=MOTHER_OF_TWO, father=FATHER_OF_TWO),
        *others,
        replace(hhen, person=HHEN, mother=TEACHER_AND_MOTHER, father=HER_HUSBAND),
        replace(eldest, person=ELDER_CHILD, mother=MOTHER_OF_TWO, father=FATHER_OF_TWO),
    ]


def _past_class(plan: ClassPlan, grade_level: int, letter: str) -> str | None:
    if grade_level == 1:
        return None
    own_letter = plan.name[-1] if plan.grade_levels[0] == grade_level else letter
    return f"{grade_level - 1}{own_letter}"


def _plan_pupil(
    chance: random.Random,
    *,
    number: int,
    grade_level: int,
    class_name: str | None,
    past_class_name: str | None,
    first_year: int,
) -> PupilPlan:
    person = invent_pupil(chance)
    born = datetime.date(first_year - 5 - grade_level, 1, 1)
    return PupilPlan(
        number=number,
        person=person,
        grade_level=grade_level,
        class_name=class_name,
        past_class_name=past_class_name,
        date_of_birth=born + datetime.timedelta(days=chance.randrange(365)),
        mother=invent_parent(chance, person, "female"),
        father=invent_parent(chance, person, "male"),
    )


def plan_leavers(
    classes: list[ClassPlan], size: int, first_year: int, *, after: int
) -> list[PupilPlan]:
    """Who was in the highest grade last year and is now at another school."""
    chance = random.Random(28)
    last_classes = [plan.name for plan in classes if plan.grade_levels == (HIGHEST_GRADE,)]
    return [
        _plan_pupil(
            chance,
            number=number,
            grade_level=HIGHEST_GRADE + 1,
            class_name=None,
            past_class_name=class_name,
            first_year=first_year,
        )
        for number, (class_name, _place) in enumerate(
            itertools.product(last_classes, range(size)), after + 1
        )
    ]


def sheet_rows(
    pupils: list[PupilPlan], *, enrolled_on: datetime.date, is_past_year: bool = False
) -> Iterator[dict[str, object]]:
    """Rows by the keys of exchange/columns.py; a past year holds whoever was at school then."""
    for pupil in pupils:
        class_name = pupil.past_class_name if is_past_year else pupil.class_name
        if class_name is None:
            continue
        grade_level = pupil.grade_level - 1 if is_past_year else pupil.grade_level
        yield _sheet_row(pupil, class_name, grade_level, enrolled_on)


def _sheet_row(
    pupil: PupilPlan, class_name: str, grade_level: int, enrolled_on: datetime.date
) -> dict[str, object]:
    chance = random.Random(pupil.number)
    commune, home = chance.choice(PLACES), chance.choice(PLACES)
    is_new = pupil.grade_level == 1 and pupil.number <= NEW_WITHOUT_CODE
    return {
        "class_name": class_name,
        "grade_level": str(grade_level),
        "ministry_code": "" if is_new else f"66{20260000 + pupil.number}",
        "full_name": pupil.person.full_name,
        "date_of_birth": f"{pupil.date_of_birth:%d/%m/%Y}",
        "gender": "Nam" if pupil.person.gender == "male" else "Nữ",
        "status": "Đang học",
        "status_on": f"{enrolled_on:%d/%m/%Y}",
        "ethnicity": ETHNICITIES[pupil.person.ethnicity_code],
        "nationality": "Việt Nam",
        "personal_id": personal_id(pupil),
        "birth_province": PROVINCE,
        "birth_commune": commune,
        "birth_detail": f"Trạm y tế {commune}",
        "home_province": PROVINCE,
        "home_commune": home,
        "residence": f"Tổ dân phố {chance.randrange(1, 12)}, {commune}, {PROVINCE}",
        "father_name": pupil.father,
        "mother_name": pupil.mother,
    }


def personal_id(pupil: PupilPlan) -> str:
    sex = "2" if pupil.person.gender == "male" else "3"
    return f"{UNASSIGNED_PROVINCE}{sex}{pupil.date_of_birth:%y}{pupil.number:06}"
