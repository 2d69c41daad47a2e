"""A day and a line of text, as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.text import plain_text
from schools.validators import validate_printable

DAY_HELP = _("Ghi theo dạng ngày/tháng/năm, ví dụ 05/01/2027.")


def day_field(*, required_sentence: Any = "", **options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        error_messages={
            "required": required_sentence,
            "invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2027."),
        },
        **{"help_text": DAY_HELP, **options},
    )


class PlainTextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return plain_text(super().to_python(value) or "")


class PrintedTextField(PlainTextField):
    """What stands on a document as it was typed."""

    default_validators = [validate_printable]
