import datetime
import math
from dataclasses import replace

import pytest

from reportcards.signing.certificates import DEMO_MARKER
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.stamps import BLUE, RED, UPPER, Certified, Stamp, certified, draw
from tests.reportcards.authorities import SIGNED_AT, VIETNAM, People
from tests.reportcards.signing.certificates import self_signed, subject
from tests.reportcards.signing.stamp_pages import (
    Letter,
    are_inside,
    colours_in,
    letters_on,
    operators_in,
    page_of,
    text_on,
)

PERSON_BOX = (187.0, 113.0)
SEAL_BOX = (119.0, 113.0)
SCHOOL = "Trường Tiểu học Kim Đồng"
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Thị Hồng Quỳnh Trường Thượng Ngữ"
HANH = Stamp("Nguyễn Thị Hạnh", "Hiệu trưởng", SCHOOL)
SEAL = Stamp(SCHOOL, organisation="Phường Buôn Hồ - Tỉnh Đắk Lắk", is_seal=True)
OF_A_LICENSED_AUTHORITY = Certified(
    "54010101A1B2C3D4E5F60718293A4B5C", "Nơi cấp thử", "31/05/2027 09:00:00 +07:00", is_demo=False
)
FOR_TRIALS = replace(OF_A_LICENSED_AUTHORITY, issuer=f"{DEMO_MARKER} - Cấp phát", is_demo=True)


def person(stamp: Stamp = HANH, says: Certified = OF_A_LICENSED_AUTHORITY) -> bytes:
    return page_of(draw(stamp, says, *PERSON_BOX), *PERSON_BOX)


def seal(stamp: Stamp = SEAL, says: Certified = OF_A_LICENSED_AUTHORITY) -> bytes:
    return page_of(draw(stamp, says, *SEAL_BOX), *SEAL_BOX)


def unbroken(pdf: bytes) -> str:
    return text_on(pdf).replace("\n", " ")


def without_spaces(pdf: bytes) -> str:
    return "".join(each.text for each in letters_on(pdf))


def test_a_persons_stamp_says_who_signed_as_what_and_by_which_certificate():
    assert unbroken(person()) == (
        "Đã ký số Nguyễn Thị Hạnh Hiệu trưởng, Trường Tiểu học Kim Đồng "
        "Số chứng thư: 54010101A1B2C3D4 E5F60718293A4B5C "
        "Nơi cấp: Nơi cấp thử Thời gian ký: 31/05/2027 09:00:00 +07:00"
    )


def test_a_person_without_capacity_and_organisation_leaves_no_empty_line():
    lines = text_on(person(Stamp("Nguyễn Thị Hạnh"))).splitlines()
    assert lines[1] == "Nguyễn Thị Hạnh"
    assert lines[2].startswith("Số chứng thư:")


def test_the_seal_says_the_school_its_place_and_its_certificate():
    said = without_spaces(seal())
    for expected in (
        "PHƯỜNGBUÔNHỒ-TỈNHĐẮKLẮK",
        "TRƯỜNGTIỂUHỌCKIMĐỒNG",
        "54010101A1B2C3D4E5F60718293A4B5C",
        "Nơicấpthử",
        "31/05/202709:00:00+07:00",
    ):
        assert expected in said


@pytest.mark.parametrize("page", [person, seal])
def test_a_certificate_for_trials_says_so_in_words(page):
    stamp = HANH if page is person else SEAL
    marker = DEMO_MARKER.replace(" ", "")
    assert without_spaces(page(stamp, FOR_TRIALS)).count(marker) == 2  # itself, and its issuer
    assert marker not in without_spaces(page(stamp, OF_A_LICENSED_AUTHORITY))


def test_the_seal_is_red_and_nothing_else():
    assert colours_in(seal(says=FOR_TRIALS)) == {RED}


def test_a_person_signs_in_blue_with_the_warning_in_red():
    assert colours_in(person()) == {BLUE}
    assert colours_in(person(says=FOR_TRIALS)) == {BLUE, RED}


@pytest.mark.parametrize("pdf", [person(), seal()], ids=["person", "seal"])
def test_nothing_is_transparent_and_no_picture_is_drawn(pdf: bytes):
    assert not operators_in(pdf) & {"gs", "Do", "sh", "BI", "scn", "SCN"}


def test_the_left_third_is_free_where_the_seal_comes():
    under = letters_on(person(replace(HANH, is_under_seal=True)))
    assert min(each.left for each in under) >= PERSON_BOX[0] / 3
    assert min(each.left for each in letters_on(person())) < PERSON_BOX[0] / 10


