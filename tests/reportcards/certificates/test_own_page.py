"""Chứng thư số của tôi: what she has, what is wrong with it today, and how one is added."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reportcards.actions.certificates import end_certificate
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.models import KeyPlace, SigningCertificate, StoredKey
from reportcards.signing.demo_authority import as_pkcs12
from tests.cast import NOW
from tests.pages import client_of
from tests.reportcards.certificates.holders import (
    DAY,
    as_der,
    crl_of,
    of_person,
    of_person_until,
    registered_file,
    registered_remotely,
)
from tests.reportcards.digital_cards import PASSPHRASE

pytestmark = pytest.mark.usefixtures("trusted_demo")

MINE = reverse("my_certificates")


def read(cast, role="ngoc", url=MINE):
    response = client_of(cast, role).get(url)
    assert response.status_code == 200
    return response.content.decode()


def new_url(key_place):
    return reverse("new_certificate", args=[key_place])


def upload(cast, key_place, role="ngoc", follow=True, **fields):
    return client_of(cast, role).post(new_url(key_place), fields, follow=follow)


def key_file(demo_authority, issued, name="khoa.p12"):
    return SimpleUploadedFile(name, as_pkcs12(issued, demo_authority, PASSPHRASE))


def test_whoever_has_none_is_told_how_to_get_there(cast):
    page = read(cast)
    assert "Chưa có chứng thư nào" in page
    assert new_url("pkcs12") in page
    assert new_url("remote") in page


def test_a_token_is_offered_where_the_server_has_its_library(cast, settings):
    settings.PKCS11_MODULE = ""
    assert new_url("pkcs11") not in read(cast)
    settings.PKCS11_MODULE = "/usr/lib/token.so"
    assert new_url("pkcs11") in read(cast)


def test_shows_whose_it_is_until_when_and_that_it_can_be_used(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    page = read(cast)
    assert "Trần Thị Ngọc" in page
    assert "từ 01/09/2026 đến 31/08/2029" in page
    assert "tệp PKCS#12" in page
    assert "Dùng được" in page
    assert reverse("certificate", args=[row.pk]) in page


def test_a_test_certificate_says_so_in_large_letters(cast, demo_authority):
    registered_file(cast, demo_authority)
    assert "demo-mark" in read(cast)


def test_a_colleagues_stands_elsewhere(cast, demo_authority):
    registered_file(cast, demo_authority)
    assert "Chưa có chứng thư nào" in read(cast, "binh")


def test_says_what_is_wrong_today(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    registered_remotely(cast, demo_authority, issued=issued)
    receive_revocation_list(content=crl_of(demo_authority, issued), by=cast.van)
    page = read(cast)
    assert "Không dùng được" in page
    assert "đã bị thu hồi ngày 02/01/2027" in page


def test_says_so_when_nothing_can_be_judged(cast, demo_authority, settings):
    registered_remotely(cast, demo_authority)
    settings.SIGNING_TRUST_FILE = "/nowhere/trust.pem"
    page = read(cast)
    assert "Không dùng được" in page
    assert "SIGNING_TRUST_FILE" in page


@pytest.mark.parametrize(("days", "is_warned"), [(31, False), (30, True), (1, True)])
def test_warns_for_thirty_days_before_it_expires(cast, demo_authority, days, is_warned):
    issued = of_person_until(demo_authority, cast.ngoc, until=NOW + 200 * DAY)
    registered_remotely(cast, demo_authority, issued=issued)
    with time_machine.travel(NOW + (200 - days) * DAY, tick=False):
        page = read(cast)
    assert ("Sắp hết hạn" in page) is is_warned
    assert ("hết hạn ngày 24/07/2027" in page) is is_warned


def test_what_has_expired_is_not_about_to(cast, demo_authority):
    issued = of_person_until(demo_authority, cast.ngoc, until=NOW + DAY)
    registered_remotely(cast, demo_authority, issued=issued)
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        page = read(cast)
    assert "Sắp hết hạn" not in page
    assert "đã hết hạn ngày 06/01/2027" in page


def test_what_has_ended_stands_below_and_is_quiet(cast, demo_authority):
    old = registered_remotely(cast, demo_authority)
    new = registered_remotely(cast, demo_authority)
    end_certificate(certificate=new, by=cast.ngoc)
    page = read(cast)
    assert "Đã ngừng dùng" in page
    urls = [reverse("certificate", args=[row.pk]) for row in (old, new)]
    assert page.index(urls[0]) < page.index(urls[1])
    assert reverse("certificate_end", args=[new.pk]) not in page


def test_the_register_is_a_link_for_its_keepers(cast):
    assert f'href="{reverse("certificate_register")}"' in read(cast, "van")
    assert f'href="{reverse("certificate_register")}"' not in read(cast, "ngoc")


def test_the_number_of_queries_does_not_grow(cast, demo_authority, django_assert_max_num_queries):
    for _number in range(4):
        registered_remotely(cast, demo_authority)
    client = client_of(cast, "ngoc")
    with django_assert_max_num_queries(12):
        client.get(MINE)


# Adding one


def test_a_key_file_is_added_with_its_passphrase(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    response = upload(
        cast, "pkcs12", container=key_file(demo_authority, issued), passphrase=PASSPHRASE
    )
    assert response.redirect_chain == [(MINE, 302)]
    assert "Đã đăng ký chứng thư số, hiệu lực đến 31/08/2029." in response.content.decode()
    assert SigningCertificate.objects.get().staff_member == cast.ngoc
    assert StoredKey.objects.exists()


def test_a_remote_certificate_is_added_by_its_file(cast, demo_authority):
    content = as_der(of_person(demo_authority, cast.ngoc))
    upload(cast, "remote", certificate=SimpleUploadedFile("ngoc.cer", content))
    assert SigningCertificate.objects.get().key_place == KeyPlace.REMOTE


def test_a_tokens_certificate_is_added_with_the_label_of_its_key(cast, demo_authority):
    content = as_der(of_person(demo_authority, cast.ngoc))
    upload(cast, "pkcs11", certificate=SimpleUploadedFile("ngoc.cer", content), key_label=" NGOC ")
    row = SigningCertificate.objects.get()
    assert (row.key_place, row.key_label) == (KeyPlace.PKCS11, "NGOC")


def test_a_way_that_there_is_not_is_found_by_nobody(cast):
    assert client_of(cast, "ngoc").get(new_url("paper")).status_code == 404


def test_a_wrong_passphrase_is_said_and_typed_again(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    response = upload(
        cast, "pkcs12", container=key_file(demo_authority, issued), passphrase="chữ sai 2027"
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "sai mật khẩu của tệp" in page
    assert "chữ sai 2027" not in page
    assert not SigningCertificate.objects.exists()


def test_somebody_elses_file_is_refused_with_a_sentence(cast, demo_authority):
    issued = of_person(demo_authority, cast.binh)
    response = upload(
        cast, "pkcs12", container=key_file(demo_authority, issued), passphrase=PASSPHRASE
    )
    assert response.status_code == 422
    assert "Mỗi người chỉ ký bằng chứng thư của chính mình" in response.content.decode()


def test_what_is_missing_is_named(cast):
    response = upload(cast, "pkcs12", passphrase="")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Hãy chọn tệp .p12 hoặc .pfx." in page
    assert "Hãy gõ mật khẩu của tệp." in page


def test_spaces_around_a_passphrase_belong_to_it(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    container = as_pkcs12(issued, demo_authority, f" {PASSPHRASE} ")
    file = SimpleUploadedFile("khoa.p12", container)
    assert upload(cast, "pkcs12", container=file, passphrase=f" {PASSPHRASE} ").status_code == 200
    assert StoredKey.objects.exists()


def test_a_large_file_is_no_key_file(cast):
    file = SimpleUploadedFile("phim.p12", b"0" * (100 * 1024 + 1))
    response = upload(cast, "pkcs12", container=file, passphrase=PASSPHRASE)
    assert response.status_code == 422
    assert "Hãy chọn lại tệp" in response.content.decode()


def test_the_passphrase_is_hidden_while_it_is_typed(cast):
    page = read(cast, url=new_url("pkcs12"))
    assert 'type="password" name="passphrase"' in page
    assert 'autocomplete="off"' in page


# On the desk


@pytest.fixture
def soon(cast, demo_authority):
    issued = of_person_until(demo_authority, cast.ngoc, until=NOW + 12 * DAY)
    return registered_remotely(cast, demo_authority, issued=issued)


def test_the_desk_warns_too(cast, soon):
    page = read(cast, url=reverse("desk"))
    assert "Chứng thư số của thầy/cô hết hạn ngày 17/01/2027" in page
    assert f'href="{MINE}"' in page


def test_the_desk_is_quiet_once_there_is_another(cast, demo_authority, soon):
    registered_remotely(cast, demo_authority)
    assert "hết hạn ngày 17/01/2027" not in read(cast, url=reverse("desk"))


def test_the_desk_is_quiet_about_what_ends_later_or_has_ended(cast, demo_authority, soon):
    end_certificate(certificate=soon, by=cast.ngoc)
    registered_remotely(cast, demo_authority, "binh")
    for role in ("ngoc", "binh", "suong"):
        assert "Xem và đăng ký chứng thư mới" not in read(cast, role, reverse("desk"))


def test_a_day_has_a_year_even_when_it_is_near(cast, soon):
    assert datetime.date(2027, 1, 17) == soon.valid_until.date()
