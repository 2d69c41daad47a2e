"""The frozen payload as the page of a card reads it."""

from typing import Any

import pytest
from django.utils import translation

from reportcards.card_pages.frozen import FrozenCard
from reportcards.profiles.relaxations import RELAXATIONS
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload

SENSITIVE = {
    "Mã học sinh",
    "Số định danh cá nhân",
    "Dân tộc",
    "Quốc tịch",
    "Nơi sinh",
    "Quê quán",
    "Nơi ở hiện nay",
    "Họ và tên cha",
    "Họ và tên mẹ",
    "Người giám hộ",
    "Số đăng bộ",
    "Chiều cao",
    "Cân nặng",
}


def frozen(**changes: Any) -> FrozenCard:
    return FrozenCard(card_payload(**changes), sees_everything=True)


def told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["term"]: row["value"] for row in rows}


class TestPupil:
    def test_every_field_of_the_form(self) -> None:
        assert told(frozen().pupil) == {
            "Họ và tên": "Lê Minh Anh",
            "Giới tính": "Nữ",
            "Ngày sinh": "02/09/2016",
            "Mã học sinh": "6612345678",
            "Số định danh cá nhân": "066316001234",
            "Dân tộc": "Kinh",
            "Quốc tịch": "Việt Nam",
            "Nơi sinh": "Bệnh viện Đa khoa thị xã Buôn Hồ",
            "Quê quán": "Xã Hòa Thắng, huyện Đông Hòa, tỉnh Phú Yên",
            "Nơi ở hiện nay": "12 Trần Hưng Đạo, phường Buôn Hồ, tỉnh Đắk Lắk",
            "Họ và tên cha": "Lê Văn Bảo",
            "Họ và tên mẹ": "Phạm Thị Hòa",
            "Người giám hộ": "",
            "Số đăng bộ": "0412",
        }

    @pytest.mark.parametrize(("gender", "word"), [("male", "Nam"), ("female", "Nữ")])
    def test_gender_in_words(self, gender: str, word: str) -> None:
        assert told(frozen(student={"gender": gender}).pupil)["Giới tính"] == word

    def test_what_is_absent_is_empty(self) -> None:
        rows = told(frozen(student={"personal_id": None, "ministry_code": None}).pupil)
        assert (rows["Số định danh cá nhân"], rows["Mã học sinh"]) == (None, None)


class TestSchool:
    def test_as_it_was_named_then(self) -> None:
        assert told(frozen().school) == {
            "Trường": "Trường Tiểu học Kim Đồng (66000001)",
            "Địa chỉ": "Phường Buôn Hồ, Tỉnh Đắk Lắk",
            "Sở": "Sở Giáo dục và Đào tạo Đắk Lắk (66)",
            "Năm học": "2026-2027",
            "Lớp": "4A",
            "Nơi và ngày ký": "Buôn Hồ, 31/05/2027",
        }

    def test_with_its_district_where_it_had_one(self) -> None:
        school = {"district_name": "Thị xã Buôn Hồ"}
        assert told(frozen(school=school).school)["Địa chỉ"] == (
            "Phường Buôn Hồ, Thị xã Buôn Hồ, Tỉnh Đắk Lắk"
        )


class TestYear:
    def test_result_completion_rewards_absences_and_measures(self) -> None:
        assert told(frozen().year) == {
            "Kết quả năm học": "Hoàn thành tốt",
            "Hoàn thành chương trình": "Hoàn thành chương trình lớp 4; Được lên lớp 5.",
            "Khen thưởng": (
                "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện; "
                "Giải Nhì hội thi vẽ tranh cấp tỉnh"
            ),
            "Nghỉ có phép": "3 buổi",
            "Nghỉ không phép": "0 buổi",
            "Chiều cao": "128,5 cm",
            "Cân nặng": "26,0 kg",
            "Nhận xét của chủ nhiệm": "Em chăm ngoan, học đều các môn,\nmạnh dạn phát biểu.",
        }

    def test_a_fifth_grader_completes_primary_school(self) -> None:
        rows = told(FrozenCard(grade_payload(5), True).year)
        assert rows["Hoàn thành chương trình"] == "Hoàn thành chương trình tiểu học."

    def test_who_has_not_completed(self) -> None:
        decision = {"has_completed": False, "is_promoted": False, "reward": ""}
        rows = told(frozen(year_decision=decision | {"extraordinary_reward": ""}).year)
        assert rows["Hoàn thành chương trình"] == (
            "Chưa hoàn thành chương trình lớp 4; Chưa được lên lớp."
        )
        assert rows["Khen thưởng"] == ""

    def test_what_was_not_measured_is_empty(self) -> None:
        rows = told(
            frozen(
                body={"height_cm": None, "weight_kg": None},
                attendance={"absences_with_leave": None, "absences_without_leave": None},
            ).year
        )
        names = ("Chiều cao", "Cân nặng", "Nghỉ có phép", "Nghỉ không phép")
        assert [rows[name] for name in names] == ["", "", "", ""]

    def test_the_words_of_the_form_keep_their_language(self) -> None:
        kept = {row["term"] for row in frozen().year if row.get("lang") == "vi"}
        assert kept == {"Hoàn thành chương trình", "Khen thưởng", "Nhận xét của chủ nhiệm"}

    def test_a_pupil_who_is_not_assessed(self) -> None:
        rows = told(FrozenCard(not_assessed_payload(), True).year)
        assert rows["Kết quả năm học"] == "Học sinh khuyết tật không đánh giá"
        assert "Hoàn thành chương trình" not in rows