def test_what_stands_around_the_seal_lies_on_its_ring():
    """Above the middle of the circle, the letters' middles as far from it as each other."""
    radius = SEAL_BOX[1] * UPPER / 2
    place = "PHƯỜNGBUÔNHỒ-TỈNHĐẮKLẮK"
    ring = letters_on(seal())[: len(place)]
    assert "".join(each.text for each in ring) == place
    distances = [distance_from(SEAL_BOX[0] - radius, SEAL_BOX[1] - radius, each) for each in ring]
    assert all(0.62 * radius < distance < 0.94 * radius for distance in distances)


def distance_from(x: float, y: float, letter: Letter) -> float:
    middle = (letter.left + letter.right) / 2, (letter.bottom + letter.top) / 2
    return math.dist((x, y), middle)


def test_the_ring_reads_from_left_to_right_above_and_below():
    letters = letters_on(seal(says=FOR_TRIALS))
    place, marker = "PHƯỜNGBUÔNHỒ-TỈNHĐẮKLẮK", DEMO_MARKER.replace(" ", "")
    above, below = letters[: len(place)], letters[len(place) : len(place) + len(marker)]
    assert "".join(each.text for each in below) == marker
    assert above[0].left < above[-1].left
    assert below[0].left < below[-1].left
    assert min(each.bottom for each in above) > max(each.bottom for each in below[5:-5])


def test_the_circle_stands_at_the_right_over_the_leaders_third():
    diameter = SEAL_BOX[1] * UPPER
    ring = letters_on(seal())[: len("PHƯỜNGBUÔNHỒ-TỈNHĐẮKLẮK")]
    assert min(each.left for each in ring) > SEAL_BOX[0] - diameter
    assert max(each.right for each in ring) > SEAL_BOX[0] - diameter / 5


@pytest.mark.parametrize(
    "stamp",
    [
        HANH,
        Stamp(LONG_NAME, f"Phó Hiệu trưởng, xác nhận thay {LONG_NAME}", SCHOOL * 3),
        Stamp(LONG_NAME, "Hiệu trưởng", SCHOOL, is_under_seal=True),
        Stamp("M" * 200),
        Stamp(""),
    ],
    ids=["usual", "long", "long-under-seal", "one-word", "empty"],
)
def test_every_person_fits_into_the_frame(stamp: Stamp):
    letters = letters_on(person(stamp, FOR_TRIALS))
    assert are_inside(letters, *PERSON_BOX)
    assert min(each.bottom for each in letters) > PERSON_BOX[1] * (1 - UPPER)


@pytest.mark.parametrize(
    "stamp",
    [SEAL, Stamp(SCHOOL, is_seal=True), Stamp(SCHOOL * 4, organisation=LONG_NAME, is_seal=True)],
    ids=["usual", "no-place", "long"],
)
def test_every_seal_fits_into_its_box(stamp: Stamp):
    assert are_inside(letters_on(seal(stamp, FOR_TRIALS)), *SEAL_BOX)


def test_a_narrow_box_holds_a_smaller_circle():
    narrow = page_of(draw(SEAL, FOR_TRIALS, 60, 113), 60, 113)
    assert are_inside(letters_on(narrow), 60, 113)


@pytest.mark.parametrize("name", ["<b>Hạnh</b>", "(Hạnh) \\ ) Tj", "Hạnh\nQ Q Q"])
def test_a_name_is_text_and_never_an_order(name: str):
    assert " ".join(name.split()) in unbroken(person(Stamp(name)))


def test_certified_tells_what_the_certificate_says(people: People, demo_authority: DemoAuthority):
    says = certified(people.hanh.certificate, SIGNED_AT)
    assert says.serial == f"{people.hanh.certificate.serial_number:040X}"
    assert says.issuer == f"{DEMO_MARKER} - Cấp phát"
    assert says.signed_at == "31/05/2027 09:00:00\N{NO-BREAK SPACE}+07:00"
    assert says.is_demo


def test_the_time_is_that_of_the_zone_it_is_given_in():
    at = datetime.datetime(2027, 1, 1, 0, 30, 5, tzinfo=VIETNAM)
    assert certified(self_signed(), at).signed_at.startswith("01/01/2027 00:30:05")


def test_an_issuer_without_a_common_name_is_named_in_full():
    certificate = self_signed(name=subject(ORGANIZATION_NAME="Ban Cơ yếu Chính phủ"))
    says = certified(certificate, SIGNED_AT)
    assert says.issuer == "O=Ban Cơ yếu Chính phủ"
    assert not says.is_demo
