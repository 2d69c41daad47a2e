"""Digests out, signature values in: JSON for programs, a form for people."""

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reportcards import actions
from reportcards.card_forms.signing_runs import SignaturesUnreadable, read_answers
from reportcards.models import DigitalSignature, TaskState
from reportcards.signing.certificates import fingerprint, read_certificate
from reportcards.two_signatures import SignatureValues
from tests.hocba.rendering import parse, text_of
from tests.pages import client_of
from tests.reportcards.signing_cases import refusals, remote_certificate, sign_digest, states

pytestmark = pytest.mark.any_database

UNPROCESSABLE = 422
JSON = "application/json"
BOTH = {"signature": "QUJD", "pdf_signature": "QUJD"}
SIGNED, WAITING, PREPARED, FAILED = (
    TaskState.SIGNED,
    TaskState.WAITING,
    TaskState.PREPARED,
    TaskState.FAILED,
)


@pytest.fixture(params=["P-256", "RSA-2048"])
def any_phone(request, signed_class, certificates, demo_authority):
    return remote_certificate(signed_class, demo_authority, key_kind=request.param)


@pytest.fixture
def phone(signed_class, certificates, demo_authority):
    return remote_certificate(signed_class, demo_authority)


@pytest.fixture
def start(signed_class, cards):
    def start(phone):
        return actions.start_signing_run(
            report_cards=cards, slot="homeroom", certificate=phone[0], by=signed_class.ngoc
        )

    return start


@pytest.fixture
def run(start, phone):
    return start(phone)


@pytest.fixture
def client(signed_class):
    return client_of(signed_class, "ngoc")


def url_of(run, name="signing_run"):
    return reverse(name, args=[run.pk])


def prepare(client, run):
    return client.post(url_of(run, "prepare_signatures"), headers={"accept": JSON})


def send(client, run, answers):
    """As a program does."""
    return client.post(
        url_of(run, "complete_signature"), json.dumps(answers), JSON, headers={"accept": JSON}
    )


def paste(client, run, answers, **fields):
    """As a person does."""
    form = {"signatures": answers if isinstance(answers, str) else json.dumps(answers), **fields}
    return client.post(url_of(run, "complete_signature"), form, follow=True)


def signed(phone, prepared):
    """What the phone answers for each card."""
    return [
        {
            "task": row["task"],
            "signature": signed_digest(phone, row["digest"]),
            "pdf_signature": signed_digest(phone, row["pdf_digest"]),
        }
        for row in prepared["signatures"]
    ]


def signed_digest(phone, digest):
    return base64.b64encode(sign_digest(phone[1].key, base64.b64decode(digest))).decode()


class TestDigests:
    def test_each_card_has_its_number_name_and_two_digests(self, client, run):
        rows = prepare(client, run).json()["signatures"]

        assert [row["name"] for row in rows] == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]
        assert {row["task"] for row in rows} == set(run.tasks.values_list("pk", flat=True))
        for row in rows:
            for name in ("digest", "pdf_digest"):
                digest = base64.b64decode(row[name])
                assert (len(digest), digest.hex()) == (32, row[f"{name}_hex"])

    def test_the_certificate_goes_along(self, client, run, phone):
        answer = prepare(client, run).json()
        read = read_certificate(base64.b64decode(answer["certificate"]))
        assert fingerprint(read) == phone[0].fingerprint

    def test_the_algorithm_is_that_of_the_key(self, client, start, any_phone):
        run = start(any_phone)
        [algorithm] = {row["algorithm"] for row in prepare(client, run).json()["signatures"]}
        expected = {"p": "ECDSA-SHA256", "r": "RSA-SHA256"}
        kind = "r" if "RSA" in type(any_phone[1].key).__name__ else "p"
        assert algorithm == expected[kind]

    def test_after_a_reload_they_are_the_same(self, client, run):
        prepared = prepare(client, run).json()
        assert client.get(url_of(run, "prepare_signatures")).json() == prepared
        assert prepare(client, run).json() == prepared

    def test_to_look_prepares_nothing(self, client, run):
        answer = client.get(url_of(run, "prepare_signatures")).json()
        assert (answer["signatures"], answer["waiting"]) == ([], 3)
        assert states(run) == [WAITING] * 3

    def test_a_person_comes_back_to_the_page(self, client, run):
        response = client.post(url_of(run, "prepare_signatures"))
        assert response.url == url_of(run)
        assert states(run) == [PREPARED] * 3

    def test_a_cancelled_run_is_refused_with_a_sentence(self, signed_class, client, run):
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)
        response = prepare(client, run)
        assert response.status_code == UNPROCESSABLE
        assert "đã bị hủy" in response.json()["sentence"]

    def test_another_person_is_refused(self, signed_class, run):
        assert prepare(client_of(signed_class, "hanh"), run).status_code == 403

    def test_another_school_does_not_know_it(self, signed_class, run):
        assert prepare(client_of(signed_class, "quang"), run).status_code == 404


