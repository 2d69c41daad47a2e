"""The page of a run: its progress, the next cards by a typed secret, retry, cancel, resume."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reportcards import actions
from reportcards.actions._tasks import WAIT_FOR_SIGNATURE, lease_tasks
from reportcards.models import ReportCard, SlotKey, TaskState
from reportcards.tasks import sign_run
from reportcards.worker_calls import PATIENCE
from reportcards.workflow import CardState
from tests.hocba.rendering import parse, text_of
from tests.pages import client_of
from tests.reportcards.digital_cards import PASSPHRASE, sign
from tests.reportcards.signing_cases import (
    after_the_lease,
    fail_all,
    homeroom_run,
    hsm_certificate,
    remote_certificate,
    revoke,
    sign_next,
    states,
)

pytestmark = pytest.mark.any_database

UNPROCESSABLE = 422
JSON = "application/json"
SIGNED, WAITING, FAILED = TaskState.SIGNED, TaskState.WAITING, TaskState.FAILED


@pytest.fixture
def run(signed_class, cards, certificates):
    return homeroom_run(signed_class, cards, certificates)


@pytest.fixture
def client(signed_class):
    return client_of(signed_class, "ngoc")


def url_of(run, name="signing_run"):
    return reverse(name, args=[run.pk])


def show(client, run):
    return client.get(url_of(run))


def send_secret(client, run, secret=PASSPHRASE, **fields):
    """Without a script: the form itself."""
    return client.post(url_of(run, "sign_next"), {"secret": secret, **fields}, follow=True)


def script_sends(client, run, secret=PASSPHRASE, **fields):
    form = {"secret": secret, **fields}
    return client.post(url_of(run, "sign_next"), form, headers={"accept": JSON})


class TestPage:
    def test_it_says_how_far_the_run_is(self, signed_class, client, run, certificates):
        sign_next(signed_class, run, certificates, most=1)
        response = show(client, run)
        text = text_of(response)
        assert "Đã ký 1 trên 3 học bạ." in text
        assert "Ký 3 học bạ, lớp 4A" in text
        [bar] = parse(response.content.decode()).all("progress")
        assert (bar["value"], bar["max"]) == ("1", "3")

    def test_each_card_has_its_state(self, signed_class, client, run, certificates):
        sign_next(signed_class, run, certificates, most=1)
        [table] = parse(show(client, run).content.decode()).all("table")
        rows = [row.text for row in table.all("tr")[1:]]
        assert rows == [
            "Lê Minh Anh 4A Đã ký số",
            "Võ Trí Đức 4A Chờ ký",
            "H'Hen Niê 4A Chờ ký",
        ]

    def test_it_names_the_certificate_and_warns_of_a_demo(self, client, run):
        text = text_of(show(client, run))
        assert "Ô giáo viên chủ nhiệm, chứng thư “Trần Thị Ngọc”." in text
        assert "CHỨNG THƯ THỬ NGHIỆM" in text

    def test_no_cache_keeps_it(self, client, run):
        assert "no-store" in show(client, run)["Cache-Control"]

    def test_the_secret_is_asked_for_in_a_field_that_nobody_fills_in(self, client, run):
        form = parse(show(client, run).content.decode()).one(css_class="signing-secret")
        [field] = [found for found in form.all("input") if found["type"] == "password"]
        assert (field["autocomplete"], field["value"]) == ("off", None)

    def test_a_refused_card_says_why_and_can_be_retried(self, client, run):
        fail_all(run, "Token bị rút ra.")
        text = text_of(show(client, run))
        assert "Đã ký 0 học bạ; 3 học bạ chưa ký được." in text
        assert "Token bị rút ra." in text
        assert "Ký lại các học bạ chưa ký được" in text
        assert "Mật khẩu của tệp khóa" not in text

    def test_a_finished_run_asks_for_nothing(self, signed_class, client, run, certificates):
        sign_next(signed_class, run, certificates)
        text = text_of(show(client, run))
        assert "Đã ký xong cả 3 học bạ." in text
        assert "Tiếp theo, lãnh đạo trường ký." in text
        assert "Học bạ số của năm học" not in text
        assert "Hủy lượt ký" not in text
        assert "Mật khẩu của tệp khóa" not in text

    def test_a_cancelled_run_says_since_when(self, signed_class, client, run, certificates):
        sign_next(signed_class, run, certificates, most=1)
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)
        text = text_of(show(client, run))
        assert "Đã hủy lúc 08:30 07/06/2027; 1 trên 3 học bạ đã ký trước đó." in text
        assert "Ký lại" not in text

    def test_another_person_is_refused(self, signed_class, run):
        assert show(client_of(signed_class, "hanh"), run).status_code == 403

    def test_another_school_does_not_know_it(self, signed_class, run):
        assert show(client_of(signed_class, "quang"), run).status_code == 404

    def test_a_clerk_goes_on_with_the_seals_run(self, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)
        run = actions.start_signing_run(
            report_cards=cards, slot="seal", certificate=certificates.seal, by=signed_class.van
        )
        response = send_secret(client_of(signed_class, "van"), run)
        assert "Đã ký xong cả 3 học bạ." in text_of(response)
        assert "Học bạ đã phát hành, gia đình tải được ngay." in text_of(response)
        assert f'href="{reverse("card_year", args=[2026])}"' in response.content.decode()
        assert {card.state for card in ReportCard.objects.all()} == {CardState.ISSUED}


class TestSecretByForm:
    def test_the_cards_are_signed(self, client, run):
        assert "Đã ký xong cả 3 học bạ." in text_of(send_secret(client, run))
        assert states(run) == [SIGNED] * 3

    def test_what_is_left_asks_for_it_again(self, client, run):
        text = text_of(send_secret(client, run, most="2"))
        assert "Còn 1 học bạ chờ ký: hãy nhập lại để ký tiếp." in text
        assert states(run) == [SIGNED, SIGNED, WAITING]

    def test_a_wrong_passphrase_signs_nothing_and_says_so(self, client, run):
        text = text_of(send_secret(client, run, "sai-mật-khẩu"))
        assert "sai mật khẩu của tệp" in text
        assert states(run) == [WAITING] * 3
        assert set(run.tasks.values_list("attempts", flat=True)) == {0}

    def test_what_was_typed_does_not_come_back(self, client, run):
        content = send_secret(client, run, "sai-mật-khẩu").content.decode()
        assert "sai-mật-khẩu" not in content

    def test_an_empty_one_is_asked_for(self, client, run):
        assert "Hãy nhập mật khẩu" in text_of(send_secret(client, run, ""))

    def test_spaces_belong_to_it(self, client, run):
        send_secret(client, run, f" {PASSPHRASE}")
        assert states(run) == [WAITING] * 3

    def test_a_revoked_certificate_signs_nothing(self, client, run, certificates, demo_authority):
        revoke(certificates.ngoc, demo_authority)
        assert "đã bị thu hồi" in text_of(send_secret(client, run))
        assert states(run) == [WAITING] * 3

    def test_a_cancelled_run_signs_nothing(self, signed_class, client, run):
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)
        assert "đã bị hủy" in text_of(send_secret(client, run))

    def test_another_persons_run_is_not_signed(self, signed_class, run):
        response = send_secret(client_of(signed_class, "hanh"), run)
        assert response.status_code == 403
        assert states(run) == [WAITING] * 3

    @pytest.mark.parametrize("most", ["0", "51", "many"])
    def test_no_more_than_fifty_at_once(self, client, run, most):
        send_secret(client, run, most=most)
        assert states(run) == [WAITING] * 3


class TestSecretByScript:
    def test_it_is_told_what_is_left(self, client, run):
        response = script_sends(client, run, most="2")
        assert response.json() == {"tried": 2, "waiting": 1}

    def test_a_refusal_is_a_sentence(self, client, run):
        response = script_sends(client, run, "sai-mật-khẩu")
        assert response.status_code == UNPROCESSABLE
        assert "sai mật khẩu của tệp" in response.json()["sentence"]

    def test_cards_that_another_page_has_in_hand_still_wait(self, client, run):
        lease_tasks(run, 3)
        assert script_sends(client, run).json() == {"tried": 0, "waiting": 3}

    def test_after_a_lost_answer_it_goes_on(self, client, run):
        """The first request's work was done; its answer never came."""
        script_sends(client, run, most="1")
        assert script_sends(client, run).json() == {"tried": 2, "waiting": 0}
        assert states(run) == [SIGNED] * 3

    def test_an_ended_session_is_told_apart(self, client, run):
        client.logout()
        assert script_sends(client, run).status_code == 401

    def test_another_person_gets_the_sentence_too(self, signed_class, run):
        response = script_sends(client_of(signed_class, "hanh"), run)
        assert response.status_code == 403
        assert "chứng thư số của chính mình" in response.json()["sentence"]


