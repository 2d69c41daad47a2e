"""One digital card for the school's people: what is frozen, signed, done, and may be done."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse

from reportcards.actions import (
    discard_report_card,
    record_delivery,
)
from reportcards.card_pages.card import CardPage
from reportcards.models import ReportCard
from reportcards.workflow import CardStep
from schools.models import HomeroomAssignment, StaffRole
from students.models import Student
from tests.cast import Cast
from tests.flush import remove_all_triggers
from tests.pages import client_of
from tests.reportcards.card_reading import card_of, card_url, class_url, read, words
from tests.reportcards.digital_cards import freeze, pupils_of, sign
from tests.reportcards.withdrawing import (
    issued_anew,
    withdrawn,
)


def page_of(cast: Cast, card: ReportCard, role: str = "van") -> CardPage:
    return read(cast, role, card_url(card)).context["page"]


def shown(cast: Cast, card: ReportCard, role: str = "van") -> str:
    return words(read(cast, role, card_url(card)))


def labels(cast: Cast, card: ReportCard, role: str) -> list[str]:
    return [step.label for step in page_of(cast, card, role).steps]


class TestWhatIsFrozen:
    def test_reads_as_a_page(self, cards, cast: Cast) -> None:
        card = card_of(cards, cast.anh)
        text = shown(cast, card)
        for words_of_it in (
            "Học bạ số của Lê Minh Anh",
            "Lớp 4A, năm học 2026-2027",
            "Hoàn thành xuất sắc",
            "Hoàn thành chương trình lớp 4; Được lên lớp 5.",
            "Tiếng Việt",
            "Nghệ thuật (Âm nhạc)",
            "Những phẩm chất chủ yếu",
            "Biết giúp đỡ bạn.",
            "Em chăm học và lễ phép.",
            "2 buổi",
            "132,5 cm",
            "14/03/2017",
            "Bệnh viện Buôn Hồ, Đắk Lắk",
            "Trường Tiểu học Kim Đồng",
            "Sở Giáo dục và Đào tạo Đắk Lắk (66)",
            "Buôn Hồ, 07/06/2027",
        ):
            assert words_of_it in text

    def test_its_number_digest_profile_and_maker(self, cards, cast: Cast) -> None:
        text = shown(cast, cards[0])
        assert str(cards[0].uuid) in text
        assert cards[0].digest in text
        assert "Công văn 2088/BGDĐT-GDTH" in text
        assert "Thông tư 27/2020" in text
        assert "Hồ Thị Vân, 08:30 07/06/2027" in text
        assert "20:00 20/05/2027" in text, "when its results were signed off"

    def test_stays_as_it_was_when_the_pupils_file_changes(self, issued_cards, cast: Cast) -> None:
        Student.objects.filter(pk=cast.anh.student_id).update(birth_place="Nơi khác")
        text = shown(cast, card_of(issued_cards, cast.anh))
        assert "Bệnh viện Buôn Hồ, Đắk Lắk" in text
        assert "Nơi khác" not in text

    def test_the_relaxations_that_it_uses(self, cards, cast: Cast) -> None:
        for role in ("hanh", "ngoc", "van"):
            text = shown(cast, cards[0], role)
            assert "Tên quận huyện để trống: từ 01/7/2025 không còn cấp huyện." in text

    def test_a_pupil_who_is_not_assessed(self, cast: Cast) -> None:
        from reportcards.card_pages.frozen import FrozenCard
        from tests.reportcards.cards import not_assessed_payload

        payload = not_assessed_payload()
        year = {row["term"]: row["value"] for row in FrozenCard(payload, True).year}
        assert year["Kết quả năm học"] == "Học sinh khuyết tật không đánh giá"
        hidden = {row["term"]: row["value"] for row in FrozenCard(payload, False).year}
        assert hidden["Kết quả năm học"] == ""

    def test_a_payload_that_does_not_match_its_digest_is_told(self, cards, cast: Cast) -> None:
        remove_all_triggers()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reportcards_reportcard SET digest = %s WHERE id = %s",
                ["0" * 64, cards[0].pk],
            )
        assert "không còn khớp giá trị băm" in shown(cast, cards[0])
        assert "không còn khớp giá trị băm" not in shown(cast, cards[1])


class TestWhoReadsWhat:
    @pytest.mark.parametrize("role", ["hanh", "phuc", "ngoc", "tam", "van"])
    def test_whoever_prints_the_class_sees_all(self, cards, cast: Cast, role: str) -> None:
        text = shown(cast, card_of(cards, cast.hhen), role)
        for sensitive in ("Dân tộc", "Ê-đê", "Số định danh cá nhân", "Cân nặng"):
            assert sensitive in text

    @pytest.mark.parametrize("role", ["binh", "suong", "kien"])
    def test_other_colleagues_are_refused(self, cards, cast: Cast, role: str) -> None:
        assert client_of(cast, role).get(card_url(cards[0])).status_code == 403

    @pytest.mark.parametrize("role", ["hoa", "quang"])
    def test_strangers_do_not_find_it(self, cards, cast: Cast, role: str) -> None:
        assert client_of(cast, role).get(card_url(cards[0])).status_code == 404

    def test_a_signer_who_has_the_class_no_longer_sees_no_ethnicity(
        self, cards, cast: Cast
    ) -> None:
        HomeroomAssignment.objects.filter(staff_member=cast.ngoc).update(
            ended_on=datetime.date(2027, 5, 1)
        )
        text = shown(cast, card_of(cards, cast.hhen), "ngoc")
        assert "H&#x27;Hen Niê" in text
        for sensitive in ("Dân tộc", "Ê-đê", "Số định danh", "Cân nặng", "Để trống theo quy định"):
            assert sensitive not in text

    def test_a_number_that_no_card_bears_is_not_found(self, cast: Cast) -> None:
        url = reverse("digital_card", args=["123e4567-e89b-42d3-a456-556642440000"])
        assert client_of(cast, "van").get(url).status_code == 404


class TestSignatures:
    def test_who_is_to_sign_and_whose_turn_it_is(self, cards, cast: Cast) -> None:
        slots = page_of(cast, cards[0]).slots
        assert [slot.label for slot in slots] == [
            "giáo viên chủ nhiệm",
            "cán bộ quản lý",
            "dấu của trường",
        ]
        assert [slot.signer for slot in slots] == [
            "Trần Thị Ngọc, Giáo viên",
            "Nguyễn Thị Hạnh, Hiệu trưởng",
            "văn thư",
        ]
        assert [slot.is_in_turn for slot in slots] == [True, False, False]

    def test_the_turn_goes_on(self, cards, cast: Cast, certificates) -> None:
        sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
        slots = page_of(cast, cards[0]).slots
        assert [slot.is_in_turn for slot in slots] == [False, True, False]
        assert slots[0].signature is not None
        assert "Đã ký 08:30 07/06/2027" in shown(cast, cards[0])

    def test_each_with_its_certificate(self, issued_cards, cast: Cast, certificates) -> None:
        slot = page_of(cast, issued_cards[0]).slots[1]
        told = {row["term"]: row["value"] for row in slot.certificate}
        assert told["Chủ thể"] == certificates.hanh.subject_name
        assert told["Nơi cấp"] == certificates.hanh.issuer_name
        assert told["Số sê-ri"] == certificates.hanh.serial_number
        assert told["Hiệu lực"].startswith("từ ")
        assert certificates.hanh.subject_name in shown(cast, issued_cards[0])

    def test_whose_seal_it_was(self, issued_cards, cast: Cast) -> None:
        assert page_of(cast, issued_cards[0]).slots[2].signer == "Hồ Thị Vân"

    def test_a_trial_says_so_with_every_signature(self, issued_cards, cast: Cast) -> None:
        text = shown(cast, issued_cards[0])
        assert "không có giá trị pháp lý" in text
        assert text.count("CHỨNG THƯ THỬ NGHIỆM</p>") == 4, "the notice, and each signature"

    def test_an_unsigned_card_says_nothing_of_trials(self, cards, cast: Cast) -> None:
        assert "CHỨNG THƯ THỬ NGHIỆM" not in shown(cast, cards[0])

    def test_for_whom_the_leader_stands_in(self, signed_class: Cast) -> None:
        cast = signed_class
        StaffRole.objects.filter(staff_member=cast.ngoc).update(ended_on=datetime.date(2027, 6, 1))
        [card] = freeze(cast, [row for row in pupils_of(cast) if row == cast.anh])
        assert "xác nhận thay Trần Thị Ngọc (QĐ 1789, Điều 14)" in shown(cast, card)


class TestItsLife:
    def test_events_stand_in_order_with_who_when_and_why(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        record_delivery(report_card=card, step=CardStep.SEND, by=cast.tam, reference="GT-2027-1")
        record_delivery(report_card=card, step=CardStep.REFUSE, by=cast.van, reason="Sai mã trường")
        events = page_of(cast, card).events
        assert [event["sentence"].partition(" học bạ")[0] for event in events] == [
            "Khởi tạo",
            "Chủ nhiệm ký",
            "Lãnh đạo ký",
            "Phát hành",
            "Gửi Sở",
            "Sở từ chối",
        ]
        assert events[4]["sentence"].endswith("(GT-2027-1)")
        assert (events[5]["reason"], events[5]["by"]) == ("Sai mã trường", "Hồ Thị Vân")
        assert events[1]["by"] == "Trần Thị Ngọc"

    def test_what_it_supersedes_and_what_supersedes_it(
        self, issued_cards, cast: Cast, certificates
    ) -> None:
        old = withdrawn(cast, card_of(issued_cards, cast.anh))
        new = issued_anew(cast, cast.anh, certificates)
        assert f'<a href="{card_url(new)}">Bản thay thế học bạ này</a>' in shown(cast, old)
        assert f'<a href="{card_url(old)}">Bản mà học bạ này thay thế</a>' in shown(cast, new)
        assert "Học bạ đã thu hồi và được thay thế" in shown(cast, old)

    def test_attempts_that_came_to_nothing(self, cards, cast: Cast) -> None:
        old = card_of(cards, cast.anh)
        discard_report_card(report_card=old, reason="Sai ngày", by=cast.van)
        [new] = freeze(cast, [row for row in pupils_of(cast) if row == cast.anh])
        assert page_of(cast, new).other_attempts == [old]
        assert "Bản này đã bỏ" in shown(cast, old)
        assert page_of(cast, card_of(cards, cast.duc)).other_attempts == []

    def test_what_differs_since_it_was_frozen(self, cards, cast: Cast) -> None:
        assert "Khác với lúc khởi tạo" not in shown(cast, cards[0])
        StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=datetime.date(2027, 6, 1))
        assert "Nguyễn Thị Hạnh không còn là lãnh đạo trường." in shown(cast, cards[0], "phuc")

    def test_the_log_has_a_sentence_for_each_event(self, issued_cards, cast: Cast) -> None:
        url = reverse("student_history", args=[cast.anh.student_id])
        text = words(read(cast, "tam", url))
        assert "Phát hành học bạ số của em Lê Minh Anh" in text
        assert "Thay đổi khác" not in text

    def test_the_log_tells_the_relaxations_to_whoever_may_know(self, cards, cast: Cast) -> None:
        url = reverse("student_history", args=[cast.anh.student_id])
        assert "TEN_QUAN_HUYEN: no_district" in words(read(cast, "hanh", url))
        class_history = reverse("class_history", args=[cast.school_class.pk])
        assert "no_district" not in words(read(cast, "binh", class_history))


def test_the_crumbs_lead_through_the_class(cards, cast: Cast) -> None:
    crumbs = read(cast, "van", card_url(cards[0])).context["crumbs"]
    assert [crumb["url"] for crumb in crumbs] == [reverse("desk"), class_url(cast), ""]
