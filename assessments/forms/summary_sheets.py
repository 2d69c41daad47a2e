from django import forms


class GradeForm(forms.Form):
    """One grade of a multi-grade class; without it, all of them."""

    grade = forms.IntegerField(required=False)