class TestResults:
    def test_subjects_in_form_order_with_level_score_and_comment(self) -> None:
        rows = [[cell["text"] for cell in row] for row in frozen().subjects]
        assert rows[0] == ["Tiếng Việt", "Hoàn thành tốt", 9, "Nắm chắc kiến thức."]
        assert ["Ngoại ngữ 1 (Tiếng Anh)", "Hoàn thành tốt"] in [row[:2] for row in rows]
        assert [row[0] for row in rows][-1] == "Hoạt động trải nghiệm"

    @pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
    def test_every_grade_has_its_own_subjects(self, grade_level: int) -> None:
        payload = grade_payload(grade_level)
        card = FrozenCard(payload, True)
        assert len(card.subjects) == len(payload["subjects"])
        assert sum(len(group.traits) for group in card.traits) == len(payload["traits"])

    def test_a_cell_without_score_is_empty_and_not_0(self) -> None:
        scores = {row[0]["text"]: row[2]["text"] for row in frozen().subjects}
        assert scores["Đạo đức"] is None

    def test_every_row_has_a_cell_for_each_column(self) -> None:
        card = frozen()
        assert {len(row) for row in card.subjects} == {len(card.subject_columns)}
        assert {len(row) for row in card.history} == {len(card.history_columns)}

    def test_traits_stand_in_their_groups_with_one_comment_each(self) -> None:
        groups = frozen().traits
        assert [group.name for group in groups] == [
            "Những phẩm chất chủ yếu",
            "Những năng lực chung",
            "Những năng lực đặc thù",
        ]
        assert groups[0].traits[0].name == "Yêu nước"
        assert groups[1].comment.startswith("Chủ động, phối hợp")
        assert {trait.level for group in groups for trait in group.traits} == {"Tốt"}

    def test_levels_that_were_not_given_are_empty(self) -> None:
        card = FrozenCard(not_assessed_payload(), True)
        assert {row[1]["text"] for row in card.subjects} == {""}
        assert {trait.level for group in card.traits for trait in group.traits} == {""}


class TestHistoryAndSignOffs:
    def test_every_year_at_school(self) -> None:
        rows = [[cell["text"] for cell in row] for row in frozen().history]
        assert rows[0] == ["2023-2024", "1A", "Trường Tiểu học Kim Đồng", "28/08/2023"]
        assert len(rows) == 4

    def test_when_the_results_were_signed_off(self) -> None:
        assert frozen().sign_offs == ["16:20 28/05/2027"]


class TestRelaxations:
    def test_each_with_its_reason(self) -> None:
        [sentence] = frozen().relaxations
        assert sentence == "Tên quận huyện để trống: từ 01/7/2025 không còn cấp huyện."

    @pytest.mark.parametrize("row", RELAXATIONS, ids=lambda row: row.key)
    def test_every_row_of_the_table_has_a_sentence(self, row: Any) -> None:
        uses = [{"key": row.key, "tag": tag} for tag in row.tags]
        sentences = FrozenCard(card_payload() | {"relaxations": uses}, True).relaxations
        assert len(sentences) == len(row.tags)
        assert all(" để trống: " in sentence for sentence in sentences)


class TestWhoMayNotSeeEverything:
    def reader(self) -> FrozenCard:
        return FrozenCard(card_payload(), sees_everything=False)

    def test_nothing_sensitive_is_told(self) -> None:
        card = self.reader()
        assert not SENSITIVE & {*told(card.pupil), *told(card.year)}
        assert card.relaxations == []

    def test_who_she_is_and_her_results_are(self) -> None:
        card = self.reader()
        assert set(told(card.pupil)) == {"Họ và tên", "Giới tính", "Ngày sinh"}
        assert told(card.year)["Kết quả năm học"] == "Hoàn thành tốt"
        assert card.subjects == frozen().subjects

    def test_what_she_may_not_see_is_what_the_others_do(self) -> None:
        everything = {*told(frozen().pupil), *told(frozen().year)}
        assert everything - {*told(self.reader().pupil), *told(self.reader().year)} == SENSITIVE


def test_in_english_the_labels_turn_and_the_data_stay() -> None:
    with translation.override("en"):
        year = {row["term"]: row["value"] for row in frozen().year}
    assert "Em chăm ngoan, học đều các môn,\nmạnh dạn phát biểu." in year.values()
    assert "128.5 cm" in year.values()
