from django import forms


class YearForm(forms.Form):
    """Which year of the book is asked for, by the calendar year it begins in; none: all."""

    year = forms.IntegerField(required=False, min_value=1900, max_value=2999)
