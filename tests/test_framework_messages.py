"""What Django itself says to people is Vietnamese too, in the words of this house."""

import subprocess

import pytest
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.factories import make_user
from tests.hocba.rendering import parse
from tests.source import ROOT
from tests.vietnamese import is_vietnamese

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
PASSWORD = "trâu cày ruộng sâu"


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


class Entry(forms.Form):
    name = forms.CharField(min_length=3, max_length=5, required=False)
    day = forms.DateField(required=False)
    moment = forms.DateTimeField(required=False)
    time = forms.TimeField(required=False)
    count = forms.IntegerField(min_value=1, max_value=10, required=False)
    share = forms.DecimalField(max_digits=3, decimal_places=1, required=False)
    choice = forms.ChoiceField(choices=[("a", "A")], required=False)
    address = forms.EmailField(required=False)
    file = forms.FileField(max_length=10, required=False)


LineSet = forms.formset_factory(
    Entry, min_num=2, max_num=2, validate_min=True, validate_max=True, absolute_max=9
)


def sentence_for(field: str, typed: str) -> str:
    [sentence] = Entry({field: typed}).errors[field]
    return sentence


def page_of(client: Client, name: str, **typed: str) -> str:
    """What a page says after these values were sent to it."""
    response = client.post(reverse(name), typed)
    assert response.status_code == 200
    return parse(response.content.decode()).text


@pytest.fixture
def client_of_hoa(db: None) -> Client:
    user = make_user("hoa", "Phạm Thị Hòa")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_the_catalogue_compiles():
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file", "-", CATALOGUE], capture_output=True
    )
    assert checked.returncode == 0, checked.stderr.decode()


@pytest.mark.parametrize("field_class", [forms.CharField, forms.DateField, forms.ModelChoiceField])
def test_what_is_required_says_so(field_class):
    options = {"queryset": None} if field_class is forms.ModelChoiceField else {}
    with pytest.raises(ValidationError, match="Mục này không được để trống"):
        field_class(**options).clean("")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "An", "Hãy ghi ít nhất 3 ký tự; đang có 2."),
        ("name", "H'Hen Niê", "Dài tối đa 5 ký tự; đang có 9."),
        ("name", "An\0An", "Có ký tự không nhận được; hãy gõ lại."),
        ("day", "31/02/2027", "Hãy ghi ngày/tháng/năm, ví dụ 05/09/2017."),
        ("moment", "mai", "Hãy ghi ngày và giờ, ví dụ 05/09/2017 16:05."),
        ("time", "trưa", "Hãy ghi giờ:phút, ví dụ 16:05."),
        ("count", "mười", "Hãy ghi một số nguyên."),
        ("count", "11", "Giá trị lớn nhất là 10."),
        ("count", "0", "Giá trị nhỏ nhất là 1."),
        ("share", "nửa", "Hãy ghi một số."),
        ("share", "1.25", "Có nhiều nhất 1 chữ số sau dấu phẩy."),
        ("choice", "b", "“b” không có trong các lựa chọn; hãy chọn lại."),
        ("address", "hoa", "Hãy ghi một địa chỉ thư điện tử hợp lệ."),
    ],
)
def test_what_was_typed_wrongly_is_said_in_a_sentence(field, typed, sentence):
    assert sentence_for(field, typed) == sentence


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "Tệp này trống."),
        ("danh-sach.xlsx", b"x", "Tên tệp dài tối đa 10 ký tự; đang có 14."),
    ],
)
def test_a_file_that_is_not_taken_says_why(name, content, sentence):
    form = Entry({}, {"file": SimpleUploadedFile(name, content)})
    assert form.errors["file"] == [sentence]


def test_a_broken_set_of_forms_asks_to_load_the_page_again():
    [sentence] = forms.formset_factory(Entry)({}).non_form_errors()
    assert sentence.endswith("hãy tải lại trang rồi làm lại.")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [(1, "Hãy gửi ít nhất 2 dòng."), (3, "Chỉ gửi nhiều nhất 2 dòng.")],
)
def test_too_few_or_too_many_lines_are_counted(lines, sentence):
    data = {"form-TOTAL_FORMS": lines, "form-INITIAL_FORMS": 0}
    data |= {f"form-{number}-name": "Anh" for number in range(lines)}
    assert LineSet(data).non_form_errors() == [sentence]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngắn", "Mật khẩu quá ngắn; phải có ít nhất 10 ký tự."),
        ("1234567890", "Mật khẩu này nhiều người dùng nên dễ bị đoán."),
        ("phamthihoa4a", "Mật khẩu quá giống với tên đăng nhập."),
    ],
)
def test_a_weak_password_says_why(password, sentence):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, User(username="phamthihoa", full_name="Phạm Thị Hòa"))
    assert refusal.value.messages == [sentence]


def test_what_a_password_needs_is_vietnamese():
    texts = password_validators_help_texts()
    assert texts
    assert all(map(is_vietnamese, texts))


@pytest.mark.django_db
def test_a_wrong_password_at_the_log_in(client):
    text = page_of(client, "login", username="hoa", password="nhầm")
    assert "Hãy ghi đúng tên đăng nhập và mật khẩu." in text


def test_the_old_password_and_the_repetition_are_checked(client_of_hoa):
    text = page_of(
        client_of_hoa,
        "password_change",
        old_password="nhầm",
        new_password1="mười hai con giáp",
        new_password2="mười hai bến nước",
    )
    assert "Mật khẩu cũ không đúng; hãy ghi lại." in text
    assert "Hai lần ghi mật khẩu mới không giống nhau." in text
