"""What is typed or sent while a run is signed."""

import binascii
import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError
from reportcards.actions.signing import MOST_AT_ONCE
from reportcards.two_signatures import SignatureValues

LONGEST_SECRET = 200
LARGEST_NUMBER = 2**63
ANSWERED = ("refusal", "signature", "pdf_signature")
LONGEST_ANSWER = 200_000  # 100 RSA-4096 signatures in base64 take 80,000


class SecretForm(forms.Form):
    """The passphrase of a key file or the PIN of a token: for this request, and kept nowhere."""

    secret = forms.CharField(
        strip=False,
        max_length=LONGEST_SECRET,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Hãy nhập mật khẩu của tệp khóa hoặc mã PIN của token.")},
    )
    most = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_AT_ONCE, widget=forms.HiddenInput
    )

    @property
    def sentence(self) -> str:
        return " ".join(str(sentence) for errors in self.errors.values() for sentence in errors)


class SignaturesUnreadable(DomainError):
    message = _(
        "Chưa đọc được chữ ký. Hãy gửi JSON dạng "
        "[{"
        '"task": số, "signature": "base64", "pdf_signature": "base64"'
        "}, …], nhiều nhất 50 học bạ một lần."
    )


@dataclass(frozen=True)
class Answer:
    """What came back for one card: the values of its two signatures, or why there are none."""

    task: int
    values: SignatureValues
    refusal: str = ""


class SignaturesForm(forms.Form):
    """Pasted, or as the file that a signing program wrote."""

    signatures = forms.CharField(
        label=_("Chữ ký nhận được (JSON)"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Hoặc tệp JSON"), required=False)

    @property
    def answers(self) -> list[Answer]:
        file = self.cleaned_data["file"]
        if file is None:
            return read_answers(self.cleaned_data["signatures"])
        if file.size > LONGEST_ANSWER:
            raise SignaturesUnreadable
        return read_answers(file.read())


def read_answers(text: str | bytes) -> list[Answer]:
    """Of a JSON list of {task, signature, pdf_signature} or {task, refusal}, or of one such."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise SignaturesUnreadable from None
    rows = read if isinstance(read, list) else [read]
    if not 0 < len(rows) <= MOST_AT_ONCE:
        raise SignaturesUnreadable
    return list(_answers(rows))


def _answers(rows: list[Any]) -> Iterator[Answer]:
    for row in rows:
        if not isinstance(row, dict) or not _is_number(row.get("task")):
            raise SignaturesUnreadable
        refusal, *signatures = (row.get(name) or "" for name in ANSWERED)
        if not all(isinstance(text, str) for text in (refusal, *signatures)):
            raise SignaturesUnreadable
        if not refusal and not all(signatures):
            raise SignaturesUnreadable
        yield Answer(row["task"], SignatureValues(*map(_bytes, signatures)), refusal[:500])


def _is_number(task: object) -> bool:
    return type(task) is int and 0 <= task < LARGEST_NUMBER


def _bytes(signature: str) -> bytes:
    try:
        return b64decode("".join(signature.split()), validate=True)
    except (binascii.Error, ValueError):
        raise SignaturesUnreadable from None
