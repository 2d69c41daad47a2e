from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.handovers import HandoverDraft
from assessments.forms.plain_fields import PrintedTextField
from assessments.handovers import NoteText
from assessments.models import Handover
from assessments.models.handovers import LONGEST_NOTE
from assessments.wording import translated
from schools.models import StaffMember
from students.models import Enrollment

NOTED = ("highlights", "limits")


@dataclass(frozen=True)
class NoteRow:
    number: int
    enrollment: Enrollment
    highlights: BoundField
    limits: BoundField


class HandoverForm(forms.Form):
    """Two texts a pupil, one about all of them, and of the last grade who came to invigilate."""

    lower_secondary_school = PrintedTextField(
        label=gettext_lazy("Trường trung học cơ sở trên cùng địa bàn"),
        max_length=150,
        required=False,
    )
    invigilation = PrintedTextField(
        label=gettext_lazy("Giáo viên trung học cơ sở tham gia coi, chấm"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Họ tên, bài kiểm tra nào, hôm nào; ai coi, ai chấm."),
    )
    general_note = PrintedTextField(
        label=gettext_lazy("Ghi chú chung về các em"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        handover: Handover,
        pupils: Sequence[tuple[Enrollment, NoteText]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = pupils
        if not handover.is_of_last_grade:
            del self.fields["lower_secondary_school"], self.fields["invigilation"]
        for name in self.fields:
            self.initial.setdefault(name, getattr(handover, name))
        for enrollment, text in pupils:
            self._add_note_fields(enrollment, text)

    def _add_note_fields(self, enrollment: Enrollment, text: NoteText) -> None:
        names = {"highlights": _("nét nổi bật"), "limits": _("hạn chế")}
        for name, label in names.items():
            full_label = f"{enrollment.student.full_name}, {label}"
            self.fields[_field_name(enrollment, name)] = PrintedTextField(
                label=full_label,
                max_length=LONGEST_NOTE,
                required=False,
                initial=getattr(text, name),
                widget=forms.Textarea(
                    attrs={"rows": 2, "class": "control", "aria-label": full_label}
                ),
            )

    @property
    def rows(self) -> Iterator[NoteRow]:
        for number, (enrollment, _text) in enumerate(self.pupils, 1):
            highlights, limits = (self[_field_name(enrollment, name)] for name in NOTED)
            yield NoteRow(number, enrollment, highlights, limits)

    @property
    def draft(self) -> HandoverDraft:
        typed = self.cleaned_data
        return HandoverDraft(
            general_note=typed["general_note"],
            lower_secondary_school=typed.get("lower_secondary_school", ""),
            invigilation=typed.get("invigilation", ""),
            notes={
                enrollment.pk: NoteText(*(typed[_field_name(enrollment, name)] for name in NOTED))
                for enrollment, _text in self.pupils
            },
        )


def _field_name(enrollment: Enrollment, name: str) -> str:
    return f"e{enrollment.pk}-{name}"


class ReceiverForm(forms.Form):
    receiver = forms.TypedChoiceField(
        label=gettext_lazy("Người nhận"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Hãy chọn người nhận."),
            "invalid_choice": gettext_lazy("Người này không nhận được; hãy chọn lại."),
        },
    )

    def __init__(
        self, *args: Any, handover: Handover, receivers: Sequence[StaffMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {member.pk: member for member in receivers}
        field = self.fields["receiver"]
        field.choices = [("", _("Chọn người nhận")), *self._choices()]  # type: ignore[attr-defined]
        field.help_text = (
            _("Lãnh đạo trường hoặc học vụ, thay mặt nhà trường.")
            if handover.is_of_last_grade
            else _("Giáo viên sẽ nhận các em năm học tới. Người giao dạy tiếp thì chọn lãnh đạo.")
        )
        self.initial.setdefault("receiver", handover.receiver_id)

    def _choices(self) -> list[tuple[int, str]]:
        return [
            (pk, f"{member.full_name}, {translated(member.position_title)}")
            for pk, member in self.receivers.items()
        ]

    @property
    def chosen(self) -> StaffMember:
        return self.receivers[self.cleaned_data["receiver"]]
