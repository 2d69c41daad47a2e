"""Papers that a family brings as files: what they are is read from their bytes, not their names."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError

LARGEST = 5 * 1024 * 1024
TOO_LARGE = _("Tệp quyết định lớn hơn 5 MB. Hãy quét lại nhỏ hơn.")
TAIL = 2048  # bytes in which the end of a whole file stands


class AttachmentRefused(DomainError):
    """`message` says what is wrong with the file."""


@dataclass(frozen=True)
class Attachment:
    """The decision on a change of civil status, as the family brought it."""

    content: bytes

    @property
    def ending(self) -> str:
        """`pdf`, `jpg` or `png`, or AttachmentRefused: the file is too large, empty or another."""
        if len(self.content) > LARGEST:
            raise AttachmentRefused(TOO_LARGE)
        tail = self.content[-TAIL:]
        if self.content.startswith(b"%PDF-") and b"%%EOF" in tail:
            return "pdf"
        # Telephones write more behind the picture, so its end may stand anywhere.
        if self.content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in self.content:
            return "jpg"
        if self.content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND\xae\x42\x60\x82" in tail:
            return "png"
        raise AttachmentRefused(
            _("Tệp quyết định phải là bản PDF, ảnh JPEG hoặc ảnh PNG còn nguyên vẹn.")
        )
