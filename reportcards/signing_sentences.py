"""What the signing side gives as codes with parameters, as sentences with a way out."""

import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from reportcards.signing.refusals import Refusal

CERTIFICATES = {
    "certificate_unreadable": _(
        "Tệp này không phải chứng thư số đọc được. Hãy chọn tệp .cer, .crt hoặc .pem "
        "do nơi cấp chứng thư gửi."
    ),
    "expired": _(
        "Chứng thư số của “%(certified)s” đã hết hạn ngày %(on)s. Hãy gia hạn ở nơi cấp chứng thư "
        "rồi đăng ký chứng thư mới."
    ),
    "not_yet_valid": _(
        "Chứng thư số của “%(certified)s” chỉ có hiệu lực từ %(on)s. Hãy ký từ lúc đó, "
        "hoặc dùng chứng thư khác."
    ),
    "revoked": _(
        "Chứng thư số của “%(certified)s” đã bị thu hồi ngày %(on)s (%(reason)s). Hãy xin cấp "
        "chứng thư mới; chữ ký trước ngày ấy vẫn còn giá trị."
    ),
    "wrong_usage": _(
        "Chứng thư số của “%(certified)s” không dùng để ký tài liệu được. Hãy xin chứng thư có "
        "công dụng chữ ký số (digitalSignature)."
    ),
    "is_ca": _(
        "Đây là chứng thư của cơ quan chứng thực “%(certified)s”, không phải của người ký. "
        "Hãy chọn chứng thư của người ký."
    ),
    "weak_key": _(
        "Khóa %(algorithm)s quá ngắn để ký học bạ. Hãy xin chứng thư có khóa RSA từ 2048 bit "
        "hoặc ECDSA P-256."
    ),
    "unsupported_key": _(
        "Học bạ không ký được bằng khóa loại %(algorithm)s. Hãy xin chứng thư có khóa RSA từ "
        "2048 bit hoặc ECDSA P-256."
    ),
    "demo_in_production": _(
        "Chứng thư của “%(certified)s” là CHỨNG THƯ THỬ NGHIỆM, không có giá trị pháp lý. "
        "Hãy dùng chứng thư do tổ chức được cấp phép phát hành."
    ),
}

HOLDERS = {
    "wrong_person": _(
        "Chứng thư mang tên “%(certified)s” có số định danh khác với số của %(person)s. "
        "Mỗi người chỉ ký bằng chứng thư của chính mình; nếu số định danh trong hồ sơ sai, "
        "hãy nhờ quản trị sửa ở trang nhân sự."
    ),
    "no_personal_id": _(
        "Chứng thư mang tên “%(certified)s” không ghi số định danh cá nhân 12 số nên không biết "
        "có phải của %(person)s. Hãy xin nơi cấp chứng thư cấp lại theo thẻ căn cước."
    ),
    "wrong_organisation": _(
        "Chứng thư mang tên “%(certified)s”, không phải “%(school)s”. Hãy chọn chứng thư của "
        "trường; nếu chứng thư ghi tên trường theo cách khác, hãy ghi tên ấy vào phê duyệt của Sở."
    ),
}

ISSUERS = {
    "unknown_issuer": _(
        "“%(issuer)s”, nơi cấp chứng thư của “%(certified)s”, không có trong danh sách tin cậy "
        "của máy chủ. Hãy dùng chứng thư do tổ chức được cấp phép phát hành, "
        "hoặc nhờ người quản trị máy chủ bổ sung nơi cấp."
    ),
    "issuer_expired": _(
        "Chứng thư của “%(issuer)s”, nơi cấp chứng thư của “%(certified)s”, đã hết hạn. "
        "Hãy nhờ người quản trị máy chủ cập nhật danh sách tin cậy, hoặc xin cấp lại chứng thư."
    ),
    "issuer_revoked": _(
        "Nơi cấp chứng thư “%(certified)s” đã bị thu hồi ngày %(on)s (%(reason)s). "
        "Hãy xin chứng thư của nơi cấp khác."
    ),
    "trust_unreadable": _(
        "Danh sách tin cậy không đọc được. Xin báo người quản trị máy chủ kiểm tra tệp PEM."
    ),
    "crl_unreadable": _(
        "Tệp này không phải danh sách thu hồi đọc được. Hãy chọn tệp .crl tải ở nơi cấp chứng thư."
    ),
    "crl_missing": _(
        "Chưa có danh sách thu hồi của “%(issuer)s” nên chưa biết chứng thư còn giá trị không. "
        "Hãy tải danh sách thu hồi mới nhất lên."
    ),
    "crl_stale": _(
        "Danh sách thu hồi của “%(issuer)s” lập ngày %(on)s đã quá hạn. "
        "Hãy tải danh sách thu hồi mới nhất lên."
    ),
}

