"""Whether a certificate is of whoever is to sign with it."""

import unicodedata

import pytest
from cryptography import x509

from reportcards.signing.holders import Holder, Organisation, Person, holder_refusals
from reportcards.signing.refusals import Refusal
from tests.reportcards.authorities import People
from tests.reportcards.signing.certificates import self_signed, subject

NGOC = Person("Trần Thị Ngọc", "066185000022")
KIM_DONG = Organisation("Trường Tiểu học Kim Đồng", codes=("66000001",))


def refusals(certificate: x509.Certificate, holder: Holder) -> list[Refusal]:
    return list(holder_refusals(certificate, holder))


def codes(certificate: x509.Certificate, holder: Holder) -> list[str]:
    return [refusal.code for refusal in refusals(certificate, holder)]


def named(**attributes: str) -> x509.Certificate:
    return self_signed(name=subject(**attributes))


def test_a_person_is_known_by_her_personal_id(people: People):
    assert not refusals(people.ngoc.certificate, NGOC)


def test_the_name_of_a_person_may_be_written_otherwise():
    certificate = named(COMMON_NAME="TRAN THI NGOC", USER_ID="CCCD:066185000022")
    assert not refusals(certificate, NGOC)


def test_refuses_a_certificate_of_another_person(people: People):
    [refusal] = refusals(people.hanh.certificate, NGOC)
    assert refusal.code == "wrong_person"
    assert refusal.params == {"certified": "Nguyễn Thị Hạnh", "person": "Trần Thị Ngọc"}


def test_the_same_name_with_another_number_is_another_person():
    certificate = named(COMMON_NAME="Trần Thị Ngọc", USER_ID="CCCD:066185000023")
    assert codes(certificate, NGOC) == ["wrong_person"]


def test_refuses_a_certificate_that_does_not_tell_whose_it_is():
    certificate = named(COMMON_NAME="Trần Thị Ngọc", USER_ID="CMND:024012345")
    assert codes(certificate, NGOC) == ["no_personal_id"]


def test_the_schools_seal_does_not_sign_for_a_person(people: People):
    assert codes(people.seal.certificate, NGOC) == ["no_personal_id"]


def test_a_school_is_known_by_its_name(people: People):
    assert not refusals(people.seal.certificate, Organisation("Trường Tiểu học Kim Đồng"))


@pytest.mark.parametrize(
    "name",
    [
        "TRƯỜNG TIỂU HỌC KIM ĐỒNG",
        "Trường  Tiểu học Kim Đồng.",
        "Trường Tiểu học “Kim Đồng”",
        unicodedata.normalize("NFD", "Trường Tiểu học Kim Đồng"),
    ],
)
def test_case_marks_and_spelling_of_letters_do_not_matter(name: str):
    assert not refusals(named(COMMON_NAME=name), Organisation("Trường Tiểu học Kim Đồng"))


@pytest.mark.parametrize("code", ["66000001", "MST:66000001", "66000001-Dak Lak"])
def test_a_school_is_known_by_its_code_too(code: str):
    assert not refusals(named(COMMON_NAME="TH KIM DONG", USER_ID=code), KIM_DONG)


def test_a_school_is_known_by_the_name_that_the_department_approved():
    school = Organisation(
        "Trường Tiểu học Kim Đồng", other_names=("Trường TH Kim Đồng - Phường Buôn Hồ",)
    )
    assert not refusals(named(COMMON_NAME="TRƯỜNG TH KIM ĐỒNG, PHƯỜNG BUÔN HỒ"), school)


def test_refuses_a_certificate_of_another_school():
    certificate = named(COMMON_NAME="Trường Tiểu học Lê Lợi", USER_ID="66000002")
    [refusal] = refusals(certificate, KIM_DONG)
    assert refusal.code == "wrong_organisation"
    assert refusal.params == {
        "certified": "Trường Tiểu học Lê Lợi",
        "school": "Trường Tiểu học Kim Đồng",
    }


@pytest.mark.parametrize("name", ["Trường Tiểu học Kim Đồng 2", "Tiểu học Kim Đồng", ""])
def test_a_name_that_is_only_like_it_is_another_school(name: str):
    attributes = {"COMMON_NAME": name} if name else {"COUNTRY_NAME": "VN"}
    assert codes(named(**attributes), KIM_DONG) == ["wrong_organisation"]


def test_a_code_inside_another_number_does_not_tell():
    certificate = named(COMMON_NAME="Trường khác", USER_ID="9660000019")
    assert codes(certificate, KIM_DONG) == ["wrong_organisation"]


def test_a_person_of_the_school_does_not_seal(people: People):
    """Her certificate names the school as her organisation."""
    assert codes(people.hanh.certificate, KIM_DONG) == ["wrong_organisation"]


def test_a_person_who_is_called_like_the_school_does_not_seal():
    certificate = named(COMMON_NAME="Trường Tiểu học Kim Đồng", USER_ID="CCCD:066175000011")
    assert codes(certificate, KIM_DONG) == ["wrong_organisation"]
