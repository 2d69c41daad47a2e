"""A period's report for a family, read back as text and as a picture of its page."""

import pytest

from reportcards.documents.paper_form import YearState
from reportcards.documents.period_report import period_report, report_pdf, report_title
from reportcards.documents.typesetting import PERIOD_REPORT
from rulesets import Period
from tests.reportcards.papers import DECISION, report_body, subjects_of, traits_of
from tests.reportcards.reading import (
    A4_POINTS,
    REVIEW_MARK,
    assert_in_order,
    has_mark,
    pages_of,
    sizes_of,
    text_of,
    title_of,
)

pytestmark = pytest.mark.any_database

NORMAL = "Đọc to, rõ ràng, viết chữ đẹp; cần luyện thêm cách trình bày bài văn."
LONG_NAME = "Nguyễn Phước Hoàng Thiên Bảo Ngọc Quỳnh Trâm Anh Thư Tuyết M"
NO_COMMENTS = {"quality": "", "general_competence": "", "specific_competence": "", "homeroom": ""}


def report(**changes):
    return period_report(report_body(**changes))


@pytest.fixture(scope="module")
def document():
    return report_pdf(report_body(subjects=subjects_of(4, NORMAL)))


@pytest.fixture(scope="module")
def text(document):
    return text_of(document)


def test_normal_comments_in_every_subject_stay_on_one_a4_page(document):
    assert len(pages_of(document)) == 1
    assert sizes_of(document) == {A4_POINTS}


SHORT = "Có tiến bộ rõ."
LONG_SCHOOL = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Ea Drông Buôn Hồ"


def test_with_little_to_say_the_family_has_more_lines():
    assert len(report(subjects=subjects_of(4, NORMAL)).opinion_lines) == 3
    assert len(report(subjects=subjects_of(4, SHORT)).opinion_lines) == 5


def test_each_line_of_a_comment_takes_room():
    broken = "\n".join(["Có tiến bộ."] * 3)
    assert not report(subjects=subjects_of(4, broken)).is_roomy


def test_with_more_lines_and_the_longest_names_it_stays_on_one_page():
    body = report_body(subjects=subjects_of(4, "Có tiến bộ rõ; cần luyện tập thêm ở nhà."))
    body["payload"]["student"] |= {"full_name": LONG_NAME}
    body["payload"]["school"] |= {"name": LONG_SCHOOL, "district_name": "Thị xã Buôn Hồ cũ"}
    document = report_pdf(body)
    assert period_report(body).is_roomy
    assert len(pages_of(document)) == 1


def test_it_says_whose_it_is_then_the_teachers_words_then_the_rest(text):
    assert_in_order(
        text,
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO ĐẮK LẮK",
        "TRƯỜNG TIỂU HỌC KIM ĐỒNG",
        "Phường Buôn Hồ, Tỉnh Đắk Lắk",
        "PHIẾU LIÊN LẠC",
        "Cuối học kỳ I, năm học 2026 – 2027",
        "(Gửi riêng gia đình học sinh)",
        "Học sinh: Lê Minh Anh Lớp: 4A",
        "Giáo viên chủ nhiệm: Trần Thị Ngọc Ngày sinh: 14/03/2017",
        "Nhận xét của giáo viên chủ nhiệm",
        "luôn giúp đỡ bạn. Ở nhà, con đọc sách mỗi tối.",
        "Các môn học và hoạt động giáo dục",
        "Môn học và hoạt động Mức đạt được Điểm kiểm tra Nhận xét",
        f"Tiếng Việt Hoàn thành tốt 9 {NORMAL}",
        "Ngoại ngữ 1 (Tiếng Anh) Hoàn thành tốt",
        "Tin học và Công nghệ (Công nghệ) Hoàn thành tốt",
        "Phẩm chất và năng lực",
        "Phẩm chất chủ yếu Đạt: Yêu nước, Nhân ái, Chăm chỉ, Trung thực, Trách nhiệm",
        "Năng lực chung Đạt: Tự chủ và tự học, Giao tiếp và hợp tác",
        "Năng lực đặc thù Đạt: Ngôn ngữ, Tính toán, Khoa học, Công nghệ, Tin học, Thẩm mĩ",
        "Chuyên cần: từ đầu năm nghỉ 3 buổi có phép, 0 buổi không phép.",
        "Sức khỏe: cao 128,5 cm, nặng 26 kg.",
        "Ý kiến của cha mẹ, người giám hộ (Ghi ngày, ký, ghi rõ họ tên)",
        "GIÁO VIÊN CHỦ NHIỆM Trần Thị Ngọc",
        "Buôn Hồ, ngày 28 tháng 05 năm 2027",
        "HIỆU TRƯỞNG Nguyễn Thị Hạnh",
        "Lê Minh Anh · Lớp 4A · Cuối học kỳ I, năm học 2026 – 2027 · Trang 1/1",
    )