class TestSignatures:
    def test_every_card_is_signed(self, client, start, any_phone):
        run = start(any_phone)
        response = send(client, run, signed(any_phone, prepare(client, run).json()))

        assert {row["state"] for row in response.json()["signatures"]} == {"signed"}
        assert states(run) == [SIGNED] * 3

    def test_one_alone_is_taken_too(self, client, run, phone):
        [first, *_] = signed(phone, prepare(client, run).json())
        response = send(client, run, first)
        assert response.json()["signatures"] == [
            {"task": first["task"], "state": "signed", "sentence": ""}
        ]
        assert states(run) == [SIGNED, PREPARED, PREPARED]

    def test_sent_twice_it_is_kept_once(self, client, run, phone):
        answers = signed(phone, prepare(client, run).json())
        send(client, run, answers)
        assert {row["state"] for row in send(client, run, answers).json()["signatures"]} == {
            "signed"
        }
        assert DigitalSignature.objects.count() == 3

    @pytest.mark.parametrize("part", ["signature", "pdf_signature"])
    def test_a_forged_one_says_so_and_the_others_are_signed(self, client, run, phone, part):
        answers = signed(phone, prepare(client, run).json())
        answers[1][part] = answers[0][part]

        rows = send(client, run, answers).json()["signatures"]

        assert [row["state"] for row in rows] == ["signed", "failed", "signed"]
        assert "không khớp với học bạ và chứng thư" in rows[1]["sentence"]

    def test_a_refusal_stands_at_its_card(self, client, run):
        [first, *_] = prepare(client, run).json()["signatures"]
        send(client, run, {"task": first["task"], "refusal": "Người ký bấm từ chối."})
        assert states(run) == [FAILED, PREPARED, PREPARED]
        assert refusals(run)[0] == "Người ký bấm từ chối."

    def test_a_card_of_another_run_is_not_known_and_nothing_is_kept(self, client, run, phone):
        answers = signed(phone, prepare(client, run).json())
        stranger = {"task": 0, "signature": "AAAA", "pdf_signature": "AAAA"}
        response = send(client, run, [*answers, stranger])
        assert response.status_code == UNPROCESSABLE
        assert "không có học bạ mang số 0" in response.json()["sentence"]
        assert states(run) == [PREPARED] * 3

    def test_a_person_pastes_them(self, client, run, phone):
        response = paste(client, run, signed(phone, prepare(client, run).json()))
        assert "Đã nhận chữ ký của 3 học bạ." in text_of(response)
        assert "Đã ký xong cả 3 học bạ." in text_of(response)

    def test_or_uploads_the_file(self, client, run, phone):
        answers = signed(phone, prepare(client, run).json())
        file = SimpleUploadedFile("chu-ky.json", json.dumps(answers).encode())
        paste(client, run, "", file=file)
        assert states(run) == [SIGNED] * 3

    @pytest.mark.parametrize("text", ["", "xin chào", "[]", "[1]", '{"task": 1}'])
    def test_what_is_no_list_of_signatures_is_refused(self, client, run, text):
        prepare(client, run)
        assert "Chưa đọc được chữ ký." in text_of(paste(client, run, text))
        assert states(run) == [PREPARED] * 3

    def test_a_file_that_is_too_large_is_refused(self, client, run):
        file = SimpleUploadedFile("chu-ky.json", b"[" + b" " * 300_000 + b"]")
        assert "Chưa đọc được chữ ký." in text_of(paste(client, run, "", file=file))

    def test_another_person_sends_none(self, signed_class, client, run, phone):
        answers = signed(phone, prepare(client, run).json())
        assert send(client_of(signed_class, "hanh"), run, answers).status_code == 403


