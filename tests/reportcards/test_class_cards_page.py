"""The digital cards of a class: what each pupil lacks, who creates them, what differs since."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reportcards.actions import discard_report_card, record_deliveries
from reportcards.card_pages.school_class import ClassCardsPage, PupilCard
from reportcards.workflow import CardState, CardStep
from schools.models import HomeroomAssignment, School, SchoolClass, StaffMember
from students.models import Enrollment
from tests import factories
from tests.assessments import year_ends
from tests.cast import IN_MAY, Cast
from tests.pages import client_of
from tests.reportcards.card_reading import (
    card_of,
    card_url,
    change_pupil,
    class_url,
    read,
    words,
)
from tests.reportcards.digital_cards import freeze, pupils_of, sign
from tests.reportcards.withdrawing import withdrawn

LEFT = datetime.date(2027, 6, 1)


def page_of(cast: Cast, role: str = "van") -> ClassCardsPage:
    return read(cast, role, class_url(cast)).context["page"]


def row_of(cast: Cast, pupil: Enrollment, role: str = "van") -> PupilCard:
    rows = page_of(cast, role).rows
    return next(row for row in rows if row.enrollment.pk == pupil.pk)


class TestPupils:
    def test_stand_in_roll_order(self, signed_class: Cast) -> None:
        names = [row.enrollment.student.full_name for row in page_of(signed_class).rows]
        assert names == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]

    def test_before_the_sign_off(self, cast: Cast) -> None:
        assert row_of(cast, cast.anh).standing == ("open", "Chưa ký duyệt kết quả")
        assert not page_of(cast).creatable

    def test_ready(self, signed_class: Cast) -> None:
        row = row_of(signed_class, signed_class.anh)
        assert row.standing == ("complete", "Sẵn sàng")
        assert row.can_be_created

    def test_awaiting_the_summer(self, cast: Cast) -> None:
        with time_machine.travel(IN_MAY, tick=False):
            year_ends.signed_off(cast)
            assert row_of(cast, cast.anh).standing == ("proposed", "Chờ đánh giá bổ sung")

    def test_lacking_something(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="")
        assert row_of(signed_class, signed_class.anh).standing == ("missing", "Còn thiếu")

    def test_with_a_card_in_the_state_of_the_card(self, cards, cast: Cast) -> None:
        shown = words(read(cast, "van", class_url(cast)))
        assert "Đã khởi tạo" in shown
        assert card_url(cards[0]) in shown
        assert "3 em: 0 sẵn sàng khởi tạo, 3 đang ký, 0 có hiệu lực." in shown

    def test_with_the_cards_that_are_over(self, issued_cards, cast: Cast) -> None:
        old = withdrawn(cast, card_of(issued_cards, cast.anh))
        assert row_of(cast, cast.anh).former == [old]
        shown = words(read(cast, "van", class_url(cast)))
        assert f'href="{card_url(old)}">1 bản trước đã thu hồi' in shown

    def test_of_many_the_newest_is_told(self, cards, cast: Cast) -> None:
        for reason in ("Sai ngày", "Sai người ký"):
            card = row_of(cast, cast.anh).card
            assert card is not None
            discard_report_card(report_card=card, reason=reason, by=cast.van)
            freeze(cast, [row for row in pupils_of(cast) if row == cast.anh])
        assert len(row_of(cast, cast.anh).former) == 2
        assert "2 bản trước, mới nhất đã bỏ" in words(read(cast, "van", class_url(cast)))

    def test_a_class_without_pupils_says_so(self, cast: Cast) -> None:
        empty = factories.make_class(cast.school_year, "4B")
        shown = words(read(cast, "van", reverse("class_cards", args=[empty.pk])))
        assert "Lớp này chưa có học sinh" in shown


class TestWhatIsMissing:
    def test_fields_of_one_remedy_stand_together(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="", ministry_code=None)
        [gap] = row_of(signed_class, signed_class.anh).gaps
        assert gap.fields == ("Mã học sinh", "Nơi sinh")
        assert gap.remedy.who == "học vụ, từ bảng tính C1-HocSinh"

    def test_the_registrar_is_led_to_the_import(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="")
        [gap] = row_of(signed_class, signed_class.anh, "tam").gaps
        assert gap.remedy.url == reverse("new_student_import")

    def test_a_leader_to_the_pupil_and_the_clerk_to_nobody(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="")
        student = reverse("student", args=[signed_class.anh.student_id])
        assert row_of(signed_class, signed_class.anh, "hanh").gaps[0].remedy.url == student
        assert row_of(signed_class, signed_class.anh, "van").gaps[0].remedy.url == ""

    def test_every_link_opens_for_whoever_is_given_it(self, cast: Cast) -> None:
        from tests.reportcards.year_ends import decide_year, enter_year, sign_off

        with time_machine.travel(IN_MAY, tick=False):
            record = enter_year(cast.anh, by=cast.ngoc.user)
            type(record).objects.filter(pk=record.pk).update(
                absences_with_leave=None, quality_comment=""
            )
            record.trait_results.first().delete()
            record.subject_results.exclude(subject_code="toan").first().delete()
            decide_year(cast.anh, by=cast.hanh.user)
            sign_off(record, signer=cast.hanh)
            change_pupil(cast.anh, birth_place="")
            for role in ("hanh", "phuc", "ngoc", "tam", "van"):
                gaps = row_of(cast, cast.anh, role).gaps
                assert len(gaps) >= 3
                for gap in gaps:
                    if gap.remedy.url:
                        answer = client_of(cast, role).get(gap.remedy.url)
                        assert answer.status_code == 200, (role, gap)

    def test_teachers_are_named_where_results_are_missing(self, cast: Cast) -> None:
        from tests.reportcards.year_ends import decide_year, enter_year, sign_off

        with time_machine.travel(IN_MAY, tick=False):
            record = enter_year(cast.anh, by=cast.ngoc.user)
            record.subject_results.get(subject_code="am_nhac").delete()
            decide_year(cast.anh, by=cast.hanh.user)
            sign_off(record, signer=cast.hanh)
            gaps = row_of(cast, cast.anh, "hanh").gaps
        found = {gap.remedy.who: gap for gap in gaps}
        assert found["giáo viên môn học"].fields == ("Mức đạt được (Nghệ thuật (Âm nhạc))",)
        assert "/subjects/am_nhac/" in found["giáo viên môn học"].remedy.url
        assert "Nhận xét giáo viên chủ nhiệm" in found["giáo viên chủ nhiệm"].fields

    def test_a_fault_is_a_sentence(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="Bệnh viện\x08")
        [fault] = row_of(signed_class, signed_class.anh).faults
        assert "Nơi sinh có ký tự điều khiển U+0008" in fault

    def test_of_a_pupil_with_a_card_nothing_is_asked(self, issued_cards, cast: Cast) -> None:
        change_pupil(cast.anh, birth_place="")
        assert row_of(cast, cast.anh).gaps == []

    def test_what_the_school_lacks_is_told_once(self, signed_class: Cast) -> None:
        School.objects.filter(pk=signed_class.school.pk).update(place_of_issue="")
        StaffMember.objects.filter(pk=signed_class.hanh.pk).update(personal_id=None)
        page = page_of(signed_class)
        assert [gap.fields for gap in page.school_gaps] == [
            ("Số CCCD giám hiệu ký học bạ", "Địa danh phát hành học bạ")
        ]
        assert all(row.gaps == [] for row in page.rows)
        assert not page.creatable

    def test_a_class_without_a_teacher(self, signed_class: Cast) -> None:
        HomeroomAssignment.objects.all().delete()
        assert page_of(signed_class).school_gaps[0].fields == ("Tên giáo viên chủ nhiệm",)


class TestRelaxations:
    def test_shared_ones_stand_above_the_list(self, signed_class: Cast) -> None:
        page = page_of(signed_class)
        assert len(page.shared_uses) == 2
        assert page.shared_uses[0].startswith("Tên quận huyện để trống: từ 01/7/2025")
        assert all(row.uses == [] for row in page.rows)

    def test_a_pupils_own_stands_with_her(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, mother_name="", father_name="Lê Văn Bảo")
        [use] = row_of(signed_class, signed_class.anh).uses
        assert use.startswith("Họ và tên mẹ để trống")

    @pytest.mark.parametrize("role", ["hanh", "van", "ngoc", "tam"])
    def test_everybody_who_creates_or_signs_reads_them(self, signed_class: Cast, role: str) -> None:
        change_pupil(signed_class.anh, nationality="Lào", personal_id=None)
        shown = words(read(signed_class, role, class_url(signed_class)))
        assert "Số CCCD để trống: em mang quốc tịch nước ngoài" in shown
        assert "không còn cấp huyện" in shown

    def test_of_a_card_those_that_were_frozen(self, cards, cast: Cast) -> None:
        School.objects.filter(pk=cast.school.pk).update(district_name="Thị xã Buôn Hồ")
        assert "Tên quận huyện" in " ".join(page_of(cast).shared_uses)


class TestNextSteps:
    def labels(self, cast: Cast, role: str) -> list[str]:
        return [step.label for step in read(cast, role, class_url(cast)).context["steps"]]

    def test_each_signs_in_turn(self, cards, cast: Cast, certificates) -> None:
        assert self.labels(cast, "ngoc") == ["Ký ở ô chủ nhiệm: 3 em"]
        assert self.labels(cast, "hanh") == self.labels(cast, "van") == []
        sign("homeroom", cards[:2], certificates.ngoc, certificates, by=cast.ngoc)
        assert self.labels(cast, "ngoc") == ["Ký ở ô chủ nhiệm: 1 em"]
        assert self.labels(cast, "hanh") == ["Ký ở ô lãnh đạo: 2 em"]
        assert self.labels(cast, "phuc") == []
        sign("leader", cards[:2], certificates.hanh, certificates, by=cast.hanh)
        assert self.labels(cast, "van") == ["Đóng dấu số và phát hành: 2 em"]

    def test_the_link_leads_to_the_class_in_its_slot(self, cards, cast: Cast) -> None:
        [step] = read(cast, "ngoc", class_url(cast)).context["steps"]
        sign_page = reverse("sign_cards", args=[2026])
        assert step.url == f"{sign_page}?slot=homeroom&classes={cast.school_class.pk}"
        assert client_of(cast, "ngoc").get(step.url).status_code == 200

    def test_the_office_records_what_was_sent_and_answered(self, issued_cards, cast: Cast) -> None:
        assert self.labels(cast, "tam") == ["Ghi đã gửi Sở: 3 em"]
        record_deliveries(report_cards=issued_cards, step=CardStep.SEND, by=cast.van)
        assert self.labels(cast, "tam") == ["Ghi Sở đã tiếp nhận: 3 em", "Ghi Sở từ chối: 3 em"]
        assert self.labels(cast, "hanh") == []

    def test_who_reads_the_page_prints_the_class(self, cast: Cast) -> None:
        response = read(cast, "ngoc", class_url(cast))
        url = response.context["print_url"]
        assert url.replace("&", "&amp;") in response.content.decode()
        assert client_of(cast, "ngoc").get(url).status_code == 200


class TestWhoReads:
    @pytest.mark.parametrize("role", ["binh", "suong", "kien"])
    def test_not_whoever_only_teaches_there(self, cast: Cast, role: str) -> None:
        response = client_of(cast, role).get(class_url(cast))
        assert response.status_code == 403
        assert "Học bạ số của lớp 4A dành cho" in words(response)

    @pytest.mark.parametrize("role", ["hoa", "quang"])
    def test_no_stranger(self, cast: Cast, role: str) -> None:
        assert client_of(cast, role).get(class_url(cast)).status_code == 404

    def test_the_homeroom_teacher_comes_from_her_desk(self, cast: Cast) -> None:
        assert class_url(cast) in words(read(cast, "ngoc", reverse("desk")))

    @pytest.mark.parametrize("role", ["hanh", "ngoc", "tam"])
    def test_and_others_from_the_class_at_the_years_end(self, cast: Cast, role: str) -> None:
        page = reverse("class_period", args=[cast.school_class.pk, "end_year"])
        assert class_url(cast) in words(read(cast, role, page))
        term = reverse("class_period", args=[cast.school_class.pk, "end_term_1"])
        assert class_url(cast) not in words(read(cast, role, term))


def test_as_many_queries_for_twenty_pupils_as_for_three(cards, cast: Cast) -> None:
    before = queries(cast)
    for number in range(17):
        factories.enroll(factories.make_student(f"Em Số {number}"), cast.school_class)
    assert queries(cast) == before


def queries(cast: Cast) -> int:
    school_class = SchoolClass.objects.select_related("school_year__school__department").get(
        pk=cast.school_class.pk
    )
    reader = StaffMember.objects.select_related("school", "user").get(pk=cast.van.pk)
    with CaptureQueriesContext(connection) as asked:
        page = ClassCardsPage(school_class, reader)
        assert page.rows
        assert page.lead
    return len(asked)


@pytest.mark.parametrize("state", CardState)
def test_every_state_has_its_tag(cast: Cast, state: CardState) -> None:
    from tests.hocba.rendering import render

    tag = render("{% card_state state %}", state=state).one(css_class="status")
    assert tag.text.lower() == str(state.label).lower()
