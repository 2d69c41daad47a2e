import re
import unicodedata

LINE_ENDS = {"Zl", "Zp"}
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
LOOKS = re.compile("[\ufe00-\ufe0f]")
"""Which look the character before should have, as pictures have behind them."""


def plain_text(raw: str) -> str:
    """The text in NFC, stripped, without control and zero-width characters; lines stay lines."""
    visible = raw if raw.isprintable() else "".join(map(_plain, with_plain_line_ends(raw)))
    lines = unicodedata.normalize("NFC", LOOKS.sub("", visible)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def with_plain_line_ends(text: str) -> str:
    """Browsers send every line end of a form as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\n" or category in LINE_ENDS:
        return "\n"
    if char == "\t" or category == "Zs":
        return " "
    return "" if category in INVISIBLE else char
