"""The forms of the summer, field by field: what each refuses, and that it keeps what was typed."""

import pytest
from django import forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import actions
from assessments.actions import LaterSubject
from assessments.forms.steps import LONGEST_REASON
from assessments.forms.supplementary import (
    CaseForm,
    LaterResultsForm,
    NoCaseForm,
    PlanForm,
    PromotionForm,
    ReopenSummerForm,
    ScoreField,
)
from assessments.models import SupplementaryAssessment
from assessments.models.periods import LONGEST_COMMENT
from assessments.models.supplementary import LONGEST_PLAN
from assessments.supplementary import Reassessed
from rulesets import TT27, ScoreScale
from tests.assessments import year_ends
from tests.cast import Cast
from tests.printable import printable_texts

POSSIBLE = Reassessed(("tieng_viet", "toan"), ("yeu_nuoc",))


@pytest.fixture
def planned(in_july: Cast) -> SupplementaryAssessment:
    return year_ends.plan(in_july)


@pytest.fixture
def with_a_trait(in_july: Cast) -> SupplementaryAssessment:
    year_ends.plan(in_july)
    return actions.plan_supplementary_assessment(
        enrollment=in_july.anh,
        plan=year_ends.PLAN,
        subject_codes=["toan", "am_nhac"],
        trait_codes=["cham_chi"],
        by=in_july.ngoc,
    )


def plan_form(**typed: object) -> PlanForm:
    return PlanForm(typed, ruleset=TT27, possible=POSSIBLE)


def later_form(
    assessment: SupplementaryAssessment,
    typed: dict[str, str] | None = None,
    *,
    subject_codes: tuple[str, ...] = ("toan", "am_nhac"),
    writes_traits: bool = True,
) -> LaterResultsForm:
    return LaterResultsForm(
        typed, assessment=assessment, subject_codes=subject_codes, writes_traits=writes_traits
    )


def errors_of(form: forms.Form, name: str) -> list[str]:
    return [str(message) for message in form.errors.get(name, [])]


# The plan


def test_a_plan_may_be_for_a_trait_alone() -> None:
    form = plan_form(plan="Rèn nếp", trait_codes=["yeu_nuoc"])
    assert form.is_valid()
    assert form.cleaned_data["subject_codes"] == []


def test_a_plan_of_spaces_is_none() -> None:
    form = plan_form(plan="  \n ", subject_codes=["toan"])
    assert errors_of(form, "plan") == ["Hãy ghi kế hoạch hướng dẫn, giúp đỡ em."]


def test_a_plan_is_not_cut() -> None:
    typed = "ô" * (LONGEST_PLAN + 1)
    form = plan_form(plan=typed, subject_codes=["toan"])
    assert errors_of(form, "plan")
    assert form["plan"].value() == typed


def test_the_longest_plan_is_taken() -> None:
    assert plan_form(plan="ô" * LONGEST_PLAN, subject_codes=["toan"]).is_valid()


@pytest.mark.parametrize(
    ("name", "code"),
    [("subject_codes", "khoa_hoc"), ("subject_codes", ""), ("trait_codes", "trung_thuc")],
)
def test_a_plan_takes_nothing_that_her_grade_does_not_have(name: str, code: str) -> None:
    form = plan_form(**{"plan": "Ôn", "subject_codes": ["toan"], name: [code]})
    assert errors_of(form, name)


def test_what_was_ticked_stays_ticked_while_the_plan_is_missing() -> None:
    form = plan_form(plan="", subject_codes=["toan"], trait_codes=["yeu_nuoc"])
    assert not form.is_valid()
    ticked = [box.data["value"] for box in form["subject_codes"] if box.data["selected"]]
    assert ticked == ["toan"]
    assert [box.data["selected"] for box in form["trait_codes"]] == [True]


def test_contents_are_named_as_the_form_names_them() -> None:
    form = plan_form()
    assert form.fields["subject_codes"].choices == [("tieng_viet", "Tiếng Việt"), ("toan", "Toán")]
    assert form.fields["trait_codes"].choices == [("yeu_nuoc", "Yêu nước")]


