"""Texts that XML 1.0 can carry and that have one spelling: its characters, in Unicode NFC."""

import re
import unicodedata

from reportcards.profiles.violations import Violation

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no Char of XML 1.0, production 2: control characters, surrogates, U+FFFE, U+FFFF."""


def text_violation(path: str, text: str) -> Violation | None:
    unfit = FORBIDDEN.search(text)
    if unfit:
        code_point = f"U+{ord(unfit.group()):04X}"
        return Violation(path, "forbidden_character", {"character": code_point})
    if not unicodedata.is_normalized("NFC", text):
        return Violation(path, "not_nfc")
    return None
