"""Forms of commendations, handovers and the list of rewards: each refusal, and what is kept."""

import datetime
import unicodedata
from itertools import product

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from assessments.commendation_workflow import DECIDED_KINDS, CommendationKind
from assessments.forms.commendations import (
    AwardForm,
    CommendationProposalForm,
    DeclineCommendationForm,
    PraiseLetterForm,
    WithdrawCommendationForm,
)
from assessments.forms.handovers import HandoverForm, ReceiverForm
from assessments.handovers import NoteText
from assessments.models import Handover
from assessments.models.commendations import LONGEST_ACHIEVEMENT, LONGEST_WORDING
from assessments.models.handovers import LONGEST_NOTE
from assessments.rewards import Reward, RewardChoice, RewardPart
from reportcards.rewards.forms import RewardListForm
from schools.models import SchoolYear
from students.models import Enrollment
from tests.cast import Cast

ACHIEVEMENT = "Nhặt được ví tiền."
WORDING = "Khen thưởng đột xuất."
days = st.dates(datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))


def check_kept(form: forms.Form, name: str, typed: dict[str, str]) -> None:
    assert list(form.errors) == [name]
    assert {other: form[other].value() for other in typed} == typed


# Commendations


def proposal(cast: Cast, **typed: object) -> CommendationProposalForm:
    whole = {
        "enrollment": str(cast.anh.pk),
        "kind": DECIDED_KINDS[0].value,
        "achievement": ACHIEVEMENT,
        "wording": WORDING,
    }
    pupils = Enrollment.objects.filter(school_class=cast.school_class)
    return CommendationProposalForm({**whole, **typed}, pupils=pupils)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("kind", CommendationKind.PRAISE_LETTER.value),
        ("kind", "medal"),
        ("achievement", "ô" * (LONGEST_ACHIEVEMENT + 1)),
        ("wording", "ô" * (LONGEST_WORDING + 1)),
        ("wording", "\u200b"),
        ("enrollment", "0"),
        ("enrollment", "Anh"),
    ],
)
def test_a_proposal_refuses_one_field_and_keeps_all(cast: Cast, name: str, typed: str) -> None:
    form = proposal(cast, **{name: typed})
    check_kept(form, name, {**form.data, name: typed})


def test_pupils_are_called_by_their_names(cast: Cast) -> None:
    names = [name for _value, name in proposal(cast).fields["enrollment"].choices]
    assert "Lê Minh Anh" in names
    assert "Mai Thu Lan" not in names


@pytest.mark.parametrize("field", ["achievement", "wording"])
def test_texts_are_composed_and_stripped(cast: Cast, field: str) -> None:
    form = proposal(cast, **{field: unicodedata.normalize("NFD", "  Giải Nhì cấp huyện\u200b ")})
    assert form.is_valid()
    assert form.cleaned_data[field] == "Giải Nhì cấp huyện"


def test_a_letter_is_dated_today_unless_it_says_otherwise(cast: Cast) -> None:
    form = PraiseLetterForm(pupils=Enrollment.objects.none())
    assert 'value="05/01/2027"' in str(form["given_on"])


@pytest.mark.parametrize("is_of_higher_level", [True, False])
def test_only_a_higher_level_is_asked_for_by_name(is_of_higher_level: bool) -> None:
    form = AwardForm({}, is_of_higher_level=is_of_higher_level)
    assert ("awarding_body" in form.fields) == is_of_higher_level


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("number", ""),
        ("number", "x" * 51),
        ("decided_on", "04-01"),
        ("given_on", "30/02/2027"),
        ("awarding_body", "\u200b \u200b"),
    ],
)
def test_a_decision_refuses_one_field_and_keeps_all(name: str, typed: str) -> None:
    whole = {
        "awarding_body": "UBND phường",
        "number": "7/QĐ",
        "decided_on": "04/01/2027",
        "given_on": "",
        name: typed,
    }
    check_kept(AwardForm(whole, is_of_higher_level=True), name, whole)


@pytest.mark.parametrize(
    ("form_class", "sentence"),
    [
        (DeclineCommendationForm, "Hãy ghi lý do để giáo viên biết."),
        (WithdrawCommendationForm, "Hãy ghi lý do rút lại."),
    ],
)
def test_a_no_says_why(form_class: type[forms.Form], sentence: str) -> None:
    assert form_class({"reason": " "}).errors == {"reason": [sentence]}


# Handovers


def handover_form(
    cast: Cast, typed: dict[str, str] | None = None, *, grade_level: int = 4
) -> HandoverForm:
    handover = Handover(
        school_class=cast.school_class, grade_level=grade_level, general_note="Lớp ngoan."
    )
    pupils = [(cast.anh, NoteText("Tính nhanh.", "")), (cast.duc, NoteText())]
    return HandoverForm(typed, handover=handover, pupils=pupils)


def test_what_is_noted_stands_in_the_form(cast: Cast) -> None:
    form = handover_form(cast)
    assert form["general_note"].value() == "Lớp ngoan."
    assert [row.highlights.value() for row in form.rows] == ["Tính nhanh.", ""]


