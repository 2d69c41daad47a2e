from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError

if TYPE_CHECKING:
    from assessments.completeness import MissingEntry


class PeriodNotOpen(DomainError):
    message = _("Trường chưa mở nhập kết quả cho thời điểm này.")


class PeriodClosed(DomainError):
    """The class was not handed in in time, and nobody has given more time."""


class ExtensionRefused(DomainError):
    """An end that extends nothing, or a class that needs no extension."""


class RecordLocked(DomainError):
    """Something signed off or handed in would be written."""


class CardInForce(DomainError):
    """Results behind a report card that has been issued and not withdrawn would be written."""


class NotOnRoster(DomainError):
    message = _("Học sinh không có trong danh sách của lớp ở thời điểm này; hãy tải lại trang.")


class InvalidEntry(DomainError):
    """A value that the regulation does not know; forms refuse it before, with a better sentence."""


class StepNotAllowed(DomainError):
    """The state changed under the reader's hands, or the step was never possible."""

    message = _("Trạng thái vừa thay đổi nên chưa làm được gì; hãy tải lại trang.")


class ReasonMissing(DomainError):
    message = _("Hãy ghi lý do để giáo viên biết phải làm gì.")


class ClassIncomplete(DomainError):
    message = _("Chưa gửi được: còn kết quả chưa nhập. Danh sách ở dưới, mỗi dòng có liên kết.")

    def __init__(self, missing: "Sequence[MissingEntry]") -> None:
        super().__init__()
        self.missing = missing


class EntryRefused(DomainError):
    """An entry of the comment bank is wrong; forms say so before, field by field."""


class CodeTaken(DomainError):
    def __init__(self, code: str) -> None:
        super().__init__(
            _("Bảng mã đã có mã %(code)s cho ô này; hãy chọn mã khác.") % {"code": code}
        )
