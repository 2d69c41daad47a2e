from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain_fields import PlainTextField, day_field
from assessments.forms.steps import reason_field
from assessments.forms.text import plain_text
from reportcards.attachments import LARGEST, TOO_LARGE, Attachment, AttachmentRefused
from reportcards.models import WithdrawalCause
from students.models import Student


class WithdrawalForm(forms.Form):
    cause = forms.ChoiceField(
        label=_("Nguyên nhân"),
        choices=[(cause.value, capfirst(cause.label)) for cause in WithdrawalCause],
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        error_messages={"required": _("Hãy chọn nguyên nhân thu hồi.")},
    )
    reason = reason_field(
        label=_("Lý do thu hồi"),
        help_text=_("Sai ở đâu, đúng phải là gì. Sở đọc câu này, và nó được lưu cùng học bạ."),
        error_messages={"required": _("Hãy ghi lý do thu hồi.")},
    )
    attachment = forms.FileField(
        label=_("Quyết định hoặc giấy tờ hộ tịch mới"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("Bắt buộc khi thay đổi hộ tịch. Bản PDF, ảnh JPEG hoặc PNG, nhiều nhất 5 MB."),
        error_messages={"empty": _("Tệp này trống. Hãy chọn tệp khác.")},
    )

    def clean_attachment(self) -> Attachment | None:
        """Not read before its size is known."""
        file: UploadedFile | None = self.cleaned_data["attachment"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        attachment = Attachment(file.read())
        try:
            attachment.ending  # noqa: B018 - told by its content, or refused
        except AttachmentRefused as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return attachment


class WithdrawalDecisionForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("Sở trả lời"),
        choices=[("yes", _("Cho thu hồi")), ("no", _("Không cho thu hồi"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        error_messages={"required": _("Hãy chọn Sở cho hay không cho thu hồi.")},
    )
    number = PlainTextField(
        label=_("Số văn bản của Sở"),
        max_length=150,
        help_text=_("Ví dụ: 1258/SGDĐT-GDTH."),
        error_messages={"required": _("Hãy ghi số văn bản của Sở.")},
    )
    decided_on = day_field(
        label=_("Ngày văn bản"), required_sentence=_("Hãy ghi ngày của văn bản.")
    )
    refusal = PlainTextField(
        label=_("Lý do Sở không cho thu hồi"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chỉ ghi khi Sở không cho thu hồi."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_granted") is False and not cleaned.get("refusal"):
            self.add_error("refusal", _("Hãy ghi lý do Sở không cho thu hồi."))
        return cleaned


class TakeBackForm(forms.Form):
    reason = reason_field(
        label=_("Lý do rút về"),
        help_text=_("Sở từ chối vì sao, nhà trường sẽ sửa gì."),
        error_messages={"required": _("Hãy ghi lý do rút học bạ về.")},
    )


class PupilCorrectionForm(forms.ModelForm):
    """What a decision on civil status may change. The pupil is read afresh before it is written."""

    date_of_birth = day_field(label=_("Ngày sinh"), required_sentence=_("Hãy ghi ngày sinh."))

    class Meta:
        model = Student
        fields = (
            "full_name",
            "given_name",
            "date_of_birth",
            "gender",
            "personal_id",
            "ethnicity_code",
            "ethnicity_as_written",
            "nationality",
            "birth_place",
            "home_town",
            "residence",
            "father_name",
            "mother_name",
            "guardian_name",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = {name: plain_text(text) for name, text in cleaned.items() if isinstance(text, str)}
        return cleaned | typed
