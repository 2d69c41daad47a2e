from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import SchoolClass
from schools.models.classes import SchoolClassQuerySet


class StudentSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Tên, mã học sinh hoặc số định danh"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    school_class = forms.ModelChoiceField(
        label=_("Lớp"),
        queryset=SchoolClass.objects.none(),
        required=False,
        empty_label=_("Tất cả các lớp"),
    )

    def __init__(self, *args: object, classes: SchoolClassQuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["school_class"].queryset = classes  # type: ignore[attr-defined]
