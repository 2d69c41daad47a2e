"""Choosing cards to sign: exactly what will be signed, and what cannot be, and why."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions as assessing
from assessments.models import PeriodRecord
from reportcards import actions
from reportcards.models import ReportCard, SigningCertificate, SigningRun, SlotKey, TaskState
from schools.models import StaffRole
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import IN_MAY
from tests.hocba.rendering import text_of
from tests.pages import client_of
from tests.reportcards.digital_cards import IN_JUNE, freeze, issue, pupils_of, sign
from tests.reportcards.signing_cases import homeroom_run, revoke, states

pytestmark = pytest.mark.any_database

UNPROCESSABLE = 422
YESTERDAY = IN_JUNE.date() - datetime.timedelta(days=1)
ROLL = ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


@pytest.fixture
def url():
    return reverse("sign_cards", args=[2026])


@pytest.fixture
def show(cast, url):
    def show(person, query=""):
        response = client_of(cast, person).get(url + query)
        assert response.status_code == 200
        return response

    return show


@pytest.fixture
def start(cast, url):
    """Presses the button of the page as it stands, or with what is said otherwise."""

    def start(person, query="", **changes):
        client = client_of(cast, person)
        page = client.get(url + query).context["page"]
        usable = [own.certificate.pk for own in page.certificates if own.is_usable]
        form = {"certificate": usable[0] if usable else "", "seen": page.cards.seen}
        return client.post(url + query, {**form, **changes})

    return start


def ready(response):
    return [card.student.full_name for card in response.context["page"].cards.ready]


def refused(response):
    rows = response.context["page"].cards.refused
    return {row.card.student.full_name: row.refusal for row in rows}


def slot_of(response):
    return response.context["page"].cards.slot


class TestWhoSigns:
    def test_the_homeroom_teacher_signs_her_class(self, show, cards, certificates):
        response = show("ngoc")
        assert (slot_of(response), ready(response)) == (SlotKey.HOMEROOM, ROLL)

    def test_the_leader_signs_what_was_frozen_for_her(
        self, show, signed_class, cards, certificates
    ):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        response = show("hanh")
        assert (slot_of(response), ready(response)) == (SlotKey.LEADER, ROLL)

    def test_her_deputy_has_nothing_to_sign_then(self, show, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        assert "Chưa có học bạ nào chờ chữ ký này" in text_of(show("phuc"))

    def test_the_clerk_puts_the_seal(self, show, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)
        response = show("van")
        assert (slot_of(response), ready(response)) == (SlotKey.SEAL, ROLL)
        assert "Đóng dấu 3 học bạ" in text_of(response)
        assert "Đóng dấu là phát hành" in text_of(response)

    @pytest.mark.parametrize("person", ["binh", "suong", "tam", "kien"])
    def test_others_sign_nothing(self, signed_class, cards, url, person):
        response = client_of(signed_class, person).get(url)
        assert response.status_code == 403
        assert "do giáo viên chủ nhiệm, lãnh đạo và văn thư" in text_of(response)

    def test_who_stands_in_for_a_teacher_chooses_her_slot(self, show, signed_class, certificates):
        StaffRole.objects.filter(staff_member=signed_class.ngoc).update(ended_on=YESTERDAY)
        freeze(signed_class, pupils_of(signed_class))

        response = show("hanh")

        assert response.context["page"].slots == [SlotKey.HOMEROOM, SlotKey.LEADER]
        assert slot_of(response) == SlotKey.HOMEROOM
        assert slot_of(show("hanh", "?slot=leader")) == SlotKey.LEADER
        labels = [section["label"] for section in response.context["page"].sections]
        assert labels == ["giáo viên chủ nhiệm", "cán bộ quản lý"]

    def test_the_slot_of_somebody_else_does_not_exist(self, signed_class, cards, url):
        assert client_of(signed_class, "ngoc").get(f"{url}?slot=seal").status_code == 404

    def test_another_schools_leader_sees_none_of_it(self, show, cards, certificates):
        assert ready(show("quang")) == []


class TestWhatWillBeSigned:
    def test_their_number_and_their_names_are_told(self, show, cards, certificates):
        text = text_of(show("ngoc"))
        assert "3 học bạ sẽ được ký" in text
        assert all(name in text for name in ROLL)
        assert "Nguyễn Thị Hạnh" in text
        assert "07/06/2027" in text

    def test_what_they_leave_out_is_told_with_the_rule(self, show, cards, certificates):
        uses = show("ngoc").context["page"].cards.relaxations
        frozen = {row["key"] for card in cards for row in card.payload["relaxations"]}
        assert frozen
        assert len(uses) == len(
            {(row["key"], row["tag"]) for card in cards for row in card.payload["relaxations"]}
        )

    def test_a_rule_that_all_use_names_nobody(self, show, cards, certificates):
        assert "từ 01/7/2025 không còn cấp huyện" in text_of(show("ngoc"))
        assert "Mọi học bạ trong danh sách." in text_of(show("ngoc"))

    def test_those_that_are_signed_are_counted(self, show, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards[:1], certificates.ngoc, certificates, by=signed_class.ngoc)
        response = show("ngoc")
        assert ready(response) == ROLL[1:]
        assert "Ngoài ra 1 học bạ đã có chữ ký ở ô này." in text_of(response)

    def test_when_all_are_signed_the_page_says_so(self, show, signed_class, cards, certificates):
        issue(signed_class, cards, certificates)
        assert "Mọi học bạ đã có chữ ký ở ô này" in text_of(show("ngoc"))
        assert "Mọi học bạ đã có chữ ký ở ô này" in text_of(show("van"))

    def test_a_discarded_card_does_not_stand_there(self, show, signed_class, cards, certificates):
        actions.discard_report_card(report_card=cards[0], reason="Sai", by=signed_class.van)
        response = show("ngoc")
        assert ready(response) == ROLL[1:]
        assert refused(response) == {}


class TestWhatCannotBeSigned:
    def test_results_that_were_reopened(self, show, signed_class, cards, certificates):
        record = PeriodRecord.objects.get(
            enrollment=signed_class.anh, class_period__period="end_year"
        )
        assessing.reopen_record(record=record, reason="Sai điểm", by=signed_class.hanh)

        response = show("ngoc")

        assert ready(response) == ROLL[1:]
        assert "Hãy khởi tạo lại học bạ này" in refused(response)["Lê Minh Anh"]
        assert "1 học bạ chưa ký được" in text_of(response)

    def test_whose_turn_has_not_come(self, show, cards, certificates):
        response = show("hanh")
        assert ready(response) == []
        assert set(refused(response)) == set(ROLL)
        assert all("Chưa đến lượt" in sentence for sentence in refused(response).values())

    def test_a_reason_that_many_share_is_told_once(self, show, cards, certificates):
        groups = show("hanh").context["page"].cards.refused_groups
        assert [(group.where, group.names) for group in groups] == [("4A · 3 em", tuple(ROLL))]

    def test_what_somebody_is_signing_already(self, show, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards[:1], certificates)
        response = show("ngoc")
        assert ready(response) == ROLL[1:]
        assert "lượt ký của Trần Thị Ngọc, bắt đầu lúc 08:30 07/06/2027" in str(refused(response))
        assert reverse("signing_run", args=[run.pk]) in response.content.decode()

    def test_with_nothing_that_can_be_signed_there_is_no_button(self, show, cards, certificates):
        assert "Chứng thư số dùng để ký" not in text_of(show("hanh"))


class TestClasses:
    def test_a_single_class_is_not_to_be_chosen(self, show, cards, certificates):
        assert "Chọn lớp" not in text_of(show("ngoc"))

    def test_she_chooses_among_those_that_have_cards(
        self, show, signed_class, cards, certificates, second_class
    ):
        choices = show("ngoc").context["page"].cards.classes
        assert [(choice.school_class.name, choice.waiting) for choice in choices] == [
            ("4A", 3),
            ("4B", 1),
        ]

    def test_a_class_that_is_signed_is_not_offered(
        self, show, signed_class, cards, certificates, second_class
    ):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        choices = show("ngoc").context["page"].cards.classes
        assert [choice.school_class.name for choice in choices] == ["4B"]

    def test_only_the_chosen_class_is_shown(
        self, show, signed_class, cards, certificates, second_class
    ):
        sign(
            SlotKey.HOMEROOM,
            list(ReportCard.objects.all()),
            certificates.ngoc,
            certificates,
            by=signed_class.ngoc,
        )
        response = show("hanh", f"?classes={second_class.pk}")
        assert ready(response) == ["Bùi Gia Huy"]
        assert ready(show("hanh")) == [*ROLL, "Bùi Gia Huy"]

    @pytest.mark.parametrize("query", ["?classes=0", "?classes=x", "?slot=president"])
    def test_what_does_not_exist_is_not_found(self, signed_class, cards, url, query):
        assert client_of(signed_class, "ngoc").get(url + query).status_code == 404


@pytest.fixture
def second_class(signed_class):
    """4B, of which Ms Ngọc is the homeroom teacher too, with one pupil and his card."""
    second = factories.make_class(signed_class.school_year, "4B", (4,))
    factories.assign_homeroom(second, signed_class.ngoc)
    factories.enroll(factories.make_student("Bùi Gia Huy", gender="male"), second)
    assign_every_subject(second, signed_class.ngoc)
    with time_machine.travel(IN_MAY, tick=False):
        fill_class(second, "end_year", homeroom=signed_class.ngoc, teachers={})
        period = assessing.submit_class_period(
            school_class=second, period="end_year", by=signed_class.ngoc
        )
        assessing.sign_off_class_period(class_period=period, by=signed_class.hanh)
    freeze(signed_class, pupils_of_class(second))
    return second


def pupils_of_class(school_class):
    return list(
        school_class.enrollments.select_related(
            "student", "school_class__school_year__school__department"
        )
    )


class TestCertificates:
    def certificates_on(self, response):
        return response.context["page"].certificates

    def test_hers_is_offered_with_where_its_key_lies(self, show, cards, certificates):
        response = show("ngoc")
        [own] = self.certificates_on(response)
        assert (own.certificate, own.is_usable) == (certificates.ngoc, True)
        assert "Khóa ở tệp PKCS#12 (.p12, .pfx)" in text_of(response)

    def test_a_demo_certificate_says_what_it_is(self, show, cards, certificates):
        assert "CHỨNG THƯ THỬ NGHIỆM" in text_of(show("ngoc"))

    def test_a_revoked_one_cannot_be_chosen_and_says_why(
        self, show, cards, certificates, demo_authority
    ):
        revoke(certificates.ngoc, demo_authority)
        response = show("ngoc")
        assert not self.certificates_on(response)[0].is_usable
        assert "đã bị thu hồi" in text_of(response)
        assert "Ký 3 học bạ" not in text_of(response)

    def test_an_ended_one_is_not_offered(self, show, signed_class, cards, certificates):
        SigningCertificate.objects.filter(pk=certificates.ngoc.pk).update(
            ended_at=IN_JUNE, ended_by=signed_class.ngoc.user
        )
        response = show("ngoc")
        assert self.certificates_on(response) == []
        assert "Thầy/cô chưa đăng ký chứng thư số." in text_of(response)

    def test_a_warning_leaves_the_decision_to_her(self, show, cards, certificates):
        """Nobody has uploaded the authority's revocation list."""
        response = show("ngoc")
        [own] = self.certificates_on(response)
        assert own.is_usable
        assert all(warning in text_of(response) for warning in own.warnings)
        assert any("danh sách thu hồi" in warning for warning in own.warnings)

    def test_where_the_server_trusts_nobody_that_is_the_reason(
        self, show, cards, certificates, settings, tmp_path
    ):
        settings.SIGNING_TRUST_FILE = str(tmp_path / "nothing.pem")
        assert "SIGNING_TRUST_FILE" in text_of(show("ngoc"))


