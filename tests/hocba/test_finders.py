import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from hocba.finders import TypefaceFinder

VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
WEIGHTS = ["Regular", "Medium", "SemiBold"]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_typeface_is_served_with_every_vietnamese_letter(weight):
    path = finders.find(f"fonts/BeVietnamPro-{weight}.ttf")

    letters = TTFont(path).getBestCmap()
    assert all(ord(letter) in letters for letter in VIETNAMESE)


def test_only_the_weights_in_use_are_collected():
    collected = [name for name, storage in TypefaceFinder().list([])]

    assert collected == [f"BeVietnamPro-{weight}.ttf" for weight in WEIGHTS]


def test_collected_files_lie_in_the_folder_of_typefaces():
    assert {storage.prefix for name, storage in TypefaceFinder().list(None)} == {"fonts"}


@pytest.mark.parametrize(
    "path", ["fonts/BeVietnamPro-Black.ttf", "BeVietnamPro-Regular.ttf", "fonts/../__init__.py"]
)
def test_nothing_else_of_the_package_is_served(path):
    assert TypefaceFinder().find(path) == []


def test_every_place_of_a_file_can_be_asked_for():
    assert len(TypefaceFinder().find("fonts/BeVietnamPro-Medium.ttf", find_all=True)) == 1


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_digits_of_columns_have_one_width(weight):
    typeface = TTFont(finders.find(f"fonts/figures-{weight}.woff2"))

    letters = typeface.getBestCmap()
    assert set(letters) == {ord(digit) for digit in "0123456789"}
    assert len({typeface["hmtx"][letters[ord(digit)]][0] for digit in "0123456789"}) == 1
