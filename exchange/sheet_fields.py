"""Fields of django-import-export over the cells of a sheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from import_export.fields import Field
from import_export.widgets import Widget

from exchange.cell_values import is_blank, read_text

PERMANENT_COLUMNS = (
    "permanent_hamlet",
    "permanent_commune",
    "permanent_district",
    "permanent_province",
)
HOME_TOWN_COLUMNS = ("home_hamlet", "home_commune", "home_district", "home_province")
BIRTH_COLUMNS = ("birth_detail", "birth_commune", "birth_district", "birth_province")

Row = Mapping[str, Any]


class CellWidget(Widget):
    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def clean(self, value: Any, row: Row | None = None, **kwargs: Any) -> Any:
        return self.read(value)


class CellField(Field):
    """A detail from one column; an empty cell says nothing about it."""

    def __init__(
        self, attribute: str, read: Callable[[Any], Any], column_name: str | None = None
    ) -> None:
        super().__init__(attribute, column_name or attribute, CellWidget(read))

    def is_given(self, row: Row) -> bool:
        return not is_blank(row[self.column_name])


class PlaceField(Field):
    """An address from several columns, the smallest place first, as written."""

    def __init__(self, attribute: str, *alternatives: Sequence[str]) -> None:
        super().__init__(attribute, alternatives[0][0])
        self.alternatives = alternatives

    def is_given(self, row: Row) -> bool:
        return bool(self.clean(row))

    def clean(self, row: Row, **kwargs: Any) -> str:
        for keys in self.alternatives:
            parts = [read_text(row[key]) for key in keys if not is_blank(row[key])]
            if parts:
                return ", ".join(parts)
        return ""
