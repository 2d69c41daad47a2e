from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError

if TYPE_CHECKING:
    from schools.windows import WindowFault


class WindowsOutOfOrder(DomainError):
    message = _("Chưa lưu được: có ngày chưa hợp lệ, mỗi chỗ có lời giải thích.")

    def __init__(self, faults: "Sequence[WindowFault]") -> None:
        super().__init__()
        self.faults = faults