KEY_FILES = {
    "container_unreadable": _(
        "Tệp này không phải tệp khóa đọc được. Hãy chọn tệp .p12 hoặc .pfx do nơi cấp "
        "chứng thư gửi."
    ),
    "wrong_passphrase": _(
        "Không mở được tệp khóa: sai mật khẩu của tệp, hoặc tệp bị hỏng. Hãy nhập lại mật khẩu, "
        "hoặc tải lại tệp."
    ),
    "no_key": _("Tệp không có khóa bí mật nên không ký được. Hãy chọn tệp xuất kèm khóa bí mật."),
    "no_certificate": _(
        "Không có chứng thư nào đi với khóa này. Hãy xuất lại tệp, hoặc nạp lại thiết bị, "
        "kèm chứng thư."
    ),
    "several_certificates": _(
        "Khóa này có nhiều chứng thư nên không biết dùng chứng thư nào. "
        "Hãy bỏ chứng thư cũ rồi thử lại."
    ),
}

TOKENS = {
    "module_missing": _(
        "Máy chủ không mở được thư viện của thiết bị ký (%(module)s). "
        "Xin báo người quản trị máy chủ cài trình điều khiển của thiết bị."
    ),
    "token_missing": _("Không thấy thiết bị ký. Hãy cắm thiết bị rồi thử lại."),
    "several_tokens": _(
        "Có nhiều thiết bị ký cùng tên. Hãy rút bớt, chỉ để lại thiết bị cần dùng."
    ),
    "token_busy": _("Thiết bị ký đang được dùng cho lần ký khác. Hãy chờ lần ấy xong rồi thử lại."),
    "token_failed": _(
        "Thiết bị ký báo lỗi %(answer)s. Hãy rút ra, cắm lại rồi thử lại; nếu vẫn lỗi, "
        "xin báo nơi cấp thiết bị."
    ),
    "wrong_pin": _("Sai mã PIN của thiết bị ký. Hãy nhập lại; sai nhiều lần thiết bị sẽ bị khóa."),
    "pin_locked": _(
        "Mã PIN của thiết bị ký đã bị khóa hoặc chưa đặt. Hãy nhờ nơi cấp thiết bị mở khóa."
    ),
    "pin_expired": _("Mã PIN của thiết bị ký đã hết hạn. Hãy đổi mã PIN rồi thử lại."),
    "key_missing": _(
        "Thiết bị ký không có khóa cần dùng. Hãy kiểm tra tên khóa đã đăng ký, "
        "hoặc cắm đúng thiết bị."
    ),
    "several_keys": _("Thiết bị ký có nhiều khóa. Hãy ghi tên khóa cần dùng khi đăng ký."),
}

SIGNATURES = {
    "slot_taken": _("Ô ký này của học bạ đã có chữ ký. Hãy tải lại trang để xem học bạ hiện nay."),
    "signature_does_not_fit": _(
        "Chữ ký nhận được không khớp với học bạ và chứng thư, nên không được nhận. "
        "Hãy ký lại, và chọn đúng chứng thư đã đăng ký."
    ),
    "field_missing": _(
        "Bản PDF của học bạ không có ô ký này nên không ký được. Hãy tạo lại học bạ; "
        "nếu vẫn lỗi, xin báo người quản trị máy chủ."
    ),
    "pdf_changed": _(
        "Bản PDF của học bạ đã đổi từ khi bắt đầu ký, nên chữ ký không được nhận. "
        "Hãy tải lại trang rồi ký lại."
    ),
}

SENTENCES = CERTIFICATES | HOLDERS | ISSUERS | KEY_FILES | TOKENS | SIGNATURES

# Reasons of RFC 5280 §5.3.1.
REVOCATION_REASONS = {
    "unspecified": _("không nêu lý do"),
    "keyCompromise": _("lộ khóa"),
    "cACompromise": _("lộ khóa của nơi cấp"),
    "aACompromise": _("lộ khóa của nơi cấp"),
    "affiliationChanged": _("đổi nơi công tác"),
    "superseded": _("đã có chứng thư khác thay thế"),
    "cessationOfOperation": _("ngừng sử dụng"),
    "certificateHold": _("tạm dừng"),
    "privilegeWithdrawn": _("mất quyền dùng"),
}


def sentence_of(refusal: Refusal) -> str:
    """The sentence of a refusal or a warning, with its dates for Vietnam."""
    params = {name: _written(name, value) for name, value in refusal.params.items()}
    return str(SENTENCES[refusal.code]) % params


def _written(name: str, value: object) -> str:
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value))
    if name == "reason":
        return str(REVOCATION_REASONS[str(value)])
    return str(value)
