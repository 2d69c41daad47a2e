"""The display form as PDF: what is in the file, and how its pages look for a usual pupil."""

import re
from collections.abc import Sequence
from functools import cache

import pikepdf
import pytest
import segno
from pikepdf import Name

from reportcards.documents.code_mark import MASK
from reportcards.documents.display_pdf import display_pdf
from reportcards.profiles import get_profile
from reportcards.profiles.document import DATA_FILE, data_node
from tests.reportcards.cards import (
    UUID,
    Payload,
    card_payload,
    grade_payload,
    not_assessed_payload,
)
from tests.reportcards.display.pages import DIGEST
from tests.reportcards.display.pdf_places import (
    LEFT,
    MILLIMETRE,
    RIGHT,
    assert_within_the_margins,
    field_boxes,
    opened,
    painted,
    place_of,
)
from tests.reportcards.pictures import is_sound
from tests.reportcards.reading import assert_in_order, fonts_of, pages_of, sizes_of, title_of

pytestmark = pytest.mark.any_database

ADDRESS = "https://hocba.example.edu.vn"
DEPUTY = {"full_name": "Phạm Thị Phúc", "position_title": "Phó hiệu trưởng"}
OF_A_USUAL_CARD = 4


@cache
def usual(address: str = "") -> bytes:
    return laid_out(card_payload(), address)


def laid_out(payload: Payload, address: str = "") -> bytes:
    return display_pdf(payload, digest=DIGEST, public_address=address)


def test_the_same_payload_makes_the_same_file():
    assert laid_out(card_payload()) == usual()


def test_the_file_is_sound_and_of_a4():
    assert is_sound(usual())
    assert sizes_of(usual()) == {(595, 842)}
    assert title_of(usual()) == "Học bạ Lê Minh Anh 2026 – 2027"


def test_the_file_says_that_it_is_pdf_a_3b_and_has_what_that_needs():
    with opened(usual()) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in metadata
        assert 'pdfaid:conformance="B"' in metadata
        assert [intent.S for intent in pdf.Root.OutputIntents] == [Name.GTS_PDFA1]
        assert pdf.trailer.ID
        assert not pdf.is_encrypted
        assert Name.OpenAction not in pdf.Root
        assert Name.JavaScript not in pdf.Root.Names


def test_every_letter_is_of_an_embedded_font_of_ours():
    assert fonts_of(usual()) == {"Document-Serif", "Document-Serif-Bold", "Document-Serif-Italic"}
    with opened(usual()) as pdf:
        descriptors = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get(Name.Type) == Name.FontDescriptor
        ]
    assert len(descriptors) == len([*fonts_of(usual()), "that of the stamps"])
    assert all(Name.FontFile2 in each or Name.FontFile3 in each for each in descriptors)


def test_the_file_is_tagged_in_vietnamese():
    with opened(usual()) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.StructTreeRoot.K


def test_its_chapters_are_bookmarks():
    with opened(usual()) as pdf, pdf.open_outline() as outline:
        titles = [child.title for each in outline.root for child in (each, *each.children)]
    assert titles[:3] == [
        "HỌC BẠ TIỂU HỌC",
        "HỌC BẠ",
        "1. Kết quả các môn học và hoạt động giáo dục",
    ]


def test_the_unsigned_data_is_the_one_associated_file():
    with opened(usual()) as pdf:
        [file] = pdf.Root.AF
        assert file.AFRelationship == Name.Data
        assert list(pdf.attachments) == [DATA_FILE]
        attached = pdf.attachments[DATA_FILE].get_file()
        assert attached.read_bytes() == data_node(card_payload(), get_profile("v1.0"))
        assert attached.mime_type == "text/xml"


def test_the_times_in_the_file_are_those_of_the_freezing():
    with opened(usual()) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20270530081500+07'00"
        attached = pdf.attachments[DATA_FILE].get_file()
        assert attached.creation_date.isoformat() == "2027-05-30T01:15:00+00:00"


