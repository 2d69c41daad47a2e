import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.plain_fields import PlainTextField, day_field
from assessments.forms.steps import reason_field
from reportcards.models import ReportCard
from reportcards.workflow import CardStep, transition_for

LONGEST_REFERENCE = 150
SEPARATORS = re.compile(r"[\s,;]+")
MOST_LINES = 5000
MOST_NAMED = 5

REFERENCE_LABELS = {
    CardStep.SEND: gettext_lazy("Mã gói tin hoặc số văn bản gửi"),
    CardStep.ACCEPT: gettext_lazy("Mã giao dịch hoặc văn bản của Sở"),
    CardStep.CIRCULATE: gettext_lazy("Văn bản của Sở"),
    CardStep.REFUSE: gettext_lazy("Mã giao dịch hoặc văn bản của Sở"),
}


class DeliveryForm(forms.Form):
    """What was sent or what the department answered; a refusal says why."""

    reference = PlainTextField(max_length=LONGEST_REFERENCE, required=False)

    def __init__(self, *args: Any, step: CardStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].label = REFERENCE_LABELS[step]
        if transition_for(step).needs_reason:
            self.fields["reason"] = reason_field(
                label=gettext_lazy("Sở từ chối vì sao"),
                help_text=gettext_lazy("Ghi như Sở trả lời; cần để lập bản thay thế."),
                error_messages={"required": gettext_lazy("Hãy ghi lý do Sở từ chối.")},
            )


class ClassDeliveryForm(DeliveryForm):
    """For the cards of a class that are ticked: a package goes and comes as a whole, while the
    department refuses single ones."""

    def __init__(
        self, *args: Any, step: CardStep, cards: Sequence[ReportCard], **kwargs: Any
    ) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.by_pk = {card.pk: card for card in cards}
        needs_reason = transition_for(step).needs_reason
        self.fields["report_cards"] = forms.TypedMultipleChoiceField(
            label=gettext_lazy("Học bạ của"),
            choices=[(pk, card.student.full_name) for pk, card in self.by_pk.items()],
            coerce=int,
            initial=[] if needs_reason else list(self.by_pk),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": gettext_lazy("Hãy chọn ít nhất một học bạ."),
                "invalid_choice": gettext_lazy(
                    "Có học bạ không còn ở bước này; hãy xem lại danh sách rồi chọn lại."
                ),
            },
        )

    @property
    def arguments(self) -> dict[str, Any]:
        chosen = [self.by_pk[pk] for pk in self.cleaned_data["report_cards"]]
        typed = {name: value for name, value in self.cleaned_data.items() if name != "report_cards"}
        return {"report_cards": chosen, **typed}


class ClosingForm(forms.Form):
    closed_on = day_field(
        label=gettext_lazy("Ngày chốt"),
        required_sentence=gettext_lazy("Hãy ghi ngày chốt theo văn bản của Sở."),
        help_text=gettext_lazy("Từ ngày này không đề nghị thu hồi được nữa. Ví dụ 15/08/2027."),
    )
    reference = PlainTextField(
        label=gettext_lazy("Văn bản của Sở"),
        max_length=LONGEST_REFERENCE,
        help_text=gettext_lazy("Số, ngày và trích yếu, ví dụ 1234/SGDĐT-GDTH ngày 01/8/2027."),
        error_messages={"required": gettext_lazy("Hãy ghi số văn bản của Sở về việc chốt học bạ.")},
    )
    is_understood = forms.BooleanField(
        label=gettext_lazy("Tôi hiểu việc chốt này không rút lại được trong phần mềm"),
        error_messages={
            "required": gettext_lazy("Hãy đánh dấu ô này khi đã đọc những điều ở trên.")
        },
    )

    @property
    def arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("closed_on", "reference")}


class UuidListField(forms.CharField):
    """One UUID of version 4 a line, or with commas between; in the order in which they stand."""

    def to_python(self, value: Any) -> list[uuid.UUID]:  # type: ignore[override]
        words = [word for word in SEPARATORS.split(super().to_python(value) or "") if word]
        if len(words) > MOST_LINES:
            raise forms.ValidationError(
                _("Mỗi lần ghi nhiều nhất %(most)s mã; hãy chia danh sách ra.")
                % {"most": MOST_LINES}
            )
        sentences = [*_malformed(words), *_repeated(words)]
        if sentences:
            raise forms.ValidationError(sentences)
        return [uuid.UUID(word) for word in words]

    def validate(self, value: Any) -> None:
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class AllottedUuidsForm(forms.Form):
    uuids = UuidListField(
        label=gettext_lazy("Danh sách mã"),
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Mỗi dòng một mã, dán nguyên từ tệp của Sở, ví dụ 123e4567-e89b-42d3-a456-556642440000."
        ),
        error_messages={"required": gettext_lazy("Hãy dán danh sách mã do Sở cấp.")},
    )


def _malformed(words: Sequence[str]) -> Iterator[str]:
    faulty = [word for word in words if not _is_uuid4(word)]
    if faulty:
        yield _("%(count)s mã không phải UUID phiên bản 4: %(words)s.") % {
            "count": len(faulty),
            "words": _some(faulty),
        }


def _repeated(words: Sequence[str]) -> Iterator[str]:
    counted = Counter(word.lower() for word in words)
    repeated = [word for word, times in counted.items() if times > 1]
    if repeated:
        yield _("%(count)s mã đứng nhiều lần trong danh sách: %(words)s.") % {
            "count": len(repeated),
            "words": _some(repeated),
        }


def _some(words: Sequence[str]) -> str:
    """As typed, and no longer than a sentence bears."""
    named = ", ".join(word[:40] for word in words[:MOST_NAMED])
    return f"{named}…" if len(words) > MOST_NAMED else named


def _is_uuid4(word: str) -> bool:
    try:
        read = uuid.UUID(word)
    except ValueError:
        return False
    return read.version == 4 and str(read) == word.lower()