class TestPage:
    def test_the_digests_can_be_copied(self, client, run):
        [first, *_] = prepare(client, run).json()["signatures"]
        text = text_of(client.get(url_of(run)))
        assert first["digest_hex"] in text
        assert first["pdf_digest_hex"] in text
        assert "Mã băm chờ chữ ký, trước 08:45" in text

    def test_at_first_they_are_to_be_prepared(self, client, run):
        text = text_of(client.get(url_of(run)))
        assert "Chuẩn bị mã băm" in text
        assert "Nhận chữ ký" not in text

    def test_a_program_on_her_machine_is_called_only_where_the_server_says_so(
        self, client, run, settings
    ):
        assert "data-service" not in client.get(url_of(run)).content.decode()
        settings.LOCAL_SIGNING_SERVICE = "http://127.0.0.1:13580"
        content = client.get(url_of(run)).content.decode()
        assert 'data-service="http://127.0.0.1:13580"' in content

    def test_no_secret_is_asked_for(self, client, run):
        assert not parse(client.get(url_of(run)).content.decode()).all(css_class="signing-secret")


class TestReading:
    def test_white_space_inside_base64_is_allowed(self):
        [answer] = read_answers('{"task": 1, "signature": "QUJD\\n REVG", "pdf_signature": "QUJD"}')
        assert answer.values == SignatureValues(b"ABCDEF", b"ABC")

    @pytest.mark.parametrize("part", ["signature", "pdf_signature"])
    def test_one_of_the_two_is_not_enough(self, part):
        with pytest.raises(SignaturesUnreadable):
            read_answers(json.dumps({"task": 1, part: "QUJD"}))

    def test_fifty_are_read_and_no_more(self):
        row = {"task": 1, "signature": "QUJD", "pdf_signature": "QUJD"}
        assert len(read_answers(json.dumps([row] * 50))) == 50
        with pytest.raises(SignaturesUnreadable):
            read_answers(json.dumps([row] * 51))

    @pytest.mark.parametrize(
        "row",
        [
            {**BOTH, "task": True},
            {**BOTH, "task": "1"},
            {**BOTH, "task": 2**63},
            {**BOTH, "task": 1, "signature": "không phải base64"},
            {**BOTH, "task": 1, "pdf_signature": "không phải base64"},
            {**BOTH, "task": 1, "signature": ["QUJD"]},
            {**BOTH, "task": 1, "pdf_signature": 7},
            {"task": 1, "refusal": 7},
            BOTH,
        ],
    )
    def test_anything_else_is_refused(self, row):
        with pytest.raises(SignaturesUnreadable):
            read_answers(json.dumps(row))

    def test_deep_nesting_is_refused(self):
        with pytest.raises(SignaturesUnreadable):
            read_answers("[" * 100_000)

    @given(st.text() | st.binary())
    def test_whatever_is_sent_is_read_or_refused(self, text):
        try:
            answers = read_answers(text)
        except SignaturesUnreadable:
            return
        assert 0 < len(answers) <= 50
