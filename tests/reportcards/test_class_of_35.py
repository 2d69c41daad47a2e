"""A class from its signed year to its issued cards, attacked, and one of them replaced.

Ms Ngọc and Ms Hạnh sign with PKCS#12 files, the school's seal lies on a token. Laying out and
signing 35 cards takes half a minute: it is done once.
"""

import subprocess
import sys
from functools import cache

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction

from assessments import actions as assessing
from assessments.errors import CardInForce
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord, SubjectResult
from reportcards import actions
from reportcards.actions import Decision, Plan
from reportcards.archive import content_of, newest_file
from reportcards.models import FileKind, KeyPlace, ReportCard, SlotKey, WithdrawalCause
from reportcards.profiles import get_profile
from reportcards.server_keys import opened_signer
from reportcards.signing.demo_authority import issue_for_school
from reportcards.workflow import CardState
from rulesets import Period
from students.models import Enrollment, Student
from tests import factories
from tests.assessments import states
from tests.cast import IN_MAY
from tests.remembering import remembered
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.digital_cards import (
    FIRST_KEY,
    IN_JUNE,
    ISSUED_ON,
    ISSUED_TABLES,
    PASSPHRASE,
    SIGNED_TABLES,
    freeze,
    pupils_of,
    register,
)
from tests.reportcards.kept_files import keep_files, put_back_files
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.tokens import MODULE, PIN
from tests.reportcards.xmlsec import verifies

pytestmark = pytest.mark.any_database

PUPILS = 35


@pytest.fixture
def large_class(cast):
    """4A with 35 pupils, signed off in May; it is June now."""
    with time_machine.travel(IN_MAY, tick=False) as clock:
        remembered(
            ("35 signed off", cast.school_class.pk),
            lambda: sign_off_large_class(cast),
            (Student, Enrollment, *SIGNED_TABLES),
        )
        clock.move_to(IN_JUNE)
        yield cast


def sign_off_large_class(cast):
    for number in range(PUPILS - 3):
        student = factories.make_student(f"Nguyễn Hoàng Bảo {chr(65 + number % 26)}{number}")
        factories.enroll(student, cast.school_class)
    states.signed_off(cast, Period.END_YEAR)


@pytest.fixture
def seal_on_token(cast, certificates, demo_authority, token, settings):
    """The school's other certificate, whose key never leaves its token."""
    issued = other_seal(demo_authority, cast.school.name, cast.school.ministry_code)
    token.hold(issued, "seal", b"\x01")
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = MODULE, token.label
    place = {"key_place": KeyPlace.PKCS11, "key_label": "seal", "pk": FIRST_KEY + 35}
    return register(cast, None, issued, demo_authority, **place)


@cache
def other_seal(authority, name, ministry_code):
    return issue_for_school(authority, name, ministry_code, at=IN_SEPTEMBER)


def sign_all(cast, slot, cards, certificate, secret, *, by):
    run = actions.start_signing_run(report_cards=cards, slot=slot, certificate=certificate, by=by)
    with opened_signer(certificate, secret) as signer:
        actions.sign_next_cards(run=run, signer=signer, by=by)
    assert not list(run.tasks.exclude(refusal="").values_list("refusal", flat=True))


@pytest.fixture
def issued_class(large_class, certificates, seal_on_token):
    cast = large_class
    if not remembered(
        ("35 issued", cast.school_class.pk, seal_on_token.fingerprint),
        lambda: issue_all(cast, freeze(cast, pupils_of(cast)), certificates, seal_on_token),
        ISSUED_TABLES,
    ):
        put_back_files()
    keep_files()
    return list(ReportCard.objects.in_roll_order())


def issue_all(cast, cards, certificates, seal):
    sign_all(cast, SlotKey.HOMEROOM, cards, certificates.ngoc, PASSPHRASE, by=cast.ngoc)
    sign_all(cast, SlotKey.LEADER, cards, certificates.hanh, PASSPHRASE, by=cast.hanh)
    sign_all(cast, SlotKey.SEAL, cards, seal, PIN, by=cast.van)


def sealed_xml(card):
    return card.signatures.get(slot=SlotKey.SEAL).document.encode()


def verified_offline(tmp_path, content, authority):
    card, trust = tmp_path / "card.xml", tmp_path / "trust-for-all.pem"
    card.write_bytes(content)
    trust.write_bytes(pem(*authority.certificates))
    command = [sys.executable, "-m", "reportcards.verify", card, "--trust", trust]
    return subprocess.run(
        [*command, "--at", "2027-06-10T08:00:00+07:00"],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )


