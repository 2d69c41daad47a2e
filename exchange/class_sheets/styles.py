"""How the cells of a class sheet look, and which of them can be typed into."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

TYPEFACE = "Times New Roman"
RULE = Side(style="thin", color="9AA5B1")
BOX = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
TEXT_FORMAT = "@"  # what is typed stays text, whatever it begins with

TITLE, NOTE, HEADER, IDENTITY, NAME = "hb title", "hb note", "hb header", "hb identity", "hb name"
INPUT, INPUT_TEXT, LOCKED, LOCKED_TEXT, NOT_ASKED = (
    "hb input",
    "hb input text",
    "hb locked",
    "hb locked text",
    "hb not asked",
)

COUNT = "hb count"


def add_styles(workbook: Workbook) -> None:
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    written = Alignment(horizontal="left", vertical="top", wrap_text=True)
    looks = {
        TITLE: _style(bold=True, size=14, border=None, alignment=Alignment(vertical="center")),
        NOTE: _style(italic=True, border=None, alignment=written),
        HEADER: _style(bold=True, fill="DCE6F1", alignment=centred),
        IDENTITY: _style(fill="F2F4F7", alignment=centred, number_format=TEXT_FORMAT),
        NAME: _style(
            fill="F2F4F7",
            alignment=Alignment(vertical="center", wrap_text=True),
            number_format=TEXT_FORMAT,
        ),
        INPUT: _style(alignment=centred, is_locked=False),
        INPUT_TEXT: _style(alignment=written, number_format=TEXT_FORMAT, is_locked=False),
        LOCKED: _style(fill="F2F4F7", alignment=centred),
        LOCKED_TEXT: _style(fill="F2F4F7", alignment=written, number_format=TEXT_FORMAT),
        COUNT: _style(alignment=centred),
        NOT_ASKED: _style(fill="D5DAE1", alignment=centred),
    }
    for name, style in looks.items():
        style.name = name
        workbook.add_named_style(style)


def _style(
    *,
    alignment: Alignment,
    size: int = 12,
    bold: bool = False,
    italic: bool = False,
    fill: str = "",
    border: Border | None = BOX,
    number_format: str = "General",
    is_locked: bool = True,
) -> NamedStyle:
    return NamedStyle(
        font=Font(name=TYPEFACE, size=size, bold=bold, italic=italic),
        fill=PatternFill("solid", start_color=fill) if fill else PatternFill(),
        border=border or Border(),
        alignment=alignment,
        number_format=number_format,
        protection=Protection(locked=is_locked),
    )
