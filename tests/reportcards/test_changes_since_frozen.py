"""What is no longer as it was when a card in making was frozen, told on the class's page."""

from schools.models import HomeroomAssignment, School, StaffMember, StaffRole
from tests.cast import Cast
from tests.reportcards.card_reading import (
    card_of,
    card_url,
    change_pupil,
    class_url,
    read,
    words,
)
from tests.reportcards.test_class_cards_page import LEFT, row_of
from tests.reportcards.withdrawing import maths_corrected, reopened


class TestWhatDiffersSince:
    def sentences(self, cast: Cast) -> list[str]:
        return row_of(cast, cast.anh).changes

    def test_nothing_at_first(self, cards, cast: Cast) -> None:
        assert self.sentences(cast) == []

    def test_a_leader_who_has_left(self, cards, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=LEFT)
        assert self.sentences(cast) == ["Nguyễn Thị Hạnh không còn là lãnh đạo trường."]

    def test_a_signer_whose_file_was_changed(self, cards, cast: Cast) -> None:
        StaffMember.objects.filter(pk=cast.hanh.pk).update(personal_id="066175999999")
        StaffMember.objects.filter(pk=cast.ngoc.pk).update(position_title="Tổ trưởng")
        assert self.sentences(cast) == [
            "Hồ sơ của người ký (Nguyễn Thị Hạnh) đã được sửa.",
            "Hồ sơ của người ký (Trần Thị Ngọc) đã được sửa.",
        ]

    def test_a_homeroom_teacher_who_has_left(self, cards, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member=cast.ngoc).update(ended_on=LEFT)
        assert self.sentences(cast) == [
            "Người ký ở ô chủ nhiệm: lúc khởi tạo là Trần Thị Ngọc, nay là Nguyễn Thị Hạnh."
        ]
        shown = words(read(cast, "van", class_url(cast)))
        assert "Trần Thị Ngọc không còn làm việc ở trường" in shown

    def test_a_class_that_lost_its_teacher(self, cards, cast: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        assert self.sentences(cast) == ["Lớp không còn giáo viên chủ nhiệm."]

    def test_results_that_are_open_again(self, cards, cast: Cast) -> None:
        reopened(cast, cast.anh)
        assert self.sentences(cast) == ["Kết quả của em đang được mở lại."]

    def test_results_that_were_signed_anew(self, cards, cast: Cast) -> None:
        maths_corrected(cast, cast.anh)
        assert self.sentences(cast) == ["Kết quả của em đã được ký duyệt lại."]
        shown = words(read(cast, "van", class_url(cast)))
        assert card_url(card_of(cards, cast.anh), "recreate_card") in shown

    def test_the_pupils_file(self, cards, cast: Cast) -> None:
        change_pupil(cast.anh, full_name="Lê Thị Minh Anh")
        assert self.sentences(cast) == ["Thông tin của em đã được sửa."]
        assert row_of(cast, cast.duc).changes == []

    def test_the_schools_name(self, cards, cast: Cast) -> None:
        School.objects.filter(pk=cast.school.pk).update(name="Trường Tiểu học Kim Đồng 2")
        assert self.sentences(cast) == ["Thông tin của trường hoặc của Sở đã được sửa."]

    def test_the_homeroom_teacher_is_not_asked_to_make_it_anew(self, cards, cast: Cast) -> None:
        change_pupil(cast.anh, full_name="Lê Thị Minh Anh")
        shown = words(read(cast, "ngoc", class_url(cast)))
        assert "Thông tin của em đã được sửa." in shown
        assert card_url(card_of(cards, cast.anh), "recreate_card") not in shown

    def test_of_an_issued_card_its_withdrawal_tells(self, issued_cards, cast: Cast) -> None:
        change_pupil(cast.anh, full_name="Lê Thị Minh Anh")
        assert self.sentences(cast) == []
