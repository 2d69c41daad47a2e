"""The permission matrix's lines for the year's end, the summer, rewards and handovers."""

import time_machine

from assessments.models import YearDecision
from tests.assessments import commendations, handovers, year_ends
from tests.cast import IN_MAY
from tests.pages import get, post
from tests.rows import saved_row


def the_year(cast):
    return {"first_year": 2026}


def the_class(cast):
    return {"school_class_id": cast.school_class.pk}


def the_decision(cast):
    return {"pk": saved_row(YearDecision, cast).pk}


def the_pupils_year(cast):
    return {**the_class(cast), "enrollment_id": cast.anh.pk}


def a_summer(cast):
    with time_machine.travel(IN_MAY, tick=False):
        return {"pk": year_ends.planned(cast).pk}


def a_commendation(cast):
    return {"pk": commendations.proposed(cast).pk}


def the_grade(cast):
    return {**the_class(cast), "grade_level": 4}


def a_handover(cast):
    with handovers.in_may():
        return {"pk": handovers.handed_over(cast).pk}


def a_handover_of_the_grade(cast):
    a_handover(cast)
    return the_grade(cast)


YEAR_END_PAGES = [
    # The year's end; nothing has been entered, so that each step is refused with a sentence
    get("pupil_year", "ngoc", the_pupils_year, answer=302),
    post("pupil_year", "ngoc", the_pupils_year),
    get("reward_refuse", "hanh phuc", the_decision, answer=302),
    post("reward_refuse", "hanh phuc", the_decision, answer=422),
    post("reward_restore", "hanh phuc", the_decision),
    get("year_end", "hanh phuc", the_year, except_for={"quang": 200}),
    post("year_end", "hanh phuc", the_year, except_for={"quang": 302}),
    # The summer of who has not completed
    get("supplementary_assessments", "hanh phuc ngoc binh tam", the_class),
    get("supplementary_plan", "", the_pupils_year, except_for={"ngoc": 404}),
    post("supplementary_plan", "", the_pupils_year, except_for={"ngoc": 404}),
    get("supplementary_assessment", "hanh phuc ngoc binh tam", a_summer),
    post("supplementary_assessment", "ngoc", a_summer),
    get("supplementary_submit", "ngoc", a_summer),
    post("supplementary_submit", "ngoc", a_summer, answer=422),
    get("supplementary_return", "hanh phuc", a_summer, answer=302),
    post("supplementary_return", "hanh phuc", a_summer, answer=422),
    get("supplementary_decide", "hanh phuc", a_summer, answer=302),
    post("supplementary_decide", "hanh phuc", a_summer, answer=422),
    get("supplementary_reopen", "hanh phuc", a_summer, answer=302),
    post("supplementary_reopen", "hanh phuc", a_summer, answer=422),
    # Commendations during the year
    get("class_commendations", "hanh phuc ngoc binh tam", the_class),
    post("class_commendations", "hanh phuc ngoc binh", the_class, answer=422),
    get("new_praise_letter", "hanh phuc ngoc binh", the_class),
    post("new_praise_letter", "hanh phuc ngoc binh", the_class, answer=422),
    get("commendations", "hanh phuc", except_for={"quang": 200}),
    get("commendation_award", "hanh phuc", a_commendation),
    post("commendation_award", "hanh phuc", a_commendation, answer=422),
    get("commendation_decline", "hanh phuc", a_commendation),
    post("commendation_decline", "hanh phuc", a_commendation, answer=422),
    post("commendation_forward", "hanh phuc", a_commendation),
    get("commendation_withdraw", "hanh phuc ngoc", a_commendation),
    post("commendation_withdraw", "hanh phuc ngoc", a_commendation, answer=422),
    # The rewards of a year
    get("reward_list", "hanh phuc tam van", the_year, except_for={"quang": 200}),
    get("reward_list_pdf", "hanh phuc tam van", the_year, except_for={"quang": 200}),
    get("reward_list_sheet", "hanh phuc tam van", the_year, except_for={"quang": 200}),
    # Passing a class on at the year's end; in January nothing of it can be handed over
    get("class_handover", "hanh phuc ngoc tam", the_class, answer=302),
    get("grade_handover", "hanh phuc ngoc tam", the_grade),
    post("grade_handover", "ngoc", the_grade),
    post("handover_receiver", "hanh phuc ngoc", the_grade),
    post("handover_receive", "suong", a_handover),
    get("handover_return", "suong", a_handover),
    post("handover_return", "suong", a_handover, answer=422),
    get("handover_minutes", "hanh phuc ngoc suong tam", a_handover_of_the_grade),
]
