"""What the page of a grid sends to its cells' endpoint."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.forms.typed_rows import TypedCell
from audit.errors import DomainError

MOST_CELLS = 5000


class UnreadableCells(DomainError):
    message = _("Máy chủ không đọc được các ô trang này gửi lên; hãy tải lại trang rồi gõ lại.")


@dataclass(frozen=True)
class CellsRequest:
    cells: list[TypedCell]
    is_preview: bool = False


def read_cells(body: bytes) -> CellsRequest:
    """The request, or UnreadableCells: half a request is no request."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableCells from error
    cells = asked.get("cells") if isinstance(asked, dict) else None
    is_preview = asked.get("preview", False) if isinstance(asked, dict) else None
    if not isinstance(cells, list) or not isinstance(is_preview, bool):
        raise UnreadableCells
    if len(cells) > MOST_CELLS:
        raise UnreadableCells(
            _("Mỗi lần gửi nhiều nhất %(most)s ô; hãy chia thành nhiều lần.") % {"most": MOST_CELLS}
        )
    return CellsRequest([_cell(cell) for cell in cells], is_preview)


def _cell(asked: Any) -> TypedCell:
    if not isinstance(asked, dict):
        raise UnreadableCells
    pupil, field, typed, base = (asked.get(key) for key in ("pupil", "field", "typed", "base"))
    if (
        type(pupil) is int
        and isinstance(field, str)
        and isinstance(typed, str)
        and isinstance(base, str | None)
    ):
        return TypedCell(pupil, field, typed, base)
    raise UnreadableCells