class TestStart:
    def test_one_press_begins_the_run_of_all_that_stood_there(
        self, start, signed_class, cards, certificates
    ):
        response = start("ngoc")

        run = SigningRun.objects.get()
        assert response.url == reverse("signing_run", args=[run.pk])
        assert (run.signer, run.certificate) == (signed_class.ngoc, certificates.ngoc)
        assert states(run) == [TaskState.WAITING] * 3

    def test_what_cannot_be_signed_stays_out_of_it(self, start, signed_class, cards, certificates):
        record = PeriodRecord.objects.get(
            enrollment=signed_class.anh, class_period__period="end_year"
        )
        assessing.reopen_record(record=record, reason="Sai điểm", by=signed_class.hanh)
        start("ngoc")
        assert SigningRun.objects.get().tasks.count() == 2

    def test_another_list_than_she_saw_is_shown_and_not_signed(self, start, cards, certificates):
        response = start("ngoc", seen="another")
        assert response.status_code == UNPROCESSABLE
        assert "Danh sách vừa thay đổi nên chưa ký gì." in text_of(response)
        assert not SigningRun.objects.exists()

    def test_without_a_certificate_nothing_begins(self, start, cards, certificates):
        response = start("ngoc", certificate="")
        assert response.status_code == UNPROCESSABLE
        assert "Hãy chọn chứng thư số dùng để ký." in text_of(response)

    def test_the_certificate_of_another_person_is_none_of_hers(self, start, cards, certificates):
        response = start("ngoc", certificate=str(certificates.hanh.pk))
        assert response.status_code == UNPROCESSABLE
        assert not SigningRun.objects.exists()

    def test_a_second_press_finds_nothing_left(self, start, cards, certificates):
        start("ngoc")
        assert start("ngoc").status_code == UNPROCESSABLE
        assert SigningRun.objects.count() == 1


def test_a_large_class_costs_no_more_queries(cast, url, cards, certificates, second_class):
    client = client_of(cast, "ngoc")
    counts = []
    for query in (f"?classes={second_class.pk}", ""):
        with CaptureQueriesContext(connection) as queries:
            client.get(url + query)
        counts.append(len(queries))
    assert counts[0] == counts[1]
