import pytest
from django import forms
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.steps import (
    LONGEST_REASON,
    AskReopeningForm,
    DecisionForm,
    ReopenForm,
    ReturnForm,
    SignOffForm,
)
from assessments.views.refusals import seen_at

REASON_FORMS = [
    (ReturnForm, "Hãy ghi cần sửa gì để giáo viên biết phải làm gì."),
    (ReopenForm, "Hãy ghi lý do mở lại."),
    (AskReopeningForm, "Hãy ghi lý do đề nghị mở lại."),
]


@pytest.mark.parametrize(("form_class", "sentence"), REASON_FORMS)
@pytest.mark.parametrize("typed", ["", "   ", "\n\t"])
def test_a_step_without_a_reason_says_what_the_reason_is_for(
    form_class: type[forms.Form], sentence: str, typed: str
) -> None:
    assert form_class({"reason": typed}).errors == {"reason": [sentence]}


@pytest.mark.parametrize("form_class", [form_class for form_class, _ in REASON_FORMS])
def test_a_reason_that_is_too_long_is_refused_and_not_cut(form_class: type[forms.Form]) -> None:
    form = form_class({"reason": "ô" * (LONGEST_REASON + 1)})
    assert not form.is_valid()
    assert form["reason"].value() == "ô" * (LONGEST_REASON + 1)


@given(st.text(alphabet="aăâđêôơư .", min_size=1, max_size=60).filter(str.strip))
def test_a_reason_is_what_was_typed_without_its_margins(typed: str) -> None:
    form = ReturnForm({"reason": typed})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == typed.strip()


@pytest.mark.parametrize(("answer", "is_granted"), [("yes", True), ("no", False)])
def test_a_request_is_answered_with_yes_or_no(answer: str, is_granted: bool) -> None:
    form = DecisionForm({"is_granted": answer})
    assert form.is_valid()
    assert form.cleaned_data["is_granted"] is is_granted


@pytest.mark.parametrize("answer", ["", "maybe", "True"])
def test_any_other_answer_decides_nothing(answer: str) -> None:
    assert not DecisionForm({"is_granted": answer}).is_valid()


def test_a_page_says_when_its_results_were_handed_in() -> None:
    form = SignOffForm({"seen_at": "2027-01-05T20:30:00+07:00"})
    assert form.is_valid()
    assert form.cleaned_data["seen_at"].isoformat() == "2027-01-05T20:30:00+07:00"


@pytest.mark.parametrize("posted", [{}, {"seen_at": ""}, {"seen_at": "hôm qua"}])
def test_a_page_that_does_not_say_it_saw_nothing(posted: dict[str, str]) -> None:
    assert seen_at(RequestFactory().post("/", posted)) is None
