from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from students.forms import ComposedText, day_field

LARGEST_CERTIFICATE = 100 * 1024
LARGEST_REVOCATION_LIST = 20 * 1024 * 1024


class SmallFileField(forms.FileField):
    """Read whole: what it gives is bytes."""

    def __init__(self, *, accept: str, most_bytes: int, **options: Any) -> None:
        self.most_bytes = most_bytes
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file: UploadedFile = super().clean(data, initial)
        if file.size is not None and file.size > self.most_bytes:
            raise forms.ValidationError(
                _("Tệp lớn hơn %(most)s nên không phải tệp cần tìm. Hãy chọn lại tệp.")
                % {"most": filesizeformat(self.most_bytes)}
            )
        return file.read()


class KeyFileForm(forms.Form):
    container = SmallFileField(
        label=gettext_lazy("Tệp khóa"),
        accept=".p12,.pfx",
        most_bytes=LARGEST_CERTIFICATE,
        help_text=gettext_lazy("Tệp .p12 hoặc .pfx do nơi cấp chứng thư giao."),
        error_messages={"required": gettext_lazy("Hãy chọn tệp .p12 hoặc .pfx.")},
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Mật khẩu của tệp"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Dùng một lần để đọc chứng thư rồi quên ngay. Mỗi lần ký thầy/cô gõ lại."
        ),
        error_messages={"required": gettext_lazy("Hãy gõ mật khẩu của tệp.")},
    )


class RemoteCertificateForm(forms.Form):
    certificate = SmallFileField(
        label=gettext_lazy("Tệp chứng thư"),
        accept=".cer,.crt,.pem,.der",
        most_bytes=LARGEST_CERTIFICATE,
        help_text=gettext_lazy(
            "Tệp .cer, .crt hoặc .pem: chỉ có chứng thư, không có khóa bí mật. "
            "Phần mềm ký hoặc nơi cấp cho tải về."
        ),
        error_messages={"required": gettext_lazy("Hãy chọn tệp chứng thư .cer, .crt hoặc .pem.")},
    )


class TokenCertificateForm(RemoteCertificateForm):
    key_label = ComposedText(
        label=gettext_lazy("Nhãn của khóa trên token"),
        max_length=100,
        help_text=gettext_lazy("Tên mà token đặt cho khóa; người quản trị máy chủ xem được."),
        error_messages={"required": gettext_lazy("Hãy ghi nhãn của khóa trên token.")},
    )


class ApprovalForm(forms.Form):
    approved_on = day_field(
        label=gettext_lazy("Ngày Sở phê duyệt"),
        error_messages={"required": gettext_lazy("Hãy ghi ngày phê duyệt.")},
    )
    reference = ComposedText(
        label=gettext_lazy("Văn bản phê duyệt"),
        max_length=150,
        help_text=gettext_lazy("Số và ngày của văn bản, hoặc mã của lần đăng ký trên cổng của Sở."),
        error_messages={"required": gettext_lazy("Hãy ghi văn bản phê duyệt.")},
    )


class RevocationListForm(forms.Form):
    content = SmallFileField(
        label=gettext_lazy("Tệp danh sách thu hồi"),
        accept=".crl,.pem,.der",
        most_bytes=LARGEST_REVOCATION_LIST,
        help_text=gettext_lazy("Tệp .crl tải từ trang của nơi cấp chứng thư."),
        error_messages={"required": gettext_lazy("Hãy chọn tệp .crl.")},
    )
