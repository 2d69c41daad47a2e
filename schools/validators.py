from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schools.printable import can_be_seen, code_point, unprintable_in


def validate_printable(text: str) -> None:
    """Of what stands on documents: refused where it is typed, not when it is to be printed."""
    character = unprintable_in(text)
    if character:
        raise ValidationError(unprintable_sentence(character), code="unprintable")


def unprintable_sentence(character: str) -> str:
    words = {"character": character, "code": code_point(character)}
    if can_be_seen(character):
        return (
            _("Không in được ký tự “%(character)s” (%(code)s); hãy xóa hoặc thay bằng chữ khác.")
            % words
        )
    return (
        _("Có ký tự %(code)s không nhìn thấy và không in được; hãy xóa chỗ ấy rồi gõ lại.") % words
    )
