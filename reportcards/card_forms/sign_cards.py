from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reportcards.models import SigningCertificate
from reportcards.own_certificates import OwnCertificate


class ChooseCardsForm(forms.Form):
    """Sent by GET: which of her signatures, and of which classes; none chosen means all."""

    slot = forms.ChoiceField(required=False)
    classes = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args: Any, slots: Sequence[str], classes: Sequence[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot, slot) for slot in slots]  # type: ignore[attr-defined]
        self.fields["classes"].choices = [(pk, pk) for pk in classes]  # type: ignore[attr-defined]


class StartRunForm(forms.Form):
    """With which certificate; `seen` says which cards stood on the page."""

    certificate = forms.ChoiceField(
        label=_("Chứng thư số dùng để ký"),
        error_messages={"required": _("Hãy chọn chứng thư số dùng để ký.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, certificates: Sequence[OwnCertificate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._usable = {
            str(own.certificate.pk): own.certificate for own in certificates if own.is_usable
        }
        self.fields["certificate"].choices = [  # type: ignore[attr-defined]
            (pk, certificate.subject_name) for pk, certificate in self._usable.items()
        ]

    @property
    def chosen(self) -> SigningCertificate:
        return self._usable[self.cleaned_data["certificate"]]
