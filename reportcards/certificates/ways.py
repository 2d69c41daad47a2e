"""The ways to add a certificate, by where its key lies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reportcards.actions.certificates import (
    register_key_file,
    register_remote_certificate,
    register_token_certificate,
)
from reportcards.certificates.forms import (
    KeyFileForm,
    RemoteCertificateForm,
    TokenCertificateForm,
)
from reportcards.models import KeyPlace, SigningCertificate


@dataclass(frozen=True)
class Way:
    """`register` takes what the form gives, with `owner` and `by`."""

    key_place: KeyPlace
    label: str | Promise
    explanation: str | Promise
    form_class: type[forms.Form]
    register: Callable[..., SigningCertificate]


WAYS: Mapping[str, Way] = {
    way.key_place.value: way
    for way in (
        Way(
            KeyPlace.PKCS12,
            _("Từ tệp khóa .p12, .pfx"),
            _(
                "Tệp được cất giữ trên máy chủ, mã hóa hai lớp. Mỗi lần ký phải gõ mật khẩu của "
                "tệp; mật khẩu không được lưu."
            ),
            KeyFileForm,
            register_key_file,
        ),
        Way(
            KeyPlace.REMOTE,
            _("Ký từ xa, hoặc USB token ở máy của người ký"),
            _(
                "Khóa ở dịch vụ ký có xác nhận trên điện thoại, hoặc ở token cắm vào máy có phần "
                "mềm ký. Ở đây chỉ đăng ký chứng thư."
            ),
            RemoteCertificateForm,
            register_remote_certificate,
        ),
        Way(
            KeyPlace.PKCS11,
            _("USB token hoặc HSM nối với máy chủ"),
            _("Khóa không rời thiết bị. Ở đây đăng ký chứng thư và nhãn của khóa."),
            TokenCertificateForm,
            register_token_certificate,
        ),
    )
}


def open_ways() -> list[Way]:
    """The server reaches no token without its maker's library."""
    return [
        way for way in WAYS.values() if way.key_place != KeyPlace.PKCS11 or settings.PKCS11_MODULE
    ]
