from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain_fields import day_field


class LookUpForm(forms.Form):
    uuid = forms.UUIDField(
        label=_("Mã tra cứu học bạ"),
        help_text=_("36 ký tự, in ở chân mỗi trang học bạ và có sẵn khi quét mã QR."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Hãy ghi mã tra cứu in trên học bạ."),
            "invalid": _(
                "Mã tra cứu gồm 32 chữ số và chữ từ a đến f, ví dụ "
                "123e4567-e89b-42d3-a456-556642440000. Hãy xem lại trên học bạ."
            ),
        },
    )
    date_of_birth = day_field(
        label=_("Ngày sinh của học sinh"),
        help_text=_("Ghi theo dạng ngày/tháng/năm, ví dụ 05/09/2017."),
        required_sentence=_("Hãy ghi ngày sinh của học sinh."),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp XML hoặc PDF đã ký của học bạ"),
        help_text=_(
            "Một học bạ, hoặc một danh sách trong tệp XML nhiều nhất 10 MB. Tệp không được lưu lại."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,.pdf"}),
        error_messages={
            "required": _("Hãy chọn tệp XML hoặc PDF của học bạ."),
            "empty": _("Tệp này không có nội dung. Hãy chọn tệp XML hoặc PDF của học bạ."),
            "invalid": _("Hãy chọn tệp XML hoặc PDF của học bạ."),
        },
    )
