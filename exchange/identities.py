"""What a row says of who is meant, and which rows of a file mean the same pupil."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exchange.cell_values import is_blank, read_class_name
from schools.names import fold

IDENTITY_CELLS = ("ministry_code", "personal_id", "full_name", "date_of_birth")

Readers = Mapping[str, Callable[[Any], Any]]


class Unidentified(ValueError):
    """The sentence says which cell of the row to change."""


@dataclass(frozen=True)
class Identity:
    """None where a cell is empty or cannot be read."""

    ministry_code: str | None
    personal_id: str | None
    full_name: str | None
    date_of_birth: datetime.date | None
    class_name: str
    claims_id: bool  # even if it cannot be read

    @property
    def has_unreadable_id_only(self) -> bool:
        return self.claims_id and not (self.ministry_code or self.personal_id)

    @property
    def name_and_birth(self) -> tuple[str, datetime.date] | None:
        if not self.full_name or self.date_of_birth is None:
            return None
        return fold(self.full_name), self.date_of_birth

    @property
    def name_birth_and_class(self) -> Hashable | None:
        return self.name_and_birth and (*self.name_and_birth, self.class_name)


def read_identity(row: Mapping[str, Any], readers: Readers) -> Identity:
    values: dict[str, Any] = {}
    for key in IDENTITY_CELLS:
        values[key] = None
        if not is_blank(row[key]):
            with suppress(ValueError):  # said when the cell itself is imported
                values[key] = readers[key](row[key])
    class_name = "" if is_blank(row["class_name"]) else read_class_name(row["class_name"])
    claims_id = not (is_blank(row["ministry_code"]) and is_blank(row["personal_id"]))
    return Identity(**values, class_name=class_name, claims_id=claims_id)


class RepeatedRows:
    def __init__(self, identities: Mapping[int, Identity]) -> None:
        self.codes = _row_numbers(identities, lambda row: row.ministry_code)
        self.ids = _row_numbers(identities, lambda row: row.personal_id)
        self.names = _row_numbers(identities, lambda row: row.name_birth_and_class)

    def check(self, identity: Identity) -> None:
        """Raises when another row of the file means the same pupil, or may mean her."""
        if numbers := self.codes.get(identity.ministry_code):
            raise Unidentified(
                _("Mã học sinh này có ở nhiều dòng của tệp: %(numbers)s.") % {"numbers": numbers}
            )
        if numbers := self.ids.get(identity.personal_id):
            raise Unidentified(
                _("Số định danh cá nhân này có ở nhiều dòng của tệp: %(numbers)s.")
                % {"numbers": numbers}
            )
        numbers = self.names.get(identity.name_birth_and_class)
        if numbers and not identity.claims_id:
            raise Unidentified(
                _(
                    "Các dòng %(numbers)s cùng họ tên, ngày sinh và lớp. "
                    "Hãy ghi mã học sinh hoặc số định danh cá nhân."
                )
                % {"numbers": numbers}
            )


def _row_numbers(
    identities: Mapping[int, Identity], key: Callable[[Identity], Hashable]
) -> dict[Hashable, str]:
    """The numbers of the rows that share a key, for those keys that several rows have."""
    numbers = defaultdict(list)
    for number, identity in identities.items():
        if value := key(identity):
            numbers[value].append(str(number))
    return {value: ", ".join(rows) for value, rows in numbers.items() if len(rows) > 1}