@pytest.mark.parametrize(("grade_level", "asked"), [(1, False), (4, False), (5, True)])
def test_lower_secondary_schools_are_asked_for_in_grade_5(
    cast: Cast, grade_level: int, asked: bool
) -> None:
    form = handover_form(cast, grade_level=grade_level)
    assert ("lower_secondary_school" in form.fields) == asked
    assert ("invigilation" in form.fields) == asked


def test_nothing_has_to_be_noted(cast: Cast) -> None:
    form = handover_form(cast, {})
    assert form.is_valid()
    assert form.draft.notes == {cast.anh.pk: NoteText(), cast.duc.pk: NoteText()}


def test_each_note_is_of_its_own_pupil(cast: Cast) -> None:
    typed = {f"e{cast.duc.pk}-limits": " Viết chậm. ", f"e{cast.anh.pk}-highlights": "Hát hay."}
    form = handover_form(cast, typed)
    assert form.is_valid()
    assert form.draft.notes == {
        cast.anh.pk: NoteText("Hát hay.", ""),
        cast.duc.pk: NoteText("", "Viết chậm."),
    }


@pytest.mark.parametrize("field", ["highlights", "limits"])
def test_one_note_that_is_too_long_holds_up_no_other(cast: Cast, field: str) -> None:
    name = f"e{cast.anh.pk}-{field}"
    typed = {name: "ô" * (LONGEST_NOTE + 1), "general_note": "Lớp đoàn kết."}
    check_kept(handover_form(cast, typed), name, typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy chọn người nhận."),
        ("0", "Người này không nhận được; hãy chọn lại."),
        ("Sương", "Người này không nhận được; hãy chọn lại."),
    ],
)
def test_a_receiver_is_one_of_those_who_may(cast: Cast, typed: str, sentence: str) -> None:
    handover = Handover(school_class=cast.school_class, grade_level=4)
    form = ReceiverForm({"receiver": typed}, handover=handover, receivers=[cast.suong])
    assert form.errors == {"receiver": [sentence]}


def test_a_receiver_is_chosen_by_name_and_post(cast: Cast) -> None:
    handover = Handover(school_class=cast.school_class, grade_level=4)
    form = ReceiverForm(
        {"receiver": str(cast.hanh.pk)}, handover=handover, receivers=[cast.suong, cast.hanh]
    )
    assert form.is_valid()
    assert form.chosen == cast.hanh
    assert "Nguyễn Thị Hạnh, Hiệu trưởng" in dict(form.fields["receiver"].choices).values()


# The list of rewards


def reward_form(**typed: str) -> RewardListForm:
    return RewardListForm(typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("part", "letters"),
        ("since", "2027"),
        ("until", "31/09/2026"),
        ("number", "x" * 51),
        ("signed_on", "mai"),
    ],
)
def test_a_wrong_choice_is_told_at_its_field(name: str, typed: str) -> None:
    check_kept(reward_form(**{name: typed}), name, {name: typed})


@given(since=st.none() | days, until=st.none() | days)
def test_days_in_order_are_taken_and_no_others(
    since: datetime.date | None, until: datetime.date | None
) -> None:
    typed = {
        name: day.strftime("%d/%m/%Y") if day else ""
        for name, day in {"since": since, "until": until}.items()
    }
    form = reward_form(**typed)
    assert form.is_valid() == (since is None or until is None or since <= until)
    if form.is_valid():
        assert form.choice(SchoolYear()).since == since
        assert form.choice(SchoolYear()).until == until
    else:
        assert list(form.errors) == ["until"]


def test_a_list_without_a_choice_is_of_everything() -> None:
    form = reward_form()
    assert form.is_valid()
    assert form.choice(SchoolYear()).part == ""
    assert (form.reference.number, form.reference.signed_on) == ("", None)


@pytest.mark.parametrize("part", RewardPart.values)
def test_each_part_can_be_chosen(part: str) -> None:
    assert reward_form(part=part).is_valid()


@given(given_on=days, since=days, until=days)
def test_two_lists_that_meet_share_only_the_day_on_which_they_meet(
    given_on: datetime.date, since: datetime.date, until: datetime.date
) -> None:
    reward = Reward(Enrollment(), "", given_on)
    before, after = (
        RewardChoice(SchoolYear(), until=until).includes(reward),
        RewardChoice(SchoolYear(), since=until).includes(reward),
    )
    assert before or after
    assert (before and after) == (given_on == until)
    both = RewardChoice(SchoolYear(), since=since, until=until).includes(reward)
    assert both == (before and RewardChoice(SchoolYear(), since=since).includes(reward))


@pytest.mark.parametrize(("since", "until"), product([None, "x"], repeat=2))
def test_a_day_that_is_none_does_not_make_the_order_wrong(
    since: str | None, until: str | None
) -> None:
    typed = {"since": since or "", "until": until or ""}
    assert set(reward_form(**typed).errors) == {name for name, day in typed.items() if day}
