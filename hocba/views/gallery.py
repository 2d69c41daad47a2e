from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hocba import gallery_samples
from hocba.templatetags.components import ROW_LOOKS, STATUS_LOOKS


class SampleForm(forms.Form):
    """One field of each kind that the pages use."""

    full_name = forms.CharField(
        label=_("Họ và tên"), help_text=_("Viết như trong giấy khai sinh."), max_length=60
    )
    born_on = forms.DateField(
        label=_("Ngày sinh"), help_text=_("Ngày/tháng/năm, ví dụ 05/09/2017.")
    )
    school_class = forms.ChoiceField(
        label=_("Lớp"), choices=[("", "—"), ("4A", "4A"), ("4B", "4B")], required=False
    )
    level = forms.ChoiceField(
        label=_("Mức đạt được"),
        choices=[("T", _("Hoàn thành tốt")), ("H", _("Hoàn thành")), ("C", _("Chưa hoàn thành"))],
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    sent_to = forms.MultipleChoiceField(
        label=_("Gửi cho"),
        choices=[("parent", _("Cha mẹ")), ("principal", _("Hiệu trưởng"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))
    sheet = forms.FileField(
        label=_("Bảng tính"), help_text=_("Tệp .xlsx, nhiều nhất 20 MB."), required=False
    )
    is_confirmed = forms.BooleanField(label=_("Đã đối chiếu với sổ theo dõi"), required=False)


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    invalid_form = SampleForm(
        {"full_name": "", "born_on": "31/02/2017", "level": "T", "reason": ""}, auto_id="invalid_%s"
    )
    context = {
        **gallery_samples.everything(),
        "statuses": list(STATUS_LOOKS),
        "row_states": list(ROW_LOOKS),
        "form": SampleForm(),
        "invalid_form": invalid_form,
        "page": Paginator(range(90), 30).page(2),
    }
    return render(request, "hocba/gallery.html", context)