class TestProgress:
    def test_it_is_the_pages_own_piece(self, client, run):
        text = text_of(client.get(url_of(run, "run_progress")))
        assert text.startswith("Đã ký 0 trên 3 học bạ.")

    def test_a_run_of_a_typed_secret_is_not_asked_for_again_and_again(self, client, run):
        content = client.get(url_of(run, "run_progress")).content.decode()
        assert "hx-get" not in content

    def test_its_queries_do_not_grow_with_the_cards(
        self, client, signed_class, certificates, cards, django_assert_max_num_queries
    ):
        run = homeroom_run(signed_class, cards, certificates)
        client.get(url_of(run, "run_progress"))
        with django_assert_max_num_queries(8):
            client.get(url_of(run, "run_progress"))


class TestRetryAndCancel:
    def test_failed_cards_wait_again(self, client, run):
        fail_all(run)
        response = client.post(url_of(run, "retry_run"))
        assert response.url == url_of(run)
        assert states(run) == [WAITING] * 3

    def test_cards_whose_signature_did_not_come_wait_again(
        self, signed_class, client, cards, certificates, demo_authority
    ):
        certificate, _issued = remote_certificate(signed_class, demo_authority)
        run = actions.start_signing_run(
            report_cards=cards, slot="homeroom", certificate=certificate, by=signed_class.ngoc
        )
        actions.prepare_signatures(run=run, by=signed_class.ngoc)
        later = timezone.now() + WAIT_FOR_SIGNATURE + datetime.timedelta(seconds=1)
        with time_machine.travel(later, tick=False):
            assert "Ký lại các học bạ chưa ký được" in text_of(show(client, run))
            client.post(url_of(run, "retry_run"))
        assert states(run) == [WAITING] * 3

    def test_the_run_is_cancelled(self, client, run):
        response = client.post(url_of(run, "cancel_run"), follow=True)
        assert "Học bạ đã ký vẫn giữ chữ ký." in text_of(response)
        assert states(run) == [TaskState.CANCELLED] * 3

    def test_a_retry_of_a_cancelled_run_is_refused_with_a_sentence(self, client, run):
        client.post(url_of(run, "cancel_run"))
        response = client.post(url_of(run, "retry_run"), follow=True)
        assert "Hãy bắt đầu lượt ký mới." in text_of(response)


