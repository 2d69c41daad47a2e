from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError


class YearNotFound(DomainError):
    message = _("Học bạ của học sinh không có năm học này.")


class NothingSigned(DomainError):
    message = _(
        "Chưa có năm học nào được hiệu trưởng ký duyệt. "
        "Học bạ sẽ ở đây sau khi nhà trường ký duyệt kết quả cuối năm."
    )


class PeriodNotSigned(DomainError):
    message = _(
        "Kết quả của em ở thời điểm này chưa được hiệu trưởng ký duyệt. "
        "Phiếu liên lạc in được sau khi ký duyệt."
    )


class StepNotAllowed(DomainError):
    message = _(
        "Học bạ không còn ở bước này: có người vừa làm trước. Hãy tải lại trang để xem hiện trạng."
    )


class ReasonMissing(DomainError):
    message = _("Hãy ghi lý do: lý do được lưu cùng học bạ.")


class NotReady(DomainError):
    """`message` names the pupil and what is missing first."""


class NoUuidLeft(DomainError):
    message = _(
        "Sở chưa cấp đủ mã tra cứu học bạ. Hãy xin thêm mã và ghi vào trang “Mã tra cứu do Sở cấp”."
    )


class SignersChanged(DomainError):
    message = _(
        "Người ký hoặc kết quả đã khác với lúc khởi tạo. Hãy khởi tạo lại học bạ này rồi ký."
    )


class CertificateNotUsable(DomainError):
    """`message` says why the certificate is refused."""


class RunIsOver(DomainError):
    message = _("Lượt ký này đã xong hoặc đã bị hủy. Hãy bắt đầu lượt ký mới.")


class NothingToSign(DomainError):
    message = _("Không có học bạ nào để ký ở lượt này: hãy xem lý do cạnh từng em.")


class SignatureTookTooLong(DomainError):
    message = _("Hết thời gian chờ chữ ký. Hãy bấm “Ký lại” và xác nhận trên điện thoại.")


class TriedTooOften(DomainError):
    message = _(
        "Máy ký đã dừng giữa chừng nhiều lần ở học bạ này. Hãy bấm “Ký lại”; "
        "nếu vẫn vậy, xin báo người quản trị hệ thống."
    )


class ClosingTooEarly(DomainError):
    message = _("Ngày chốt học bạ phải sau ngày bắt đầu năm học.")


class YearAlreadyClosed(DomainError):
    message = _("Năm học này đã chốt học bạ. Hãy tải lại trang để xem ngày và văn bản.")


class UuidsNotAcceptable(DomainError):
    """`message` names the numbers that were used or received before."""


class DecisionMissing(DomainError):
    message = _("Thay đổi hộ tịch phải kèm quyết định hoặc giấy khai sinh mới: hãy chọn tệp.")


class WithdrawalAnswered(DomainError):
    message = _("Đề nghị này đã có trả lời. Hãy tải lại trang để xem.")


class NotIssued(DomainError):
    message = _("Học bạ này chưa phát hành nên chưa có tệp để cấp.")


class CopyRefused(DomainError):
    """`message` says why nothing may be certified from this card, and what may be."""


class DecisionIncomplete(DomainError):
    message = _("Quyết định của Sở ghi cả số và ngày văn bản.")


class DecisionInFuture(DomainError):
    message = _("Ngày văn bản của Sở không thể sau hôm nay.")


class YearClosed(DomainError):
    """`message` says since when, by which document, and what the law leaves open."""


class PdfNotMade(DomainError):
    message = _("Bản PDF của học bạ này chưa lập xong. Hãy chờ một lát rồi thử lại.")


class SignedWithoutPdf(DomainError):
    message = _(
        "Học bạ này có chữ ký trên XML mà chưa có trên PDF nên không ký tiếp được. "
        "Hãy khởi tạo lại học bạ này rồi ký."
    )


class FileLost(DomainError):
    message = _(
        "Tệp lưu trữ của học bạ này bị mất hoặc đã bị sửa. Hãy báo người quản trị khôi phục "
        "từ bản sao lưu và chạy lại verify_archive."
    )


class RenderingFailed(DomainError):
    message = _(
        "Không tạo được tài liệu này. Hãy làm lại; nếu vẫn vậy, xin báo người quản trị hệ thống."
    )


class PagesDiffer(DomainError):
    """`message` names the field that the pages do not show as the card has it."""


class RenderingUnderWay(DomainError):
    message = _("Tài liệu này đang được tạo. Hãy thử lại sau ít phút.")


class LayingOutStoppedTooOften(DomainError):
    message = _(
        "Máy tạo tài liệu đã dừng giữa chừng nhiều lần ở tài liệu này. Hãy làm lại; "
        "nếu vẫn vậy, xin báo người quản trị hệ thống."
    )


class RenderingLost(DomainError):
    message = _(
        "Tệp PDF của tài liệu này bị mất hoặc đã bị sửa. Hãy báo người quản trị khôi phục "
        "từ bản sao lưu."
    )


class NothingToPrint(DomainError):
    message = _("Không có tài liệu nào để in: hãy xem lý do cạnh từng em.")


class PrintIsOver(DomainError):
    message = _("Lượt in này đã xong hoặc đã bị hủy. Hãy bắt đầu lượt in mới.")


class PrintGone(DomainError):
    message = _("Tệp của lượt in chỉ giữ một ngày và đã được xóa. Hãy in lại.")


class PrintStoppedTooOften(DomainError):
    message = _(
        "Máy ghép tệp đã dừng giữa chừng nhiều lần. Hãy bấm “Làm lại”; nếu vẫn vậy, "
        "xin báo người quản trị hệ thống."
    )