# A score


@given(score=st.integers(-5, 30))
def test_a_score_of_the_scale_is_a_number_and_no_other_is(score: int) -> None:
    field = ScoreField(TT27.score_scale)
    if 1 <= score <= 10:
        assert field.clean(f" {score} ") == score
        return
    with pytest.raises(forms.ValidationError):
        field.clean(str(score))


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", None])
def test_an_empty_score_is_no_score_and_not_zero(typed: str | None) -> None:
    assert ScoreField(ScoreScale(minimum=1, maximum=20, allows_zero=True)).clean(typed) is None


# Later results


def test_only_planned_subjects_of_the_reader_are_asked_for(
    with_a_trait: SupplementaryAssessment,
) -> None:
    form = later_form(with_a_trait, subject_codes=("toan", "tieng_viet"), writes_traits=False)
    assert list(form.fields) == ["level_toan", "score_toan", "comment_toan"]


def test_a_subject_without_a_test_has_no_cell_for_a_score(
    with_a_trait: SupplementaryAssessment,
) -> None:
    form = later_form(with_a_trait)
    assert "level_am_nhac" in form.fields
    assert "score_am_nhac" not in form.fields


def test_each_control_says_whose_it_is(with_a_trait: SupplementaryAssessment) -> None:
    labels = [str(field.label) for field in later_form(with_a_trait).fields.values()]
    assert labels[:3] == ["Toán, mức đạt được", "Toán, điểm kiểm tra", "Toán, nhận xét"]
    assert labels[-1] == "Chăm chỉ"
    assert len(labels) == len(set(labels))


def test_nothing_typed_is_nothing_entered(with_a_trait: SupplementaryAssessment) -> None:
    form = later_form(with_a_trait, {})
    assert form.is_valid()
    assert form.arguments == {
        "subjects": {"toan": LaterSubject(), "am_nhac": LaterSubject()},
        "traits": {"cham_chi": ""},
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("level_toan", "M"),
        ("level_toan", "X"),
        ("trait_cham_chi", "H"),
        ("score_toan", "10,5"),
        ("comment_toan", "ô" * (LONGEST_COMMENT + 1)),
        ("comment_toan", "Tiến bộ 👍"),
    ],
)
def test_a_field_that_is_refused_keeps_what_was_typed_and_so_do_the_others(
    with_a_trait: SupplementaryAssessment, name: str, typed: str
) -> None:
    others = {"level_toan": "H", "score_toan": "6", "comment_toan": "Tiến bộ"}
    form = later_form(with_a_trait, {**others, name: typed})
    assert list(form.errors) == [name]
    assert form[name].value() == typed
    for other in others.keys() - {name}:
        assert form[other].value() == others[other]


def test_what_is_stored_stands_in_the_cells(planned: SupplementaryAssessment, cast: Cast) -> None:
    year_ends.save_later(cast, planned, level="H", score=6)
    form = later_form(planned)
    assert form["level_toan"].value() == "H"
    assert form["score_toan"].value() == 6
    assert form["comment_toan"].value() == "Em đã chia được số có hai chữ số."


def test_the_first_result_is_not_offered_as_the_later(planned: SupplementaryAssessment) -> None:
    form = later_form(planned)
    assert (form["level_toan"].value(), form["score_toan"].value()) == ("", None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    level=st.sampled_from(["", "T", "H", "C"]),
    score=st.none() | st.integers(1, 10),
    comment=printable_texts(max_size=40),
)
def test_what_was_saved_comes_back_into_the_form_and_is_no_change(
    planned: SupplementaryAssessment,
    cast: Cast,
    level: str,
    score: int | None,
    comment: str,
) -> None:
    typed = {"level_toan": level, "score_toan": str(score or ""), "comment_toan": comment}
    form = later_form(planned, typed)
    assert form.is_valid()
    actions.save_supplementary_results(assessment=planned, **form.arguments, by=cast.ngoc)

    shown = later_form(planned)
    again = later_form(planned, {name: str(shown[name].value() or "") for name in shown.fields})
    assert again.is_valid()
    saved = actions.save_supplementary_results(assessment=planned, **again.arguments, by=cast.ngoc)
    assert saved == 0