class TestWorker:
    """The server holds the PIN: the page only looks."""

    @pytest.fixture
    def served(
        self,
        signed_class,
        cards,
        certificates,
        demo_authority,
        token,
        settings,
        django_capture_on_commit_callbacks,
    ):
        hsm = hsm_certificate(signed_class, demo_authority, token, settings)
        with django_capture_on_commit_callbacks(execute=True):
            return actions.start_signing_run(
                report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
            )

    def stall(self, run):
        DBTaskResult.objects.update(status="RUNNING")

    def look(self, client, run):
        return client.get(url_of(run, "run_progress"), headers={"hx-request": "true"})

    def test_no_secret_is_asked_for(self, client, served):
        response = show(client, served)
        assert "Máy ký của nhà trường đang ký." in text_of(response)
        assert not parse(response.content.decode()).all(css_class="signing-secret")

    def test_the_page_looks_again_by_itself(self, client, served):
        content = show(client, served).content.decode()
        assert 'hx-trigger="every 2s"' in content
        assert "htmx" in content
        assert "Xem lại tiến độ</a>" in content

    def test_when_the_run_is_over_the_page_is_loaded_anew(self, client, served):
        sign_run.call(served.pk)
        assert self.look(client, served)["HX-Refresh"] == "true"

    def test_when_her_session_has_ended_the_page_leads_to_the_log_in_page(self, client, served):
        client.logout()
        response = self.look(client, served)
        assert (response.status_code, response["HX-Refresh"]) == (200, "true")
        assert show(client, served).status_code == 302

    def test_a_worker_that_does_not_come_is_told_of(self, client, served):
        with time_machine.travel(timezone.now() + 2 * PATIENCE, tick=False):
            assert "Máy ký của nhà trường chưa trả lời." in text_of(show(client, served))

    def test_where_a_worker_has_died_the_page_calls_another_one(
        self, client, served, django_capture_on_commit_callbacks
    ):
        self.stall(served)
        lease_tasks(served, 2)
        with after_the_lease(), django_capture_on_commit_callbacks(execute=True):
            assert "Máy ký dừng giữa chừng" in text_of(self.look(client, served))
            client.post(url_of(served, "resume_run"), headers={"hx-request": "true"})
        assert "Máy ký của nhà trường đang ký." in text_of(self.look(client, served))
        assert DBTaskResult.objects.filter(status="READY").count() == 1

    def test_without_a_script_she_presses_a_button(
        self, client, served, django_capture_on_commit_callbacks
    ):
        self.stall(served)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(url_of(served, "resume_run"))
        assert response.url == url_of(served)
        assert DBTaskResult.objects.filter(status="READY").exists()

    def test_one_call_is_enough(self, client, served, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url_of(served, "resume_run"))
        assert DBTaskResult.objects.count() == 1


def test_a_token_whose_pin_she_types_signs_in_small_batches(
    signed_class, client, cards, certificates, demo_authority, token, settings
):
    """A certificate registered as PKCS#11: SoftHSM, from the page."""
    hsm = hsm_certificate(signed_class, demo_authority, token, settings)
    settings.PKCS11_PIN = ""
    run = actions.start_signing_run(
        report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
    )
    response = show(client, run)
    assert "Mã PIN của USB token hoặc HSM" in text_of(response)
    assert 'data-most="10"' in response.content.decode()

    assert "Sai mã PIN" in text_of(send_secret(client, run, "000000"))
    assert "Đã ký xong cả 3 học bạ." in text_of(send_secret(client, run, token.pin))
    assert states(run) == [SIGNED] * 3
    assert FAILED not in states(run)
