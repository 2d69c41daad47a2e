"""What is typed on the pages of making and delivery, field by field."""

import datetime
from typing import Any

import pytest
from django.http import QueryDict

from reportcards.card_forms.delivery import ClassDeliveryForm, ClosingForm, DeliveryForm
from reportcards.card_forms.making import CreateCardsForm, DiscardForm, RecreateForm
from reportcards.models import ReportCard
from reportcards.workflow import CardState, CardStep
from tests.cast import Cast
from tests.rows import saved_row


def typed(**values: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def create_form(cast: Cast, **values: Any) -> CreateCardsForm:
    data = typed(**{"leader": cast.hanh.pk, "issued_on": "07/06/2027", **values})
    return CreateCardsForm(data, leaders=[cast.hanh, cast.phuc], pupils=[cast.anh, cast.duc])


class TestCreating:
    def test_the_plan_is_leader_and_day(self, cast: Cast) -> None:
        form = create_form(cast, creates_all="on", leader=cast.phuc.pk)
        assert form.is_valid()
        assert (form.plan.leader, form.plan.issued_on) == (cast.phuc, datetime.date(2027, 6, 7))

    def test_all_are_all_whatever_was_ticked(self, cast: Cast) -> None:
        form = create_form(cast, creates_all="on", pupils=[str(cast.duc.pk)])
        assert form.is_valid()
        assert form.chosen == [cast.anh, cast.duc]

    def test_ticks_stand_in_the_order_of_the_roll(self, cast: Cast) -> None:
        form = create_form(cast, pupils=[str(cast.duc.pk), str(cast.anh.pk)])
        assert form.is_valid()
        assert form.chosen == [cast.anh, cast.duc]

    def test_nobody(self, cast: Cast) -> None:
        form = create_form(cast)
        assert form.non_field_errors() == ["Hãy chọn ít nhất một em đủ điều kiện."]

    def test_a_refusal_keeps_the_ticks(self, cast: Cast) -> None:
        form = create_form(cast, pupils=[str(cast.duc.pk)], issued_on="")
        assert not form.is_valid()
        assert form.ticked == {str(cast.duc.pk)}

    def test_a_new_form_has_none(self, cast: Cast) -> None:
        assert CreateCardsForm(leaders=[], pupils=[]).ticked == set()

    @pytest.mark.parametrize(
        ("values", "field", "sentence"),
        [
            ({"leader": ""}, "leader", "Hãy chọn hiệu trưởng hoặc phó hiệu trưởng sẽ ký."),
            ({"leader": "0"}, "leader", "Người này hiện không là lãnh đạo trường"),
            ({"leader": "x"}, "leader", "Người này hiện không là lãnh đạo trường"),
            ({"issued_on": ""}, "issued_on", "Hãy ghi ngày ký học bạ."),
            ({"issued_on": "2027-13-01"}, "issued_on", "Hãy ghi ngày theo dạng ngày/tháng/năm"),
            ({"pupils": ["0"]}, "pupils", "Có em không còn khởi tạo được"),
        ],
    )
    def test_each_field_refuses_in_a_sentence(
        self, cast: Cast, values: dict, field: str, sentence: str
    ) -> None:
        form = create_form(cast, **{"creates_all": "on", **values})
        assert not form.is_valid()
        assert form.errors[field][0].startswith(sentence)

    def test_a_school_without_leaders_has_nobody_to_choose(self, cast: Cast) -> None:
        form = CreateCardsForm(leaders=[], pupils=[cast.anh])
        assert form.fields["leader"].choices == []
        assert form["leader"].value() is None


class TestReasons:
    def test_recreating_asks_for_one(self, cast: Cast) -> None:
        data = typed(leader=cast.hanh.pk, issued_on="07/06/2027", reason="")
        form = RecreateForm(data, leaders=[cast.hanh])
        assert form.errors == {"reason": ["Hãy ghi lý do khởi tạo lại."]}

    def test_and_gives_the_actions_arguments(self, cast: Cast) -> None:
        data = typed(leader=cast.hanh.pk, issued_on="07/06/2027", reason=" Đổi ngày ")
        form = RecreateForm(data, leaders=[cast.hanh])
        assert form.is_valid()
        assert form.arguments == {"plan": form.plan, "reason": "Đổi ngày"}

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
    def test_discarding_asks_for_a_reason_of_reasonable_length(self, reason: str) -> None:
        assert not DiscardForm(typed(reason=reason)).is_valid()


class TestDelivery:
    @pytest.mark.parametrize(
        ("step", "fields"),
        [
            (CardStep.SEND, ["reference"]),
            (CardStep.ACCEPT, ["reference"]),
            (CardStep.CIRCULATE, ["reference"]),
            (CardStep.REFUSE, ["reference", "reason"]),
        ],
    )
    def test_a_refusal_alone_asks_why(self, step: CardStep, fields: list[str]) -> None:
        form = DeliveryForm(step=step)
        assert list(form.fields) == fields
        assert all(field.label for field in form.fields.values())

    @pytest.mark.parametrize("reference", ["", "GT-1", "x" * 150])
    def test_a_reference_may_be_empty(self, reference: str) -> None:
        form = DeliveryForm(typed(reference=reference), step=CardStep.SEND)
        assert form.is_valid()
        assert form.cleaned_data == {"reference": reference}

    def test_but_not_longer_than_its_column(self) -> None:
        assert not DeliveryForm(typed(reference="x" * 151), step=CardStep.SEND).is_valid()

    def test_of_a_class_the_cards_ticked(self, cast: Cast) -> None:
        card = saved_row(ReportCard, cast, state=CardState.ISSUED)
        data = typed(reference="GT-1", report_cards=[str(card.pk)])
        form = ClassDeliveryForm(data, step=CardStep.SEND, cards=[card])
        assert form.is_valid()
        assert form.arguments == {"report_cards": [card], "reference": "GT-1"}


class TestClosing:
    VALUES = {"closed_on": "15/08/2027", "reference": "1234/SGDĐT", "is_understood": "on"}

    def test_gives_day_and_document(self) -> None:
        form = ClosingForm(typed(**self.VALUES))
        assert form.is_valid()
        assert form.arguments == {
            "closed_on": datetime.date(2027, 8, 15),
            "reference": "1234/SGDĐT",
        }

    @pytest.mark.parametrize("name", VALUES)
    def test_each_is_required(self, name: str) -> None:
        form = ClosingForm(typed(**{**self.VALUES, name: ""}))
        assert list(form.errors) == [name]
        assert form.errors[name][0].startswith("Hãy ")

    def test_the_reference_is_plain_text(self) -> None:
        form = ClosingForm(typed(**{**self.VALUES, "reference": "  1234/\u200bSGDĐT \n"}))
        assert form.is_valid()
        assert "\n" not in form.cleaned_data["reference"]