def test_three_empty_signature_fields_wait_on_the_last_page():
    with opened(usual()) as pdf:
        fields = pdf.Root.AcroForm.Fields
        assert {str(field.T) for field in fields} == {"homeroom", "leader", "seal"}
        assert {field.FT for field in fields} == {Name.Sig}
        assert {field.P.objgen for field in fields} == {pdf.pages[-1].obj.objgen}
        assert not any(Name.V in field for field in fields)


def test_the_seal_covers_the_left_third_of_the_leaders_box_and_juts_out():
    boxes = field_boxes(usual())
    leader, seal = boxes["leader"], boxes["seal"]
    third = leader[0] + (leader[2] - leader[0]) / 3
    assert seal[0] < leader[0]
    assert seal[2] == pytest.approx(third, abs=0.5)


@pytest.mark.parametrize("payload", [card_payload(), card_payload(leader=DEPUTY)])
def test_the_boxes_stand_between_the_captions_and_the_printed_names(payload):
    document = laid_out(payload)
    boxes = field_boxes(document)
    teacher, caption = place_of(document, "Trần Thị Ngọc"), place_of(document, "XÁC NHẬN CỦA")
    for left, bottom, right, top in boxes.values():
        assert LEFT - 1 < left < right < RIGHT + 1
        assert teacher[3] < bottom < top < caption[1]


def test_each_signer_signs_over_her_own_name():
    boxes = field_boxes(usual())
    for slot, name in (("leader", "Nguyễn Thị Hạnh"), ("homeroom", "Trần Thị Ngọc")):
        left, _, right, _ = place_of(usual(), name)
        middle = (boxes[slot][0] + boxes[slot][2]) / 2
        assert (left + right) / 2 == pytest.approx(middle, abs=6)


def test_no_box_lies_on_another_but_the_seals():
    boxes = field_boxes(usual())
    assert boxes["leader"][2] < boxes["homeroom"][0]


def test_the_cover_and_the_information_stand_on_pages_of_their_own():
    cover, information, *_ = pages_of(usual())
    assert_in_order(
        cover,
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
        "HỌC BẠ TIỂU HỌC",
        "Họ và tên học sinh: Lê Minh Anh",
        "Lớp: 4A",
        "Trường: Tiểu học Kim Đồng",
        "Năm học: 2026 – 2027",
        "Xã (Phường, Thị trấn): Phường Buôn Hồ",
        "Tỉnh (Thành phố): Tỉnh Đắk Lắk",
    )
    assert_in_order(
        information,
        "HỌC BẠ",
        "Giới tính: Nữ",
        "Mã số định danh cá nhân: 066316001234",
        "Người giám hộ (nếu có):",
        f"Mã số tra cứu học bạ (UUID): {UUID}",
        "(Mã tra cứu học bạ UUID sử dụng để tra cứu học bạ số",
        "Người ký học bạ: Nguyễn Thị Hạnh",
        "Chức vụ của người ký học bạ: Hiệu trưởng",
        "Ngày ký học bạ: 31/05/2027",
    )


def test_a_district_stands_on_the_cover_where_there_is_one():
    assert "Huyện (Thành phố, Quận, Thị xã)" not in pages_of(usual())[0]
    cover = pages_of(laid_out(card_payload(school={"district_name": "Huyện Krông Búk"})))[0]
    assert "Huyện (Thành phố, Quận, Thị xã): Huyện Krông Búk" in cover


def test_the_results_stand_on_one_page_and_the_conclusion_on_the_next():
    _, _, subjects, conclusion = pages_of(usual())
    assert subjects.startswith("1. Kết quả các môn học và hoạt động giáo dục")
    assert "Tin học và Công nghệ (Công nghệ) Hoàn thành tốt 9" in subjects
    assert "Tiếng dân tộc" in subjects
    assert_in_order(
        conclusion,
        "2. Nhận xét những phẩm chất chủ yếu",
        "Yêu nước Tốt",
        "3. Những năng lực cốt lõi",
        "3.1. Những năng lực chung",
        "3.2. Những năng lực đặc thù",
        "4. Đánh giá kết quả giáo dục: Hoàn thành tốt",
        "5. Khen thưởng: Đạt danh hiệu Học sinh Tiêu biểu",
        "6. Hoàn thành chương trình lớp học/chương trình tiểu học: Hoàn thành chương trình lớp 4",
        "Buôn Hồ, ngày 31 tháng 05 năm 2027",
        "XÁC NHẬN CỦA HIỆU TRƯỞNG",
        "GIÁO VIÊN CHỦ NHIỆM",
        "Nguyễn Thị Hạnh",
        "Trần Thị Ngọc",
    )