def test_the_whole_class_is_issued(issued_class):
    assert [card.state for card in issued_class] == [CardState.ISSUED] * PUPILS
    assert len({card.uuid for card in issued_class}) == PUPILS


def test_xmlsec_believes_every_signature(issued_class, demo_authority, tmp_path):
    profile = get_profile("v1.0")
    for card in issued_class[:3]:
        path = tmp_path / f"{card.uuid}.xml"
        path.write_bytes(sealed_xml(card))
        assert all(
            verifies(path, slot, demo_authority, uuid=str(card.uuid)) for slot in profile.slots
        )


def test_pdfsig_believes_every_signature(issued_class, tmp_path):
    for card in issued_class[:2] + issued_class[-1:]:
        pdf = content_of(newest_file(card, FileKind.PDF))
        assert pdfsig_of(tmp_path, pdf) == dict.fromkeys(SlotKey.values, VALID)


def test_qpdf_finds_nothing_wrong(issued_class, tmp_path):
    path = tmp_path / "card.pdf"
    path.write_bytes(content_of(newest_file(issued_class[0], FileKind.PDF)))
    finished = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, b"")


def test_no_two_pupils_have_the_same_pdf(issued_class):
    digests = {newest_file(card, FileKind.PDF).digest for card in issued_class}
    assert len(digests) == PUPILS


def test_the_offline_command_believes_a_card(issued_class, demo_authority, tmp_path):
    finished = verified_offline(tmp_path, sealed_xml(issued_class[0]), demo_authority)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "CHỨNG THƯ THỬ NGHIỆM" in finished.stdout


def test_the_offline_command_finds_a_changed_level(issued_class, demo_authority, tmp_path):
    changed = sealed_xml(issued_class[0]).replace(
        b"<MUC_DAT_DUOC>T</MUC_DAT_DUOC>", b"<MUC_DAT_DUOC>H</MUC_DAT_DUOC>", 1
    )
    assert verified_offline(tmp_path, changed, demo_authority).returncode == 1


def test_one_card_is_withdrawn_and_replaced_while_its_neighbours_stay_locked(
    issued_class, large_class, certificates, seal_on_token
):
    cast, old = large_class, ReportCard.objects.get(enrollment=large_class.anh)

    withdraw(cast, old)
    correct_maths(cast)
    [new] = actions.create_report_cards(
        enrollments=[row for row in pupils_of(cast) if row == cast.anh],
        plan=Plan(cast.hanh, ISSUED_ON),
        by=cast.van,
    )
    issue_all(cast, [new], certificates, seal_on_token)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (CardState.SUPERSEDED, CardState.ISSUED)
    assert new.supersedes == old
    assert new.uuid != old.uuid
    assert level_in_maths(old) == "T"
    assert level_in_maths(new) == "H"
    assert ReportCard.objects.filter(state=CardState.ISSUED).count() == PUPILS
    for neighbour in PeriodRecord.objects.exclude(enrollment=cast.anh):
        with pytest.raises(CardInForce):
            assessing.reopen_record(record=neighbour, reason="Thử sửa", by=cast.hanh)


def test_no_result_behind_a_class_of_issued_cards_changes(issued_class):
    for result in SubjectResult.objects.all()[:20]:
        for column in ("level", "comment", "locked_at"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE assessments_subjectresult SET {column} = NULL WHERE id = %s",
                    [result.pk],
                )


def withdraw(cast, card):
    request = actions.request_withdrawal(
        report_card=card, cause=WithdrawalCause.MISTAKE, reason="Ghi nhầm mức Toán", by=cast.hanh
    )
    actions.decide_withdrawal(
        request=request, decision=Decision(True, "45/SGDĐT-TH", ISSUED_ON), by=cast.van
    )


def correct_maths(cast):
    record = PeriodRecord.objects.get(enrollment=cast.anh, class_period__period=Period.END_YEAR)
    assessing.reopen_record(record=record, reason="Học bạ đã thu hồi", by=cast.hanh)
    assessing.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_YEAR,
        subject_code="toan",
        rows=[RowEdit(cast.anh.pk, {"level": Edit("T", "H")})],
        by=cast.ngoc,
    )
    assessing.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)
    assessing.submit_record(record=record, by=cast.ngoc)
    assessing.sign_off_record(record=record, by=cast.hanh)


def level_in_maths(card):
    return next(entry["level"] for entry in card.payload["subjects"] if entry["code"] == "toan")
