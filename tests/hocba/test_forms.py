import pytest
from django import forms
from django.utils import translation

from tests.hocba.rendering import parse

REQUIRED = "Mục này không được để trống."


class PupilForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", help_text="Như giấy khai sinh.")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(
        label="Mức", choices=[("T", "Tốt"), ("H", "Hoàn thành")], widget=forms.RadioSelect
    )
    is_checked = forms.BooleanField(label="Đã đối chiếu", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if self.data.get("note") == "x":
            raise forms.ValidationError("Ghi chú quá ngắn.")


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with translation.override("vi"):
        yield


def empty_form():
    return parse(str(PupilForm()))


def refused_form(**data):
    return parse(str(PupilForm({"full_name": "", "level": "T", "token": "1", **data})))


def test_a_field_is_labelled_and_described_by_its_help():
    form = empty_form()
    control = form.by_id("id_full_name")

    assert [label.text for label in form.all("label") if label["for"] == "id_full_name"] == [
        "Họ và tên"
    ]
    assert form.by_id(control["aria-describedby"]).text == "Như giấy khai sinh."
    assert control["aria-invalid"] is None


def test_what_may_stay_empty_says_so():
    assert "không bắt buộc" in empty_form().one(css_class="field--textarea").text
    assert "không bắt buộc" not in empty_form().one(css_class="field--text").text


def test_an_error_stands_at_the_field_and_describes_it():
    form = refused_form()
    control = form.by_id("id_full_name")

    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"].split() == ["id_full_name_helptext", "id_full_name_error"]
    assert form.by_id("id_full_name_error").text == REQUIRED
    assert form.all(css_class="field--invalid")


def test_the_summary_leads_to_the_field():
    link = refused_form().one(css_class="error-summary").one("a")

    assert link["href"] == "#id_full_name"
    assert link.text.startswith("Họ và tên:")


def test_an_error_of_the_whole_form_stands_in_the_summary():
    summary = refused_form(full_name="An", note="x").one(css_class="error-summary")

    assert "Ghi chú quá ngắn." in summary.text
    assert not summary.all("a")


def test_the_summary_leads_to_the_first_of_several_choices():
    form = refused_form(full_name="An", level="")

    target = form.one(css_class="error-summary").one("a")["href"].removeprefix("#")
    assert form.by_id(target)


def test_choices_are_a_fieldset_with_a_legend():
    fieldset = empty_form().one("fieldset")

    assert fieldset.one("legend").text == "Mức"
    assert [control["type"] for control in fieldset.all("input")] == ["radio", "radio"]


def test_an_error_of_choices_describes_the_fieldset():
    form = refused_form(full_name="An", level="")

    assert form.by_id(form.one("fieldset")["aria-describedby"]).text == REQUIRED


def test_a_tick_box_stands_before_its_label():
    field = empty_form().one(css_class="field--checkbox")

    control, label = [piece for piece in field.pieces if not isinstance(piece, str)]
    assert (control.tag, label.tag, label["for"]) == ("input", "label", control["id"])


def test_a_hidden_field_has_no_label():
    hidden = empty_form().by_id("id_token")

    assert hidden["type"] == "hidden"
    assert "Token" not in empty_form().text


def test_an_error_is_escaped():
    form = PupilForm({"full_name": "An", "level": "<b>", "token": "1"})

    assert not parse(str(form)).all("b")
