"""A class from its signed year to its issued cards, attacked, and one of them replaced.

Ms Ngọc and Ms Hạnh sign with PKCS#12 files, the school's seal lies on a token.
"""

import subprocess
import sys

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
from reportcards.models import KeyPlace, ReportCard, SlotKey, WithdrawalCause
from reportcards.profiles import get_profile
from reportcards.server_keys import opened_signer
from reportcards.signing.demo_authority import issue_for_school
from reportcards.workflow import CardState
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.cast import IN_MAY
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.digital_cards import (
    IN_JUNE,
    ISSUED_ON,
    PASSPHRASE,
    freeze,
    pupils_of,
    register,
)
from tests.reportcards.tokens import MODULE, PIN
from tests.reportcards.xmlsec import verifies

PUPILS = 35


@pytest.fixture
def large_class(cast):
    """4A with 35 pupils, signed off in May; it is June now."""
    for number in range(PUPILS - 3):
        student = factories.make_student(f"Nguyễn Hoàng Bảo {chr(65 + number % 26)}{number}")
        factories.enroll(student, cast.school_class)
    with time_machine.travel(IN_MAY, tick=False) as clock:
        states.signed_off(cast, Period.END_YEAR)
        clock.move_to(IN_JUNE)
        yield cast


@pytest.fixture
def seal_on_token(cast, certificates, demo_authority, token, settings):
    """The school's other certificate, whose key never leaves its token."""
    issued = issue_for_school(
        demo_authority, cast.school.name, cast.school.ministry_code, at=IN_SEPTEMBER
    )
    token.hold(issued, "seal", b"\x01")
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = MODULE, token.label
    return register(cast, None, issued, demo_authority, key_place=KeyPlace.PKCS11, key_label="seal")


def sign_all(cast, slot, cards, certificate, secret, *, by):
    run = actions.start_signing_run(report_cards=cards, slot=slot, certificate=certificate, by=by)
    with opened_signer(certificate, secret) as signer:
        actions.sign_next_cards(run=run, signer=signer, by=by)
    assert not list(run.tasks.exclude(refusal="").values_list("refusal", flat=True))


@pytest.fixture
def issued_class(large_class, certificates, seal_on_token):
    cast = large_class
    cards = freeze(cast, pupils_of(cast))
    sign_all(cast, SlotKey.HOMEROOM, cards, certificates.ngoc, PASSPHRASE, by=cast.ngoc)
    sign_all(cast, SlotKey.LEADER, cards, certificates.hanh, PASSPHRASE, by=cast.hanh)
    sign_all(cast, SlotKey.SEAL, cards, seal_on_token, PIN, by=cast.van)
    return list(ReportCard.objects.in_roll_order())


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
    sign_all(cast, SlotKey.HOMEROOM, [new], certificates.ngoc, PASSPHRASE, by=cast.ngoc)
    sign_all(cast, SlotKey.LEADER, [new], certificates.hanh, PASSPHRASE, by=cast.hanh)
    sign_all(cast, SlotKey.SEAL, [new], seal_on_token, PIN, by=cast.van)

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