def test_results_that_need_more_than_a_page_go_on_and_the_rest_follows_them():
    """Nearly nothing of the fourth page would be used otherwise."""
    payload = card_payload()
    for subject in payload["subjects"]:
        subject["comment"] = "Nắm chắc kiến thức; biết vận dụng điều đã học. " * 4
    pages = pages_of(laid_out(payload))
    assert pages[3].startswith("Môn học và hoạt động giáo dục Mức đạt được")
    assert "2. Nhận xét những phẩm chất chủ yếu" in pages[3]


def test_results_that_just_fill_a_page_stay_on_it():
    payload = card_payload()
    for subject in payload["subjects"]:
        subject["comment"] = "Nắm chắc kiến thức; biết vận dụng điều đã học; cần luyện đọc. " * 2
    document = laid_out(payload)
    assert len(pages_of(document)) == OF_A_USUAL_CARD
    assert "Tiếng dân tộc" in pages_of(document)[2]


def test_a_deputy_says_in_whose_place_she_signs():
    conclusion = pages_of(laid_out(card_payload(leader=DEPUTY)))[-1]
    assert_in_order(
        conclusion, "XÁC NHẬN", "KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", DEPUTY["full_name"]
    )


@pytest.mark.parametrize(
    "payload",
    [grade_payload(1), grade_payload(5), not_assessed_payload(), card_payload(leader=DEPUTY)],
    ids=["grade 1", "grade 5", "not assessed", "deputy"],
)
def test_a_usual_card_has_four_pages_within_their_margins(payload):
    document = laid_out(payload)
    assert len(pages_of(document)) == OF_A_USUAL_CARD
    assert_within_the_margins(document)


def test_number_digest_and_page_stand_at_the_foot_of_every_page():
    pages = pages_of(usual())
    for number, page in enumerate(pages, start=1):
        assert page.endswith(
            f"Mã số tra cứu học bạ (UUID): {UUID} Mã băm nội dung (SHA-256): {DIGEST} "
            f"Trang {number}/{len(pages)} · Lê Minh Anh · Lớp 4A · Năm học 2026 – 2027"
        )


def test_without_a_public_address_there_is_no_code():
    with opened(usual()) as pdf:
        assert not any("/Code" in page.resources.get("/XObject", {}) for page in pdf.pages)


def test_with_an_address_every_page_shows_the_one_code():
    with opened(usual(ADDRESS)) as pdf:
        codes = {page.resources.XObject.Code.objgen for page in pdf.pages}
        assert len(codes) == 1
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            assert re.search(rb"/Artifact BMC q 1 0 0 -1 \S+ \S+ cm /Code Do Q EMC", content)
    assert pages_of(usual(ADDRESS)) == pages_of(usual())


def modules_at_the_foot(document: bytes, across: int) -> list[list[bool]]:
    """The code's modules as a camera sees them: 16 mm wide, 17 mm from the right edge."""
    scale = 4
    picture = painted(document, scale=scale)[0]
    right, bottom = (
        picture.width - 17 * MILLIMETRE * scale,
        picture.height - 5.5 * MILLIMETRE * scale,
    )
    step = 16 * MILLIMETRE * scale / across
    places: Sequence[float] = [step * (each + 0.5) - step * across for each in range(across)]
    return [
        [picture.getpixel((round(right + x), round(bottom + y))) < 128 for x in places]
        for y in places
    ]


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/"])
def test_the_code_leads_to_the_verification_of_this_card(address):
    expected = segno.make(f"{ADDRESS}/verify/{UUID}/", error="m", micro=False, mask=MASK).matrix
    assert modules_at_the_foot(usual(address), len(expected)) == [
        [bool(module) for module in row] for row in expected
    ]
