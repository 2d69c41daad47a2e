"""The digital cards of a class: what each pupil lacks, who creates them, what differs since."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reportcards.actions import record_deliveries
from reportcards.card_pages.school_class import ClassCardsPage, PupilCard
from reportcards.models import ReportCard
from reportcards.workflow import CardState, CardStep
from schools.models import HomeroomAssignment, School, SchoolClass, StaffMember, StaffRole
from students.models import Enrollment, Student
from tests import factories
from tests.assessments import year_ends
from tests.cast import IN_MAY, Cast
from tests.pages import client_of
from tests.reportcards.card_reading import card_of, card_url, class_url, read, words
from tests.reportcards.digital_cards import sign
from tests.reportcards.withdrawing import maths_corrected, reopened, withdrawn

LEFT = datetime.date(2027, 6, 1)


def page_of(cast: Cast, role: str = "van") -> ClassCardsPage:
    return read(cast, role, class_url(cast)).context["page"]


def row_of(cast: Cast, pupil: Enrollment, role: str = "van") -> PupilCard:
    rows = page_of(cast, role).rows
    return next(row for row in rows if row.enrollment.pk == pupil.pk)


def change_pupil(pupil: Enrollment, **changes: Any) -> None:
    Student.objects.filter(pk=pupil.student_id).update(**changes)


def create(cast: Cast, role: str = "van", **typed: Any) -> HttpResponse:
    form = {"leader": cast.hanh.pk, "issued_on": "07/06/2027", **typed}
    url = reverse("create_cards", args=[cast.school_class.pk])
    return client_of(cast, role).post(url, form, follow=True)


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
        assert f'href="{card_url(old)}">Bản trước đã thu hồi' in shown

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


class TestCreating:
    def test_all_who_are_ready(self, signed_class: Cast) -> None:
        response = create(signed_class, creates_all="on")
        assert "Đã khởi tạo 3 học bạ số của lớp 4A" in words(response)
        assert ReportCard.objects.count() == 3
        assert {card.leader for card in ReportCard.objects.all()} == {signed_class.hanh}

    def test_those_who_are_ticked(self, signed_class: Cast) -> None:
        create(signed_class, pupils=[signed_class.duc.pk], leader=signed_class.phuc.pk)
        card = ReportCard.objects.get()
        assert (card.enrollment, card.leader) == (signed_class.duc, signed_class.phuc)
        assert card.issued_on == datetime.date(2027, 6, 7)

    def test_the_form_offers_leaders_in_post_and_today(self, signed_class: Cast) -> None:
        form = read(signed_class, "van", class_url(signed_class)).context["form"]
        assert [label for _pk, label in form.fields["leader"].choices] == [
            "Nguyễn Thị Hạnh, Hiệu trưởng",
            "Đỗ Văn Phúc, Phó hiệu trưởng",
        ]
        assert form["issued_on"].value() == datetime.date(2027, 6, 7)
        assert form["leader"].value() == signed_class.hanh.pk

    def test_nobody_ticked(self, signed_class: Cast) -> None:
        response = create(signed_class)
        assert response.status_code == 422
        assert "Hãy chọn ít nhất một em đủ điều kiện." in words(response)

    def test_a_pupil_who_is_not_ready_any_more(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="")
        response = create(signed_class, pupils=[signed_class.anh.pk, signed_class.duc.pk])
        assert response.status_code == 422
        assert "Có em không còn khởi tạo được" in words(response)
        assert not ReportCard.objects.exists()

    def test_a_pupil_of_another_class_is_no_choice(self, signed_class: Cast) -> None:
        response = create(signed_class, pupils=[signed_class.stranger.pk])
        assert response.status_code == 422
        assert not ReportCard.objects.exists()

    def test_nothing_typed_is_lost_on_refusal(self, signed_class: Cast) -> None:
        response = create(
            signed_class,
            pupils=[signed_class.duc.pk],
            leader=signed_class.phuc.pk,
            issued_on="01/05/2027",
        )
        assert response.status_code == 422
        shown = words(response)
        assert "Ngày ký học bạ không thể trước ngày ký duyệt kết quả (20/05/2027)." in shown
        assert f'id="choose-{signed_class.duc.pk}" checked' in shown
        assert f'id="choose-{signed_class.anh.pk}" checked' not in shown
        assert 'value="01/05/2027"' in shown
        assert f'<option value="{signed_class.phuc.pk}" selected>' in shown

    def test_a_day_that_is_none(self, signed_class: Cast) -> None:
        response = create(signed_class, creates_all="on", issued_on="31/02/2027")
        assert response.status_code == 422
        assert "Hãy ghi ngày theo dạng ngày/tháng/năm" in words(response)

    def test_a_leader_who_has_just_left(self, signed_class: Cast) -> None:
        StaffRole.objects.filter(staff_member=signed_class.phuc).update(ended_on=LEFT)
        response = create(signed_class, creates_all="on", leader=signed_class.phuc.pk)
        assert response.status_code == 422
        assert "Người này hiện không là lãnh đạo trường" in words(response)

    @pytest.mark.parametrize("role", ["hanh", "ngoc", "binh", "kien"])
    def test_is_the_offices(self, signed_class: Cast, role: str) -> None:
        assert create(signed_class, role, creates_all="on").status_code == 403
        assert not ReportCard.objects.exists()

    @pytest.mark.parametrize("role", ["hanh", "ngoc"])
    def test_others_read_the_list_without_the_form(self, signed_class: Cast, role: str) -> None:
        shown = words(read(signed_class, role, class_url(signed_class)))
        assert "Lê Minh Anh" in shown
        assert "Khởi tạo học bạ cho" not in shown
        assert "checkbox" not in shown


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
