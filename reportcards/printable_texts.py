"""What of a card's content no document can print, told before the content is frozen.

It is refused where it is typed; this finds what was typed before that was so.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assessments.wording import translated
from reportcards.documents.paper_form import Payload
from reportcards.profiles.violations import Params, Violation
from schools.printable import can_be_seen, code_point, unprintable_in


def unprintable_texts(payload: Payload) -> list[Violation]:
    """Params: "character" as a sentence shows it; "field" where no tag of the XML has the text."""
    comments = {
        f"subjects.{position}.comment": _("Nhận xét (%(subject)s)")
        % {"subject": translated(subject["name"])}
        for position, subject in enumerate(payload["subjects"])
    }
    return [
        Violation(path, "unprintable", _params(character, comments.get(path)))
        for path, text in _texts(payload, "")
        if (character := unprintable_in(text))
    ]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, part in value.items():
                yield from _texts(part, f"{path}.{key}" if path else key)
        case list():
            for position, part in enumerate(value):
                yield from _texts(part, f"{path}.{position}")
        case str():
            yield path, value


def _params(character: str, field: str | None) -> Params:
    code = code_point(character)
    shown = f"“{character}” ({code})" if can_be_seen(character) else code
    return {"character": shown} | ({"field": field} if field else {})