def test_what_is_signed_off_carries_no_mark(text):
    assert not has_mark(text, REVIEW_MARK)
    assert "xem lại" not in text


def test_the_title_and_the_name_of_the_file_say_whose_and_of_when_it_is(document):
    name = "Phiếu liên lạc Lê Minh Anh, cuối học kỳ I, năm học 2026-2027"
    assert report_title(report_body()) == name
    assert title_of(document) == name


def test_it_is_a_function_of_its_content(document):
    assert document == report_pdf(report_body(subjects=subjects_of(4, NORMAL)))


def test_under_review_it_says_so_above_the_results_and_across_the_page():
    document = report_pdf(report_body(state=YearState.UNDER_REVIEW))
    assert has_mark(text_of(document), REVIEW_MARK)
    assert_in_order(
        text_of(document).replace("ĐANG XEM LẠI", ""),
        "đang được nhà trường xem lại; dưới đây là bản đã ký duyệt ngày 28/05/2027.",
        "Các môn học",
    )


def test_without_a_test_in_the_period_there_is_no_column_for_scores():
    subjects = [{**entry, "score": None} for entry in subjects_of(1, NORMAL)]
    text = text_of(report_pdf(report_body(1, Period.MID_TERM_1, subjects=subjects)))
    assert "Mức đạt được Nhận xét Tiếng Việt" in text
    assert "Điểm kiểm tra" not in text


def test_the_year_end_has_its_result_and_its_rewards():
    text = text_of(report_pdf(report_body(5, Period.END_YEAR, year_decision=DECISION)))
    assert "Cuối năm học 2026 – 2027" in text
    assert_in_order(
        text,
        "Kết quả năm học Hoàn thành tốt. Hoàn thành chương trình tiểu học.",
        "Khen thưởng: Đạt danh hiệu Học sinh Tiêu biểu",
        "Các môn học và hoạt động giáo dục",
    )


def test_a_year_that_is_not_completed_says_what_comes_in_the_summer():
    decision = DECISION | {"has_completed": False, "is_promoted": None, "reward": ""}
    outcome = report(period=Period.END_YEAR, year_decision=decision).outcome
    assert outcome.completion == "Chưa hoàn thành chương trình lớp 4."
    assert "đánh giá bổ sung trong hè" in outcome.next_step


def test_after_the_summer_there_is_no_next_summer():
    decision = DECISION | {"has_completed": False, "is_promoted": True, "result_name": ""}
    outcome = report(period=Period.SUPPLEMENTARY, year_decision=decision).outcome
    assert (outcome.result, outcome.next_step, outcome.rewards) == (
        "",
        "",
        "Đạt danh hiệu Học sinh Tiêu biểu",
    )


def test_in_the_summer_it_has_what_was_assessed_again():
    again = [entry for entry in subjects_of(3) if entry["code"] == "toan"]
    text = text_of(report_pdf(report_body(3, Period.SUPPLEMENTARY, subjects=again, traits=[])))
    assert "Đánh giá bổ sung, năm học 2026 – 2027" in text
    assert "Tiếng Việt" not in text


