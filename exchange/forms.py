from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import School, SchoolYear


class StudentImportForm(forms.Form):
    school_year = forms.ModelChoiceField(
        label=_("Năm học"),
        queryset=SchoolYear.objects.none(),
        empty_label=None,
        help_text=_("Các lớp trong tệp phải có sẵn trong năm học này."),
    )
    file = forms.FileField(
        label=_("Tệp danh sách học sinh"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "Tệp Excel .xlsx theo mẫu C1-HocSinh của cơ sở dữ liệu ngành, "
            "nhiều nhất 20 MB và 50.000 dòng."
        ),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = school.school_years.newest_first()
        self.fields["school_year"].queryset = years  # type: ignore[attr-defined]
        self.fields["school_year"].initial = years.containing(timezone.localdate()).first()
