import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain_fields import day_field
from assessments.forms.steps import reason_field
from assessments.wording import translated
from reportcards.actions import Plan
from schools.models import StaffMember
from students.models import Enrollment


class PlanForm(forms.Form):
    """Who signs as leader, and the day that the card bears; both are frozen with it."""

    leader = forms.TypedChoiceField(
        label=_("Lãnh đạo ký học bạ"),
        coerce=int,
        error_messages={
            "required": _("Hãy chọn hiệu trưởng hoặc phó hiệu trưởng sẽ ký."),
            "invalid_choice": _("Người này hiện không là lãnh đạo trường; hãy chọn lại người ký."),
        },
    )
    issued_on = day_field(
        label=_("Ngày ký học bạ"),
        required_sentence=_("Hãy ghi ngày ký học bạ."),
        help_text=_("Ghi trên học bạ; không trước ngày ký duyệt kết quả. Ví dụ 31/05/2027."),
    )

    def __init__(self, *args: Any, leaders: Sequence[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].initial = leaders[0].pk if leaders else None
        self.fields["issued_on"].initial = timezone.localdate()
        self.leaders = {leader.pk: leader for leader in leaders}
        self.fields["leader"].choices = [  # type: ignore[attr-defined]
            (leader.pk, f"{leader.full_name}, {translated(leader.position_title)}")
            for leader in leaders
        ]

    @property
    def plan(self) -> Plan:
        issued_on: datetime.date = self.cleaned_data["issued_on"]
        return Plan(self.leaders[self.cleaned_data["leader"]], issued_on)


class CreateCardsForm(PlanForm):
    """For the pupils ticked, or for all whose cards can be created."""

    def __init__(self, *args: Any, pupils: Sequence[Enrollment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = pupils
        self.fields["creates_all"] = forms.BooleanField(required=False)
        self.fields["pupils"] = forms.TypedMultipleChoiceField(
            choices=[(pupil.pk, pupil.student.full_name) for pupil in pupils],
            coerce=int,
            required=False,
            error_messages={
                "invalid_choice": _(
                    "Có em không còn khởi tạo được: học bạ vừa được khởi tạo, hoặc kết quả vừa "
                    "được mở lại. Hãy xem lại danh sách dưới đây rồi chọn lại."
                )
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen:
            self.add_error(None, _("Hãy chọn ít nhất một em đủ điều kiện."))
        return cleaned

    @property
    def chosen(self) -> list[Enrollment]:
        """In roll order."""
        if self.cleaned_data["creates_all"]:
            return list(self.pupils)
        wanted = set(self.cleaned_data["pupils"])
        return [pupil for pupil in self.pupils if pupil.pk in wanted]

    @property
    def ticked(self) -> set[str]:
        """What the page shows as chosen, also after a refusal."""
        return set(self.data.getlist("pupils")) if self.is_bound else set()  # type: ignore[attr-defined]


class RecreateForm(PlanForm):
    reason = reason_field(
        label=_("Lý do khởi tạo lại"),
        help_text=_("Bản cũ và các chữ ký đã có được giữ lại cùng lý do này."),
        error_messages={"required": _("Hãy ghi lý do khởi tạo lại.")},
    )

    @property
    def arguments(self) -> dict[str, Any]:
        return {"plan": self.plan, "reason": self.cleaned_data["reason"]}


class DiscardForm(forms.Form):
    reason = reason_field(
        label=_("Lý do bỏ bản này"),
        help_text=_("Bản này được giữ lại cùng lý do, nhưng không ai ký được nữa."),
        error_messages={"required": _("Hãy ghi lý do bỏ bản này.")},
    )
