"""An upload that is bounded before it is read, and never touches the disk."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from reportcards.verify.reading import LARGEST_FILE

# What a form has around its file: boundaries, names, the token.
FORM_AROUND_IT = 64 * 1024


class WholeInMemory(MemoryFileUploadHandler):
    """However long: `is_too_large` has refused what is not to be held."""

    def handle_raw_input(self, *_arguments: Any, **_options: Any) -> None:
        self.activated = True


def is_too_large(request: HttpRequest) -> bool:
    """By what the request says; Django reads no more of it than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > LARGEST_FILE + FORM_AROUND_IT
