"""The printed documents, read back as text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportcards.documents.binding import bound
from reportcards.documents.paper_book import front_pdf, year_pdf
from reportcards.documents.paper_form import YearState
from reportcards.documents.paper_front import front
from tests.reportcards.papers import (
    DECISION,
    GENERAL,
    QUALITY,
    SPECIFIC,
    front_body,
    subjects_of,
    year_body,
)
from tests.reportcards.reading import (
    A4_POINTS,
    MARK,
    REVIEW_MARK,
    assert_in_order,
    fonts_of,
    has_mark,
    pages_of,
    sizes_of,
    text_of,
    title_of,
)

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


NORMAL_COMMENT = (
    "Đọc lưu loát, rõ ràng, viết chữ đẹp; biết vận dụng điều đã học vào một số vấn đề trong "
    "cuộc sống; cần luyện thêm cách trình bày bài làm."
)
LONG_NAME = "Nguyễn Phước Hoàng Thiên Bảo Ngọc Quỳnh Trâm Anh Thư Tuyết M"
EVERY_DIACRITIC = (
    "Ắ ằ ẳ ẵ ặ ấ Ầ ẩ ẫ ậ é È ẻ ẽ ẹ ế ề ể ễ Ệ ố ồ ổ ỗ ộ ớ ờ Ở ỡ ợ ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ Đ đ ŭ ĕ č ñ"
)


def test_a_year_is_two_a4_pages() -> None:
    document = year_pdf(year_body())
    assert len(pages_of(document)) == 2
    assert sizes_of(document) == {A4_POINTS}


@pytest.mark.parametrize("grade_level", [1, 3, 5])
def test_normal_comments_in_every_subject_stay_on_two_pages(grade_level: int) -> None:
    subjects = subjects_of(grade_level, NORMAL_COMMENT)
    assert len(pages_of(year_pdf(year_body(grade_level=grade_level, subjects=subjects)))) == 2


def test_the_first_page_has_the_head_and_the_subjects_in_order() -> None:
    first, _ = pages_of(year_pdf(year_body()))
    assert_in_order(
        first,
        "Họ và tên học sinh: Lê Minh Anh Lớp: 4A",
        "Chiều cao: 128,5 cm Cân nặng: 26 kg",
        "Số ngày nghỉ: Có phép: 3 buổi Không phép: 0 buổi",
        "Trường: Tiểu học Kim Đồng Năm học: 2026 – 2027",
        "1. Các môn học và hoạt động giáo dục",
        "Môn học và hoạt động giáo dục Mức đạt được Điểm KTĐK Nhận xét",
        "Tiếng Việt T 9 Nhận xét tieng_viet.",
        "Toán T 9 Nhận xét toan.",
        "Ngoại ngữ 1 (Tiếng Anh) T Nhận xét ngoai_ngu_1.",
        "Lịch sử và Địa lí T",
        "Khoa học T",
        "Tin học và Công nghệ (Tin học) T",
        "Tin học và Công nghệ (Công nghệ) T",
        "Đạo đức T",
        "Tự nhiên và Xã hội",
        "Giáo dục thể chất T",
        "Nghệ thuật (Âm nhạc) T",
        "Nghệ thuật (Mĩ thuật) T",
        "Hoạt động trải nghiệm T Nhận xét hoat_dong_trai_nghiem.",
        "Tiếng dân tộc",
    )


def test_the_second_page_has_traits_outcome_and_signatures_in_order() -> None:
    _, second = pages_of(year_pdf(year_body()))
    assert_in_order(
        second,
        "2. Những phẩm chất chủ yếu",
        "Phẩm chất Mức đạt được Nhận xét",
        "Yêu nước Đ",
        QUALITY,
        "Nhân ái Đ",
        "Chăm chỉ Đ",
        "Trung thực Đ",
        "Trách nhiệm Đ",
        "3. Những năng lực cốt lõi",
        "3.1. Những năng lực chung",
        "Tự chủ và tự học Đ",
        GENERAL,
        "Giao tiếp và hợp tác Đ",
        "Giải quyết vấn đề và sáng tạo Đ",
        "3.2. Những năng lực đặc thù",
        "Ngôn ngữ Đ",
        SPECIFIC,
        "Tính toán Đ",
        "Khoa học Đ",
        "Công nghệ Đ",
        "Tin học Đ",
        "Thẩm mĩ Đ",
        "Thể chất Đ",
        "4. Đánh giá kết quả giáo dục: Hoàn thành tốt",
        "5. Khen thưởng: Đạt danh hiệu Học sinh Tiêu biểu",
        "6. Hoàn thành chương trình lớp học/chương trình tiểu học:",
        "Hoàn thành chương trình lớp 4; Được lên lớp 5.",
        "XÁC NHẬN CỦA HIỆU TRƯỞNG (Ký, ghi rõ họ tên và đóng dấu)",
        "Buôn Hồ, ngày 28 tháng 05 năm 2027",
        "GIÁO VIÊN CHỦ NHIỆM (Ký, ghi rõ họ tên)",
        "Nguyễn Thị Hạnh",
        "Trần Thị Ngọc",
    )


def test_both_pages_say_whose_they_are() -> None:
    for page in pages_of(year_pdf(year_body())):
        assert "Lê Minh Anh · Lớp 4A · Năm học 2026 – 2027" in page


def test_a_deputy_signs_on_behalf_of_the_principal() -> None:
    signer = {"full_name": "Đỗ Văn Phúc", "position_title": "Phó hiệu trưởng"}
    assert_in_order(
        text_of(year_pdf(year_body(signed_by=signer))),
        "KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG",
        "Đỗ Văn Phúc",
    )


def test_what_is_signed_off_carries_no_mark() -> None:
    text = text_of(year_pdf(year_body()))
    assert not has_mark(text, MARK)
    assert not has_mark(text, REVIEW_MARK)


def test_a_draft_is_marked_on_each_page_and_has_lines_for_the_day() -> None:
    pages = pages_of(year_pdf(year_body(YearState.DRAFT, signed_by=None, signed_at=None)))
    assert [has_mark(page, MARK) for page in pages] == [True, True]
    assert "Buôn Hồ, ngày …… tháng …… năm ………" in pages[1]


def test_a_year_under_review_is_marked_on_each_page() -> None:
    pages = pages_of(year_pdf(year_body(YearState.UNDER_REVIEW)))
    assert [has_mark(page, REVIEW_MARK) for page in pages] == [True, True]


def test_an_empty_year_has_every_row_and_nothing_in_it() -> None:
    pages = pages_of(
        year_pdf(
            year_body(
                YearState.DRAFT,
                subjects=[],
                traits=[],
                comments={"quality": "", "general_competence": "", "specific_competence": ""},
                year_decision=None,
                signed_by=None,
                signed_at=None,
                homeroom_teacher=None,
            )
        )
    )
    assert len(pages) == 2
    assert_in_order(pages[0], "Tiếng Việt Toán Ngoại ngữ 1 Lịch sử và Địa lí Khoa học")
    assert "Yêu nước Nhân ái Chăm chỉ" in pages[1]


def test_long_comments_flow_on_without_losing_a_word() -> None:
    words = [f"chữ{number}" for number in range(1, 1200)]
    subjects = subjects_of(4)
    for index, entry in enumerate(subjects):
        entry["comment"] = " ".join(words[index * 80 : index * 80 + 80])
    document = year_pdf(year_body(subjects=subjects))
    text = text_of(document)
    assert all(f" {word} " in f" {text} " for word in words[: len(subjects) * 80])
    assert pages_of(document)[1].count("Mức đạt được Điểm KTĐK Nhận xét") == 1


def test_the_longest_trait_comments_lose_no_word_and_part_no_label_from_its_text() -> None:
    comment = " ".join(["chăm"] * 100)
    comments = dict.fromkeys(("quality", "general_competence", "specific_competence"), comment)
    pages = pages_of(year_pdf(year_body(comments=comments)))
    assert pages[1].count("chăm") == 300
    assert_in_order(
        pages[2],
        "6. Hoàn thành chương trình lớp học/chương trình tiểu học:",
        "Hoàn thành chương trình lớp 4; Được lên lớp 5.",
        "XÁC NHẬN CỦA HIỆU TRƯỞNG",
    )


def test_comments_of_more_lines_than_a_page_go_on_over_it_and_lose_none() -> None:
    lines = [f"d{number:04}" for number in range(70)]
    comment = "\n".join(lines)
    comments = dict.fromkeys(("quality", "general_competence", "specific_competence"), comment)
    subjects = subjects_of(4)
    subjects[0]["comment"] = comment
    pages = pages_of(year_pdf(year_body(subjects=subjects, comments=comments)))
    assert [" ".join(pages).count(line) for line in lines] == [4] * 70
    assert_in_order(" ".join(pages), "Yêu nước Đ", "Trách nhiệm Đ", "d0000", "d0069", "3. Những")
    assert "Tiếng Việt T 9 d0000" in pages[0]


def test_a_word_without_end_is_broken_and_not_cut() -> None:
    subjects = [{**entry, "comment": "à" * 300} for entry in subjects_of(1)[:1]]
    assert (
        text_of(year_pdf(year_body(grade_level=1, subjects=subjects)))
        .replace(" ", "")
        .count("à" * 300)
        == 1
    )


def test_the_lines_of_a_comment_stay_apart() -> None:
    subjects = [{**entry, "comment": "Dòng một.\nDòng hai."} for entry in subjects_of(1)[:1]]
    assert "Dòng một. Dòng hai." in text_of(year_pdf(year_body(grade_level=1, subjects=subjects)))


def test_a_name_of_sixty_letters_is_whole_on_the_page_and_at_its_foot() -> None:
    assert len(LONG_NAME) == 60
    pages = pages_of(year_pdf(year_body(student={"full_name": LONG_NAME})))
    assert f"Họ và tên học sinh: {LONG_NAME} Lớp: 4A" in pages[0]
    assert f"{LONG_NAME} · Lớp 4A" in pages[1]


def test_every_diacritic_is_read_back() -> None:
    subjects = subjects_of(4, EVERY_DIACRITIC)
    assert text_of(year_pdf(year_body(subjects=subjects))).count(EVERY_DIACRITIC) == len(subjects)


def test_markup_in_a_comment_is_text_and_fetches_nothing() -> None:
    markup = '<img src="file:///etc/passwd"> & <b>đậm</b> {{ year }}'
    subjects = [{**entry, "comment": markup} for entry in subjects_of(4)[:1]]
    text = text_of(year_pdf(year_body(subjects=subjects)))
    assert markup in text
    assert "root:" not in text


def test_what_no_xml_may_hold_is_left_out_and_takes_nothing_with_it() -> None:
    subjects = [{**entry, "comment": "Rất\x0b ngoan\ufffe."} for entry in subjects_of(4)[:1]]
    assert "Rất ngoan." in text_of(year_pdf(year_body(subjects=subjects)))


def test_an_emoji_does_not_take_the_words_around_it_away() -> None:
    subjects = [{**entry, "comment": "Rất ngoan 😀 và chăm."} for entry in subjects_of(4)[:1]]
    assert_in_order(text_of(year_pdf(year_body(subjects=subjects))), "Rất ngoan", "và chăm.")


@settings(max_examples=8)
@given(
    st.lists(
        st.text("aáăâbcdđeéêhiklmnoôơưyỹ<>&\"'%$#{}0123456789", min_size=1, max_size=9),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_is_written_is_read_back(words: list[str]) -> None:
    """But for spaces: a line may end after a bracket, and what is read has a space there."""
    comment = " ".join(words)
    subjects = [{**entry, "comment": comment} for entry in subjects_of(4)[:1]]
    assert "".join(words) in text_of(year_pdf(year_body(subjects=subjects))).replace(" ", "")


def test_the_letters_come_from_our_own_font_files() -> None:
    upright = {"Document-Serif", "Document-Serif-Bold", "Document-Serif-Italic"}
    assert fonts_of(year_pdf(year_body())) == upright
    assert fonts_of(front_pdf(front_body())) == upright


def test_the_cover_names_the_pupil_the_school_and_its_place() -> None:
    cover = pages_of(front_pdf(front_body()))[0]
    assert_in_order(
        cover,
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
        "HỌC BẠ TIỂU HỌC",
        "Họ và tên học sinh: Lê Minh Anh",
        "Trường: Tiểu học Kim Đồng",
        "Xã (Phường, Thị trấn): Phường Buôn Hồ",
        "Tỉnh (Thành phố): Tỉnh Đắk Lắk",
    )
    assert "Huyện" not in cover


def test_an_older_cover_names_the_district_too() -> None:
    cover = pages_of(front_pdf(front_body(school={"district_name": "Thị xã Buôn Hồ"})))[0]
    assert "Huyện (Thành phố, Quận, Thị xã): Thị xã Buôn Hồ" in cover


def test_page_two_explains_how_to_write_the_card() -> None:
    guidance = pages_of(front_pdf(front_body()))[1]
    assert_in_order(
        guidance,
        "HƯỚNG DẪN GHI HỌC BẠ",
        "Thông tư số 27/2020/TT-BGDĐT ngày 04 tháng 9 năm 2020",
        "Trang 3",
        "ghi T nếu học sinh đạt mức “Hoàn thành tốt”, H",
        "Điểm KTĐK",
        "lần kiểm tra cuối cùng",
        "ghi T nếu học sinh đạt mức “Tốt”, Đ nếu đạt mức “Đạt”, C",
        "“Hoàn thành xuất sắc”, “Hoàn thành tốt”, “Hoàn thành” hoặc “Chưa hoàn thành”",
        "Khen thưởng",
        "Hoàn thành chương trình lớp 2; Được lên lớp 3.",
    )


def test_page_three_has_what_the_birth_certificate_says_and_the_history() -> None:
    information = pages_of(front_pdf(front_body()))[2]
    assert_in_order(
        information,
        "Họ và tên học sinh: Lê Minh Anh Giới tính: Nữ",
        "Ngày, tháng, năm sinh: 14/03/2017 Dân tộc: Ê-đê",
        "Quốc tịch: Việt Nam",
        "Nơi sinh: Bệnh viện Buôn Hồ",
        "Quê quán: Xã Ea Drông",
        "Nơi ở hiện nay: Số 23, đường Hùng Vương",
        "Họ và tên cha: Lê Văn Hải",
        "Họ và tên mẹ: Phạm Thị Hòa",
        "Người giám hộ (nếu có): Lê Thị Thu",
        "HIỆU TRƯỞNG (Ký, ghi rõ họ tên và đóng dấu)",
        "QUÁ TRÌNH HỌC TẬP",
        "Năm học Lớp Tên trường Số đăng bộ Ngày nhập học/ chuyển đến",
        "2026 – 2027 4A Tiểu học Kim Đồng KĐ-417 05/09/2026",
    )


def test_each_year_of_a_book_lies_open_on_two_pages() -> None:
    long = subjects_of(4, NORMAL_COMMENT * 3)
    years = [year_body(first_year=2025, subjects=long), year_body(first_year=2026)]
    book = bound([front_pdf(front_body()), *map(year_pdf, years)], title="Học bạ Lê Minh Anh")
    pages = pages_of(book)
    assert len(pages) == 3 + 3 + 1 + 2
    assert "Năm học: 2025 – 2026" in pages[3]
    assert pages[6] == ""
    assert "Năm học: 2026 – 2027" in pages[7]
    assert "2. Những phẩm chất chủ yếu" in pages[8]
    assert title_of(book) == "Học bạ Lê Minh Anh"
    assert sizes_of(book) == {A4_POINTS}


def test_ethnicity_stands_on_the_information_page_alone() -> None:
    pages = pages_of(front_pdf(front_body()))
    assert [number for number, page in enumerate(pages, 1) if "Ê-đê" in page] == [3]


def test_the_pages_of_a_year_are_counted_by_themselves() -> None:
    first, second = pages_of(year_pdf(year_body()))
    assert "Lê Minh Anh · Lớp 4A · Năm học 2026 – 2027 · Trang 1/2" in first
    assert "Trang 2/2" in second


def test_a_documents_title_says_whose_it_is() -> None:
    assert title_of(year_pdf(year_body())) == "Học bạ Lê Minh Anh 2026-2027"
    assert title_of(front_pdf(front_body())) == "Học bạ Lê Minh Anh"


def test_the_history_has_five_rows_at_least() -> None:
    rows = front(front_body()).empty_history_rows
    assert len(rows) == 4


def test_not_completed_is_said_in_full() -> None:
    decision = {**DECISION, "has_completed": False, "is_promoted": False, "reward": ""}
    assert "Chưa hoàn thành chương trình lớp 4; Chưa được lên lớp." in text_of(
        year_pdf(year_body(year_decision=decision))
    )
