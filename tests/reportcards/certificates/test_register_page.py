"""The school's register, one certificate, approvals, ends and revocation lists on pages."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reportcards.actions.certificates import record_certificate_approval
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.models import RevocationList, SigningCertificate, StoredKey
from reportcards.signing.demo_authority import as_pkcs12
from tests.cast import NOW
from tests.pages import client_of
from tests.reportcards.certificates.holders import (
    DAY,
    crl_of,
    of_person_until,
    of_school,
    registered_file,
    registered_remotely,
    registered_seal,
)
from tests.reportcards.digital_cards import PASSPHRASE

pytestmark = pytest.mark.usefixtures("trusted_demo")

REGISTER = reverse("certificate_register")
NEW_LIST = reverse("new_revocation_list")


def read(cast, role="van", url=REGISTER):
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return response.content.decode()


def post(cast, url, role="van", **fields):
    return client_of(cast, role).post(url, fields, follow=True)


def url_of(name, row):
    return reverse(name, args=[row.pk])


def test_an_empty_register_says_what_is_missing(cast):
    page = read(cast)
    assert "Chưa có chứng thư của trường" in page
    assert "Chưa ai đăng ký chứng thư số." in page


def test_names_the_signers_who_have_nothing_to_sign_with(cast, demo_authority):
    registered_file(cast, demo_authority, "phuc")
    page = read(cast)
    lacking = page.split("Chưa có chứng thư dùng được")[1].split("</ul>")[0]
    assert "Nguyễn Thị Hạnh" in lacking
    assert "Trần Thị Ngọc" in lacking
    assert "Đỗ Văn Phúc" not in lacking
    assert "Y Bình Êban" not in lacking


def test_an_expired_certificate_is_nothing_to_sign_with(cast, demo_authority):
    issued = of_person_until(demo_authority, cast.ngoc, until=NOW + DAY)
    registered_remotely(cast, demo_authority, issued=issued)
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        page = read(cast)
    assert "Trần Thị Ngọc" in page.split("Chưa có chứng thư dùng được")[1].split("</ul>")[0]


def test_lists_everybodys_certificates_by_name(cast, demo_authority):
    rows = [registered_file(cast, demo_authority, name) for name in ("ngoc", "hanh", "binh")]
    page = read(cast)
    people = page.split('class="register-list"')[1]
    places = [people.index(url_of("certificate", rows[number])) for number in (2, 1, 0)]
    assert places == sorted(places)


def test_shows_nothing_of_another_school(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    assert url_of("certificate", row) not in read(cast, "quang")


def test_only_the_clerk_is_offered_to_register_the_seal(cast):
    url = reverse("new_seal_certificate", args=["pkcs12"])
    assert url in read(cast, "van")
    assert url not in read(cast, "hanh")


def test_the_seal_waits_for_the_department(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    page = read(cast)
    assert "Chờ Sở phê duyệt" in page
    assert "Sở chưa phê duyệt chứng thư này" in page
    assert url_of("certificate_approval", row) in page


def test_the_clerk_adds_the_seal_by_its_file(cast, demo_authority):
    container = as_pkcs12(of_school(demo_authority, cast.school), demo_authority, PASSPHRASE)
    response = post(
        cast,
        reverse("new_seal_certificate", args=["pkcs12"]),
        container=SimpleUploadedFile("dau.p12", container),
        passphrase=PASSPHRASE,
    )
    assert response.redirect_chain == [(REGISTER, 302)]
    assert SigningCertificate.objects.get().is_seal
    assert StoredKey.objects.exists()


def test_the_approval_is_recorded_from_the_departments_letter(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    url = url_of("certificate_approval", row)
    assert row.serial_number in read(cast, url=url)
    response = post(cast, url, approved_on="2026-12-20", reference="123/SGDĐT-GDTH")
    page = response.content.decode()
    assert "Đã ghi phê duyệt của Sở." in page
    assert "ngày 20/12/2026, 123/SGDĐT-GDTH" in page
    assert "Dùng được" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"approved_on": "2026-12-20", "reference": ""}, "Hãy ghi văn bản phê duyệt."),
        ({"approved_on": "", "reference": "123"}, "Hãy ghi ngày phê duyệt."),
        ({"approved_on": "2027-01-06", "reference": "123"}, "không thể sau hôm nay"),
    ],
)
def test_an_approval_that_is_not_whole_is_refused(cast, demo_authority, fields, sentence):
    row = registered_seal(cast, demo_authority)
    response = post(cast, url_of("certificate_approval", row), **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not SigningCertificate.objects.get().is_approved


def test_a_recorded_approval_is_shown_for_correction(cast, demo_authority):
    row = record_certificate_approval(
        certificate=registered_seal(cast, demo_authority),
        approved_on=datetime.date(2026, 12, 20),
        reference="12/SGDĐT",
        by=cast.van,
    )
    page = read(cast, url=url_of("certificate_approval", row))
    assert 'value="2026-12-20"' in page
    assert 'value="12/SGDĐT"' in page


def test_one_certificate_shows_everything_that_a_letter_may_name(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    page = read(cast, "ngoc", url_of("certificate", row))
    for text in (row.serial_number, row.fingerprint, row.personal_id, "ECDSA-secp256r1"):
        assert text in page
    assert "CHỨNG THƯ THỬ NGHIỆM" in page
    assert "20:30 05/01/2027, Trần Thị Ngọc" in page


def test_a_colleagues_certificate_is_seen_by_nobody_but_the_registers_keepers(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    answers = {
        role: client_of(cast, role).get(url_of("certificate", row)).status_code
        for role in ("ngoc", "van", "hanh", "phuc", "binh", "tam", "kien", "quang")
    }
    assert answers == {
        **dict.fromkeys(("ngoc", "van", "hanh", "phuc"), 200),
        **dict.fromkeys(("binh", "tam", "kien"), 403),
        "quang": 404,
    }


def test_ending_asks_first_and_says_what_follows(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    url = url_of("certificate_end", row)
    assert "tệp khóa đã cất giữ bị xóa hẳn" in read(cast, "ngoc", url)
    assert StoredKey.objects.exists()
    response = post(cast, url, "ngoc")
    assert response.redirect_chain == [(reverse("my_certificates"), 302)]
    assert not StoredKey.objects.exists()


def test_ending_twice_is_told(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    post(cast, url_of("certificate_end", row))
    response = post(cast, url_of("certificate_end", row))
    assert response.status_code == 422
    assert "đã ngừng dùng" in response.content.decode()


def test_each_issuer_in_use_has_its_list_with_its_age(cast, demo_authority):
    registered_file(cast, demo_authority)
    assert "Chưa có" in lists(read(cast))
    receive_revocation_list(content=crl_of(demo_authority, at=NOW - 3 * DAY), by=cast.van)
    text = lists(read(cast))
    assert "3 ngày trước" in text
    assert "Còn mới" in text
    with time_machine.travel(NOW + 40 * DAY, tick=False):
        assert "Quá hạn" in lists(read(cast))


def lists(page):
    return page.split('id="lists-title"')[1].split("</ul>")[0]


def test_a_list_of_today_says_so(cast, demo_authority):
    registered_file(cast, demo_authority)
    receive_revocation_list(content=crl_of(demo_authority, at=NOW), by=cast.van)
    assert "hôm nay" in lists(read(cast))


def test_a_revocation_list_is_brought_by_its_file(cast, demo_authority):
    file = SimpleUploadedFile("demo.crl", crl_of(demo_authority))
    response = post(cast, NEW_LIST, "hanh", content=file)
    assert response.redirect_chain == [(REGISTER, 302)]
    assert "Đã nhận danh sách thu hồi lập ngày 04/01/2027." in response.content.decode()
    assert RevocationList.objects.exists()


def test_a_wrong_file_is_refused_with_a_sentence(cast):
    response = post(cast, NEW_LIST, content=SimpleUploadedFile("demo.crl", b"no list"))
    assert response.status_code == 422
    assert "không phải danh sách thu hồi đọc được" in response.content.decode()


def test_the_desk_tells_the_clerk_when_the_seal_ends_soon(cast, demo_authority):
    registered_seal(cast, demo_authority)
    with time_machine.travel(SigningCertificate.objects.get().valid_until - 9 * DAY, tick=False):
        page = read(cast, "van", reverse("desk"))
    assert "Chứng thư của dấu trường hết hạn ngày" in page


def test_the_number_of_queries_does_not_grow_with_the_certificates(
    cast, demo_authority, django_assert_max_num_queries
):
    receive_revocation_list(content=crl_of(demo_authority), by=cast.van)
    client = client_of(cast, "van")
    for _number in range(2):
        for name in ("hanh", "phuc", "ngoc", "binh", "suong", "tam", "kien"):
            registered_remotely(cast, demo_authority, name)
    with django_assert_max_num_queries(20):
        client.get(REGISTER)