def test_a_subject_without_any_result_is_not_named():
    empty = {"level": None, "level_name": None, "score": None, "comment": ""}
    subjects = [entry | empty for entry in subjects_of(4)[:1]] + subjects_of(4)[1:2]
    assert [line.name for line in report(subjects=subjects).subjects] == ["Toán"]


def test_an_exemption_is_said_in_words():
    exempt = subjects_of(4)[0] | {"level": "M", "level_name": "Miễn học", "score": None}
    [line] = report(subjects=[exempt | {"comment": ""}]).subjects
    assert (line.level, line.score) == ("Miễn học", "")


def test_a_pupil_who_is_not_assessed_is_told_so_and_shown_no_empty_table():
    nothing = {"subjects": [], "traits": [], "comments": NO_COMMENTS, "is_not_assessed": True}
    text = text_of(report_pdf(report_body(**nothing)))
    assert "nhà trường không xếp mức" in text
    assert "Môn học" not in text
    assert "Phẩm chất" not in text
    assert "Nhận xét của giáo viên chủ nhiệm" not in text


def test_levels_of_a_group_stand_from_the_best_with_the_traits_that_reached_them():
    traits = traits_of(4)
    traits[1] |= {"level": "T", "level_name": "Tốt"}
    qualities = report(traits=traits).traits[0]
    assert [(line.level, line.traits[0]) for line in qualities.levels] == [
        ("Tốt", "Nhân ái"),
        ("Đạt", "Yêu nước"),
    ]


@pytest.mark.parametrize(
    ("with_leave", "without_leave", "said"),
    [
        (0, 0, "từ đầu năm không nghỉ buổi nào."),
        (2, None, "từ đầu năm nghỉ 2 buổi có phép, 0 buổi không phép."),
        (None, None, ""),
    ],
)
def test_absences_in_words(with_leave, without_leave, said):
    attendance = {"absences_with_leave": with_leave, "absences_without_leave": without_leave}
    assert report(attendance=attendance).absences == said


@pytest.mark.parametrize(
    ("height", "weight", "said"),
    [
        ("128.5", None, "cao 128,5 cm."),
        (None, "26.0", "nặng 26 kg."),
        (None, None, ""),
    ],
)
def test_the_body_in_words(height, weight, said):
    assert report(body={"height_cm": height, "weight_kg": weight}).body == said


def test_a_deputy_signs_on_behalf_of_the_principal():
    signer = {"full_name": "Đỗ Văn Phúc", "position_title": "Phó hiệu trưởng"}
    text = text_of(report_pdf(report_body(signed_by=signer)))
    assert "KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG Đỗ Văn Phúc" in text


def test_long_comments_and_names_flow_on_without_losing_a_word():
    words = [f"chữ{number}" for number in range(1100)]
    subjects = subjects_of(4)
    for index, entry in enumerate(subjects):
        entry["comment"] = " ".join(words[index * 80 : index * 80 + 80])
    comments = dict.fromkeys(NO_COMMENTS, " ".join(["chăm"] * 200))
    student = {"id": 1, "full_name": LONG_NAME, "date_of_birth": "2017-03-14"}
    pages = pages_of(report_pdf(report_body(subjects=subjects, comments=comments, student=student)))
    text = " ".join(pages)
    assert all(f" {word} " in text for word in words[: len(subjects) * 80])
    assert text.count("chăm") == 800
    assert f"Học sinh: {LONG_NAME} Lớp: 4A" in text
    assert all(f"{LONG_NAME} · Lớp 4A" in page for page in pages)


def test_markup_is_text():
    comments = NO_COMMENTS | {"homeroom": '<img src="file:///etc/passwd"> & <b>đậm</b>'}
    assert comments["homeroom"] in text_of(report_pdf(report_body(comments=comments)))


def test_the_stylesheet_is_one_of_ours():
    assert PERIOD_REPORT == "css/documents/period_report.css"
