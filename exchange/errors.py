from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError


class ImportRefused(DomainError):
    pass


class FileRefused(ImportRefused):
    """The file is not read any further, and nothing of it is kept."""


class ImportNotPending(ImportRefused):
    message = _("Tệp này đã được nhập hoặc đã hoàn tác; hãy tải lại trang.")


class ImportNotInForce(ImportRefused):
    message = _("Chỉ hoàn tác được lần nhập đã thực hiện và chưa hoàn tác; hãy tải lại trang.")


class NothingToImport(ImportRefused):
    message = _("Tệp không có dòng nào để nhập: mọi dòng đều lỗi hoặc đã đúng như trong trường.")


class FileChanged(ImportRefused):
    message = _("Tệp đã lưu không còn giống tệp được tải lên; hãy tải lên lại.")


class PreviewOutdated(ImportRefused):
    message = _(
        "Dữ liệu của trường đã thay đổi sau khi xem trước, nên chưa nhập gì. "
        "Danh sách dưới đây đã được tính lại; hãy xem rồi nhập."
    )


class ImportNotUndoable(ImportRefused):
    message = _("Không hoàn tác được, vì đã có dữ liệu khác gắn với những dòng đã nhập")

    def __init__(self, obstacles: Sequence[str] = ()) -> None:
        details = "; ".join(obstacles)
        super().__init__(f"{self.message}: {details}." if details else f"{self.message}.")


class UploadNotPending(ImportRefused):
    message = _("Tệp này đã được xác nhận hoặc đã quá hạn; hãy tải lên lại.")


class NothingToSave(ImportRefused):
    message = _("Không có ô nào để ghi: mọi ô đều không ghi được, đã đúng hoặc chưa được chọn.")


class UploadOutdated(ImportRefused):
    message = _(
        "Kết quả của lớp đã thay đổi sau khi xem trước, nên chưa ghi gì. "
        "Danh sách dưới đây đã được tính lại; hãy xem rồi xác nhận."
    )
