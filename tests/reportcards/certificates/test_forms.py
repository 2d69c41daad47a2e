import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reportcards.certificates.forms import (
    LARGEST_CERTIFICATE,
    LARGEST_REVOCATION_LIST,
    ApprovalForm,
    KeyFileForm,
    RemoteCertificateForm,
    RevocationListForm,
    TokenCertificateForm,
)


def file(content=b"content", name="x"):
    return SimpleUploadedFile(name, content)


def test_a_key_file_form_gives_bytes_and_the_passphrase_as_it_was_typed():
    form = KeyFileForm({"passphrase": "  mật khẩu  "}, {"container": file()})
    assert form.is_valid()
    assert form.cleaned_data == {"container": b"content", "passphrase": "  mật khẩu  "}


def test_letters_of_a_passphrase_stay_composed_or_not():
    """The file knows one of the two; to change it would shut the file."""
    for typed in ("ngọc", "ngo\u0323c"):
        form = KeyFileForm({"passphrase": typed}, {"container": file()})
        assert form.is_valid()
        assert form.cleaned_data["passphrase"] == typed


def test_a_passphrase_is_never_written_into_the_page():
    form = KeyFileForm({"passphrase": "mật khẩu"}, {})
    assert not form.is_valid()
    assert "mật khẩu" not in str(form["passphrase"])


@pytest.mark.parametrize(
    ("form_class", "name", "most"),
    [
        (KeyFileForm, "container", LARGEST_CERTIFICATE),
        (RemoteCertificateForm, "certificate", LARGEST_CERTIFICATE),
        (TokenCertificateForm, "certificate", LARGEST_CERTIFICATE),
        (RevocationListForm, "content", LARGEST_REVOCATION_LIST),
    ],
)
def test_a_file_has_a_largest_size(form_class, name, most):
    typed = {"passphrase": "x", "key_label": "x"}
    assert form_class(typed, {name: file(b"0" * most)}).is_valid()
    form = form_class(typed, {name: file(b"0" * (most + 1))})
    assert list(form.errors) == [name]
    assert "Hãy chọn lại tệp" in form.errors[name][0]


@pytest.mark.parametrize(
    ("form_class", "name", "sentence"),
    [
        (KeyFileForm, "container", "Hãy chọn tệp .p12 hoặc .pfx."),
        (RemoteCertificateForm, "certificate", "Hãy chọn tệp chứng thư .cer, .crt hoặc .pem."),
        (RevocationListForm, "content", "Hãy chọn tệp .crl."),
    ],
)
def test_a_missing_file_is_asked_for(form_class, name, sentence):
    assert form_class({"passphrase": "x"}, {}).errors[name] == [sentence]


def test_an_empty_file_is_refused():
    form = RemoteCertificateForm({}, {"certificate": file(b"")})
    assert list(form.errors) == ["certificate"]


def test_the_label_of_a_key_is_composed_and_short():
    form = TokenCertificateForm({"key_label": " Ngo\u0323c "}, {"certificate": file()})
    assert form.is_valid()
    assert form.cleaned_data["key_label"] == "Ngọc"
    form = TokenCertificateForm({"key_label": "x" * 101}, {"certificate": file()})
    assert list(form.errors) == ["key_label"]


def test_an_approval_has_a_day_and_a_letter():
    form = ApprovalForm({"approved_on": "2026-12-20", "reference": "  123/SGDĐT "})
    assert form.is_valid()
    assert form.cleaned_data == {
        "approved_on": datetime.date(2026, 12, 20),
        "reference": "123/SGDĐT",
    }


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"approved_on": "hôm qua", "reference": "123"}, "approved_on"),
        ({"approved_on": "2026-12-20", "reference": " "}, "reference"),
        ({"approved_on": "2026-12-20", "reference": "x" * 151}, "reference"),
    ],
)
def test_an_approval_that_cannot_be_read_is_refused_at_its_field(typed, field):
    assert list(ApprovalForm(typed).errors) == [field]
