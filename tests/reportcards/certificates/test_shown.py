"""One certificate as the pages show it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from reportcards.actions.certificates import (
    end_certificate,
    record_certificate_approval,
    register_token_certificate,
)
from reportcards.certificates.expiry import certificates_ending_soon, ends_soon, expiry_sentence
from reportcards.certificates.page import own_certificates, show
from reportcards.certificates.ways import WAYS, open_ways
from reportcards.models import KeyPlace, SigningCertificate
from tests.cast import NOW
from tests.reportcards.certificates.holders import (
    DAY,
    as_der,
    of_person,
    of_person_until,
    registered_file,
    registered_remotely,
    registered_seal,
)

pytestmark = pytest.mark.usefixtures("trusted_demo")


def shown(row):
    return show(row, timezone.now())


def approved(cast, row):
    return record_certificate_approval(
        certificate=row,
        approved_on=datetime.date(2026, 12, 20),
        reference="123/SGDĐT",
        by=cast.van,
    )


def value(rows, term):
    return next(row["value"] for row in rows if row["term"] == term)


def lasting(cast, authority, days, name="ngoc"):
    staff = getattr(cast, name)
    issued = of_person_until(authority, staff, until=NOW + days * DAY)
    return registered_remotely(cast, authority, name, issued=issued)


class TestStatus:
    def test_of_a_certificate_that_signs(self, cast, demo_authority):
        one = shown(registered_file(cast, demo_authority))
        assert (one.status, one.reasons, one.warning) == ("usable", (), "")

    def test_of_one_that_ends_within_a_month(self, cast, demo_authority):
        one = shown(lasting(cast, demo_authority, 20))
        assert (one.status, one.reasons) == ("expiring", ())
        assert "25/01/2027" in one.warning

    def test_of_one_that_is_refused(self, cast, demo_authority, settings):
        row = registered_file(cast, demo_authority)
        settings.IS_PRODUCTION = True
        one = shown(row)
        assert one.status == "unusable"
        assert len(one.reasons) == 1
        assert one.warning == ""

    def test_of_one_that_ends_soon_and_is_refused(self, cast, demo_authority, settings):
        row = lasting(cast, demo_authority, 20)
        settings.IS_PRODUCTION = True
        assert shown(row).status == "unusable"

    def test_of_a_seal_that_waits_for_the_department(self, cast, demo_authority):
        one = shown(registered_seal(cast, demo_authority))
        assert one.status == "unapproved"
        assert "Sở chưa phê duyệt" in one.reasons[0]

    def test_of_a_seal_that_has_expired_while_it_waited(self, cast, demo_authority):
        row = registered_seal(cast, demo_authority)
        with time_machine.travel(row.valid_until + DAY, tick=False):
            assert shown(row).status == "unusable"

    def test_of_an_approved_seal(self, cast, demo_authority):
        assert shown(approved(cast, registered_seal(cast, demo_authority))).status == "usable"

    def test_of_one_that_has_ended_nothing_is_asked_any_more(
        self, cast, demo_authority, django_assert_num_queries
    ):
        row = end_certificate(certificate=registered_file(cast, demo_authority), by=cast.ngoc)
        with django_assert_num_queries(0):
            one = shown(row)
        assert (one.status, one.reasons) == ("ended", ())


class TestWords:
    def test_a_tokens_key_is_named_by_its_label(self, cast, demo_authority):
        row = register_token_certificate(
            certificate=as_der(of_person(demo_authority, cast.ngoc)),
            key_label="NGOC",
            owner=cast.ngoc,
            by=cast.ngoc,
        )
        assert shown(row).key_place == "USB token hoặc HSM, khóa “NGOC”"

    def test_a_file_has_no_label(self, cast, demo_authority):
        assert shown(registered_file(cast, demo_authority)).key_place == "tệp PKCS#12 (.p12, .pfx)"

    def test_its_name_is_its_holders(self, cast, demo_authority):
        assert shown(registered_file(cast, demo_authority)).name == "Trần Thị Ngọc"
        assert shown(registered_seal(cast, demo_authority)).name == "Trường Tiểu học Kim Đồng"

    def test_only_a_seal_tells_of_its_approval(self, cast, demo_authority):
        seal = registered_seal(cast, demo_authority)
        assert value(shown(seal).summary, "Sở phê duyệt") == "chưa ghi nhận"
        seal = approved(cast, seal)
        assert value(shown(seal).summary, "Sở phê duyệt") == "ngày 20/12/2026, 123/SGDĐT"
        person = shown(registered_file(cast, demo_authority))
        assert "Sở phê duyệt" not in [row["term"] for row in person.summary]

    def test_the_end_is_told_with_who_and_when(self, cast, demo_authority):
        row = end_certificate(certificate=registered_file(cast, demo_authority), by=cast.van)
        assert value(shown(row).particulars, "Ngừng dùng") == "20:30 05/01/2027, Hồ Thị Vân"

    def test_while_it_is_used_no_end_is_told(self, cast, demo_authority):
        row = registered_file(cast, demo_authority)
        assert "Ngừng dùng" not in [each["term"] for each in shown(row).particulars]

    def test_dates_are_those_of_vietnam(self, cast, demo_authority):
        """Valid until 17:30 UTC is until half past midnight here."""
        until = datetime.datetime(2027, 3, 31, 17, 30, tzinfo=datetime.UTC)
        issued = of_person_until(demo_authority, cast.ngoc, until=until)
        row = registered_remotely(cast, demo_authority, issued=issued)
        assert shown(row).validity == "từ 01/09/2026 đến 01/04/2027"


class TestOrder:
    def test_those_in_use_come_first_and_the_newest_of_them(self, cast, demo_authority):
        first = registered_remotely(cast, demo_authority)
        ended = registered_remotely(cast, demo_authority)
        end_certificate(certificate=ended, by=cast.ngoc)
        last = registered_remotely(cast, demo_authority)
        assert [one.row for one in own_certificates(cast.ngoc)] == [last, first, ended]


class TestEndsSoon:
    @pytest.mark.parametrize(
        ("days", "expected"), [(31, False), (30, True), (1, True), (0, True), (-1, False)]
    )
    def test_within_thirty_days_and_not_after(self, days, expected):
        row = SigningCertificate(valid_until=NOW + days * DAY)
        assert ends_soon(row, NOW) is expected

    def test_the_last_of_several_counts(self, cast, demo_authority):
        lasting(cast, demo_authority, 10)
        assert len(certificates_ending_soon(cast.ngoc)) == 1
        lasting(cast, demo_authority, 20)
        [row] = certificates_ending_soon(cast.ngoc)
        assert row.valid_until == NOW + 20 * DAY
        lasting(cast, demo_authority, 200)
        assert certificates_ending_soon(cast.ngoc) == []

    def test_a_colleague_hears_nothing_of_it(self, cast, demo_authority):
        lasting(cast, demo_authority, 10)
        for name in ("binh", "hanh", "van"):
            assert certificates_ending_soon(getattr(cast, name)) == []

    def test_the_clerk_hears_of_the_seals_and_of_her_own(self, cast, demo_authority):
        seal = registered_seal(cast, demo_authority)
        with time_machine.travel(seal.valid_until - 5 * DAY, tick=False):
            assert certificates_ending_soon(cast.van) == [seal]
            assert certificates_ending_soon(cast.hanh) == []

    def test_the_sentence_says_what_to_do(self, cast, demo_authority):
        seal = registered_seal(cast, demo_authority)
        assert "xin Sở phê duyệt" in expiry_sentence(seal)
        person = registered_file(cast, demo_authority)
        assert "xin Sở phê duyệt" not in expiry_sentence(person)
        assert "đăng ký trước ngày ấy" in expiry_sentence(person)


class TestWays:
    def test_each_place_of_a_key_has_its_way(self):
        assert set(WAYS) == set(KeyPlace.values)

    def test_a_token_needs_its_makers_library(self, settings):
        settings.PKCS11_MODULE = ""
        assert [way.key_place for way in open_ways()] == [KeyPlace.PKCS12, KeyPlace.REMOTE]
        settings.PKCS11_MODULE = "/usr/lib/token.so"
        assert len(open_ways()) == 3
