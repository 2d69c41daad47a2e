import re
from itertools import chain, product
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from hocba.templatetags.components import MESSAGE_LOOKS, ROW_LOOKS, STATUS_LOOKS

CSS = settings.BASE_DIR / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
GROUNDS = ["paper", "surface"]
AA_TEXT, AA_CONTROL = 4.5, 3.0

TEXT_PAIRS = [
    *product(["text", "quiet", "accent", "done", "waiting", "attention", "locked"], GROUNDS),
    *((state, f"{state}-tint") for state in ["accent", "done", "waiting", "attention", "locked"]),
    *product(["text"], ["accent-tint", "done-tint", "waiting-tint", "attention-tint", "sunken"]),
    ("quiet", "sunken"),
    ("quiet", "row-focus"),
    ("quiet", "done-tint"),
    ("quiet", "waiting-tint"),
    ("quiet", "attention-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-cover", "cover"),
]
CONTROL_PAIRS = list(product(["control-border", "attention"], GROUNDS))


def tokens(*names):
    """The colours of the sheets, a later one replacing those of an earlier one."""
    declarations = chain.from_iterable(
        re.findall(r"--([\w-]+):\s*([^;]+);", (CSS / name).read_text()) for name in names
    )
    return dict(declarations)


SCHEMES = {"light": tokens("tokens.css"), "dark": tokens("tokens.css", "dark.css")}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme, ink, ground):
    colours = SCHEMES[scheme]

    assert contrast(colours[ink], colours[ground]) >= AA_TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("border", "ground"), CONTROL_PAIRS)
def test_controls_can_be_seen(scheme, border, ground):
    colours = SCHEMES[scheme]

    assert contrast(colours[border], colours[ground]) >= AA_CONTROL


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_focus_ring_is_seen_by_one_of_its_two_lines(scheme, ground):
    colours = SCHEMES[scheme]

    lines = [contrast(colours[line], colours[ground]) for line in ("focus", "focus-inner")]
    assert max(lines) >= AA_CONTROL


def test_the_dark_scheme_gives_every_colour_anew():
    def colours(name):
        return {key for key, value in tokens(name).items() if value.startswith(("#", "rgb"))}

    assert colours("dark.css") == colours("tokens.css")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_that_is_used_exists(sheet):
    used = set(re.findall(r"var\(--([\w-]+)", sheet.read_text()))
    its_own = set(re.findall(r"^\s*--([\w-]+):", sheet.read_text(), re.MULTILINE))

    assert used <= set(SCHEMES["light"]) | its_own


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_file_that_a_sheet_names_is_served(sheet):
    for address in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text()):
        assert address.startswith("../"), address
        assert finders.find(address.removeprefix("../")), address


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_the_tokens_name_colours(sheet):
    if sheet.name in {"tokens.css", "dark.css", "print.css"}:
        return
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text())


def test_every_icon_that_a_page_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', finders_text("img/icons.svg")))
    named = chain.from_iterable(
        re.findall(r'{% icon "([\w-]+)"|\bicon(?:_name)?="([\w-]+)"', path.read_text())
        for path in TEMPLATES
    )

    assert {name for pair in named for name in pair if name} <= drawn


def test_every_status_has_its_drawing():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', finders_text("img/icons.svg")))
    looks = [*STATUS_LOOKS.values(), *ROW_LOOKS.values()]
    assert {look.icon for look in looks} | {name for name, _ in MESSAGE_LOOKS.values()} <= drawn


def finders_text(path):
    return Path(finders.find(path)).read_text()
