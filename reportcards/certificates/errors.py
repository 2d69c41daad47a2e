"""Why a certificate or a key file is not taken, or can no longer be used."""

from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError


class SealingSecretMissing(DomainError):
    message = _(
        "Máy chủ chưa có khóa niêm phong nên không cất giữ tệp khóa được. "
        "Xin báo người quản trị máy chủ đặt KEY_SEALING_SECRET."
    )


class KeyFileNotStored(DomainError):
    message = _(
        "Không còn tệp khóa của chứng thư này. Hãy đăng ký lại chứng thư bằng tệp .p12 hoặc .pfx."
    )


class KeyFileUnreadable(DomainError):
    message = _(
        "Tệp khóa đã cất giữ không mở được: dữ liệu bị thay đổi, hoặc khóa niêm phong của máy chủ "
        "đã khác. Hãy ngừng dùng chứng thư này rồi đăng ký lại bằng tệp .p12 hoặc .pfx."
    )


class AlreadyRegistered(DomainError):
    message = _(
        "Chứng thư này đã có trong sổ của trường. Muốn đổi nơi giữ khóa, "
        "hãy ngừng dùng chứng thư đang có rồi đăng ký lại."
    )


class CertificateEnded(DomainError):
    message = _("Chứng thư này đã ngừng dùng. Hãy tải lại trang để xem sổ chứng thư.")


class ApprovalInFuture(DomainError):
    message = _("Ngày phê duyệt không thể sau hôm nay.")


class RevocationListRefused(DomainError):
    """`message` says what is wrong with the file."""


class TrustFileUnreadable(DomainError):
    message = _(
        "Máy chủ chưa có danh sách nơi cấp chứng thư được tin cậy nên chưa kiểm tra được chứng "
        "thư nào. Xin báo người quản trị máy chủ đặt SIGNING_TRUST_FILE."
    )