# Hand-in, decision, reopening


@pytest.mark.parametrize(
    ("form_class", "name", "sentence"),
    [
        (CaseForm, "case_reason", "Hãy ghi lý do trình hiệu trưởng."),
        (ReopenSummerForm, "reason", "Hãy ghi lý do mở lại."),
    ],
)
def test_a_reason_is_asked_for_by_what_it_is_for(
    form_class: type[forms.Form], name: str, sentence: str
) -> None:
    assert errors_of(form_class({name: " \n"}), name) == [sentence]


@pytest.mark.parametrize(
    ("form_class", "name"), [(CaseForm, "case_reason"), (ReopenSummerForm, "reason")]
)
def test_a_reason_that_is_too_long_stays_in_the_form(
    form_class: type[forms.Form], name: str
) -> None:
    typed = "ư" * (LONGEST_REASON + 1)
    form = form_class({name: typed})
    assert errors_of(form, name)
    assert form[name].value() == typed


def test_who_has_completed_is_handed_in_with_nothing() -> None:
    assert NoCaseForm({}).is_valid()
    assert NoCaseForm({"case_reason": "x"}).fields == {}


def promotion_form(
    typed: dict[str, str], *, is_last_grade: bool = False, has_completed: bool = False
) -> PromotionForm:
    return PromotionForm(typed, is_last_grade=is_last_grade, has_completed=has_completed)


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({}, ["is_promoted", "reason"]),
        ({"has_completed": True}, []),
        ({"is_last_grade": True}, ["reason"]),
        ({"is_last_grade": True, "has_completed": True}, []),
    ],
)
def test_the_principal_is_asked_only_what_is_hers_to_decide(
    options: dict[str, bool], asked: list[str]
) -> None:
    assert list(promotion_form({}, **options).fields) == asked


@pytest.mark.parametrize(
    ("options", "typed", "arguments"),
    [
        ({"has_completed": True}, {}, (True, "")),
        ({"is_last_grade": True, "has_completed": True}, {}, (None, "")),
        ({"is_last_grade": True}, {"reason": "Ôn thêm"}, (None, "Ôn thêm")),
        ({}, {"is_promoted": "yes", "reason": "Ôn thêm"}, (True, "Ôn thêm")),
        ({}, {"is_promoted": "no", "reason": "Ôn thêm"}, (False, "Ôn thêm")),
        ({"has_completed": True}, {"is_promoted": "no"}, (True, "")),
        ({"is_last_grade": True}, {"is_promoted": "yes", "reason": "Ôn"}, (None, "Ôn")),
    ],
)
def test_an_answer_becomes_the_decision(
    options: dict[str, bool], typed: dict[str, str], arguments: tuple[bool | None, str]
) -> None:
    form = promotion_form(typed, **options)
    assert form.is_valid()
    assert form.arguments == {"is_promoted": arguments[0], "reason": arguments[1]}


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("is_promoted", "Hãy quyết định em được lên lớp hay chưa."),
        ("reason", "Hãy ghi lý do của quyết định."),
    ],
)
def test_a_decision_is_asked_for_whole_and_keeps_the_rest(left_out: str, sentence: str) -> None:
    whole = {"is_promoted": "no", "reason": "Ôn thêm trong hè"}
    [other] = whole.keys() - {left_out}
    form = promotion_form({other: whole[other]})
    assert errors_of(form, left_out) == [sentence]
    assert form[other].value() == whole[other]


@pytest.mark.parametrize("answer", ["maybe", "True", "YES", "1"])
def test_any_other_answer_promotes_nobody(answer: str) -> None:
    assert errors_of(promotion_form({"is_promoted": answer, "reason": "Ôn"}), "is_promoted")
