"""The screens' typefaces: small enough for a slow line, and with every letter of a name."""

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = settings.BASE_DIR / "static" / "fonts"
VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
HIGHLAND = "ČčÑñ"  # of Êđê and Jrai names
WEIGHTS = ["Regular", "Medium", "SemiBold"]

every_weight = pytest.mark.parametrize("weight", WEIGHTS)


@every_weight
def test_the_typeface_has_every_letter_of_a_name(weight: str) -> None:
    letters = TTFont(FONTS / f"BeVietnamPro-{weight}.woff2").getBestCmap()
    assert all(ord(letter) in letters for letter in VIETNAMESE + HIGHLAND)


@every_weight
def test_decomposed_letters_are_drawn_too(weight: str) -> None:
    typeface = TTFont(FONTS / f"BeVietnamPro-{weight}.woff2")
    assert all(mark in typeface.getBestCmap() for mark in (0x0300, 0x0301, 0x0303, 0x0309, 0x0323))
    assert {"kern", "mark"} <= {
        record.FeatureTag for record in typeface["GPOS"].table.FeatureList.FeatureRecord
    }


@every_weight
def test_a_weight_costs_a_slow_line_little(weight: str) -> None:
    assert (FONTS / f"BeVietnamPro-{weight}.woff2").stat().st_size < 20_000


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_digits_of_columns_have_one_width(weight: int) -> None:
    typeface = TTFont(FONTS / f"figures-{weight}.woff2")

    letters = typeface.getBestCmap()
    assert set(letters) == {ord(digit) for digit in "0123456789"}
    assert len({typeface["hmtx"][letters[ord(digit)]][0] for digit in "0123456789"}) == 1
