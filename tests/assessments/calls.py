"""Each action on results, ready to be called: its class is where it would succeed for who may."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from assessments.owing import owing_in
from assessments.progress import progress_of
from rulesets import Period, YearOutcome
from schools.models import StaffMember
from tests.assessments import commendations, handovers, states, year_ends
from tests.assessments.banks import draft, school_entry
from tests.assessments.filling import record_row, subject_row
from tests.cast import NOW, Cast

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)
LATER = datetime.date(2027, 1, 25)
LEADERS = "hanh phuc"
HOMEROOM = "ngoc"
KEEPERS = "hanh phuc tam"
CLOSE_TO_THE_CLASS = "hanh phuc ngoc binh"

Ready = Callable[[StaffMember], object]
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """`arguments` brings the class there and gives all that the action asks but `by`."""

    action: str
    may: str
    arguments: Callable[[Cast], Arguments]
    at: datetime.datetime = NOW

    def __str__(self) -> str:
        return self.action

    def ready(self, cast: Cast) -> Ready:
        arguments = self.arguments(cast)
        return lambda by: getattr(actions, self.action)(**arguments, by=by)


def at_term_end(cast: Cast, **arguments: Any) -> Arguments:
    return {"school_class": cast.school_class, "period": Period.END_TERM_1, **arguments}


def filled(cast: Cast) -> Arguments:
    states.filled(cast)
    return at_term_end(cast)


def at_years_end(cast: Cast) -> Arguments:
    year_ends.unconfirmed(cast)
    return {"school_class": cast.school_class}


def one_pupils_year(cast: Cast) -> Arguments:
    return {**at_years_end(cast), "enrollment_id": cast.duc.pk, "result": YearOutcome.EXCELLENT}


def a_title(cast: Cast) -> Arguments:
    year_ends.submitted(cast)
    return {"decision": year_ends.decision_of(cast.duc)}


def a_refused_title(cast: Cast) -> Arguments:
    arguments = a_title(cast)
    actions.refuse_reward(**arguments, reason="Chưa đủ", by=cast.hanh)
    return arguments


def a_plan(cast: Cast) -> Arguments:
    year_ends.signed_off(cast)
    return {
        "enrollment": cast.anh,
        "plan": year_ends.PLAN,
        "subject_codes": ["toan"],
        "trait_codes": [],
    }


def handed_in_alone(cast: Cast) -> PeriodRecord:
    return actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)


def asked(cast: Cast) -> Arguments:
    request = actions.request_reopening(
        class_period=states.signed_off(cast), reason="Sai điểm", by=cast.ngoc
    )
    return {"request": request, "is_granted": True}


def asked_for_more_time(cast: Cast) -> Arguments:
    return {
        "request": actions.request_extension(
            school_class=cast.school_class, period=Period.END_TERM_1, reason="Ốm", by=cast.ngoc
        )
    }


def more_time(cast: Cast) -> Arguments:
    return at_term_end(cast, ends_on=LATER, **REASON)


def to_propose(cast: Cast) -> Arguments:
    record = states.filled(cast).records.get(enrollment=cast.anh)
    return {"record": record, "subject_code": "toan", **REASON}


def those_who_owe(cast: Cast) -> Arguments:
    """One of them, the teacher of English, has an address."""
    User.objects.filter(pk=cast.binh.acting_user.pk).update(email="binh@hocba.example")
    progress = progress_of(
        [cast.school_class], school_year=cast.school_year, period=Period.END_TERM_1
    )
    owing = owing_in(progress, school_year=cast.school_year, today=NOW.date())
    return {"debtors": owing.debtors, "site_url": "http://hocba.example/"}


def bank_of_the_school(cast: Cast) -> Arguments:
    return {"school": cast.school, "owner": None}


REASON = {"reason": "Sai điểm Toán"}

CALLS = [
    Call("submit_class_period", HOMEROOM, filled),
    Call(
        "return_class_period",
        LEADERS,
        lambda cast: {"class_period": states.submitted(cast), **REASON},
    ),
    Call("sign_off_class_period", LEADERS, lambda cast: {"class_period": states.submitted(cast)}),
    Call(
        "reopen_class_period",
        LEADERS,
        lambda cast: {"class_period": states.signed_off(cast), **REASON},
    ),
    Call(
        "set_class_subjects",
        KEEPERS,
        lambda cast: {
            "school_class": cast.school_class,
            "optional": frozenset({(4, "tieng_dan_toc")}),
            "language_names": {},
        },
    ),
    Call("propose_retest", HOMEROOM, to_propose),
    Call("agree_to_retest", LEADERS, lambda cast: {"retest": states.proposed_retest(cast)}),
    Call(
        "decline_retest", LEADERS, lambda cast: {"retest": states.proposed_retest(cast), **REASON}
    ),
    Call(
        "withdraw_retest", HOMEROOM, lambda cast: {"retest": states.agreed_retest(cast), **REASON}
    ),
    Call(
        "enter_retest_score",
        HOMEROOM,
        lambda cast: {
            "retest": states.agreed_retest(cast),
            "score": 8,
            "taken_on": datetime.date(2027, 1, 5),
        },
    ),
    Call("submit_record", HOMEROOM, lambda cast: {"record": states.with_anh_reopened(cast)}),
    Call("return_record", LEADERS, lambda cast: {"record": handed_in_alone(cast), **REASON}),
    Call("sign_off_record", LEADERS, lambda cast: {"record": handed_in_alone(cast)}),
    Call(
        "reopen_record",
        LEADERS,
        lambda cast: {
            "record": states.signed_off(cast).records.get(enrollment=cast.anh),
            **REASON,
        },
    ),
    Call(
        "request_reopening",
        "ngoc binh",
        lambda cast: {"class_period": states.signed_off(cast), **REASON},
    ),
    Call("decide_reopen_request", LEADERS, asked),
    Call("request_extension", "ngoc binh", lambda cast: at_term_end(cast, **REASON)),
    Call("refuse_extension_request", LEADERS, asked_for_more_time),
    Call("grant_extension", LEADERS, more_time),
    Call(
        "revoke_extension",
        LEADERS,
        lambda cast: {"extension": states.extended(cast, LATER)},
    ),
    Call(
        "save_subject_results",
        "binh",
        lambda cast: at_term_end(
            cast, subject_code="ngoai_ngu_1", rows=[subject_row(cast.anh.pk, level="T", score=9)]
        ),
    ),
    Call(
        "save_trait_results",
        HOMEROOM,
        lambda cast: at_term_end(cast, rows=[RowEdit(cast.anh.pk, {"nhan_ai": Edit("", "T")})]),
    ),
    Call(
        "save_period_records",
        HOMEROOM,
        lambda cast: at_term_end(cast, rows=[record_row(cast.anh.pk)]),
    ),
    Call(
        "save_trait_notes",
        "ngoc binh",
        lambda cast: at_term_end(
            cast, rows=[RowEdit(cast.anh.pk, {"text": Edit("", "Em mạnh dạn.")})]
        ),
    ),
    Call(
        "propose_commendation",
        CLOSE_TO_THE_CLASS,
        lambda cast: {
            "enrollment": cast.anh,
            "kind": "extraordinary",
            "achievement": commendations.ACHIEVEMENT,
            "wording": commendations.WORDING,
        },
    ),
    Call(
        "write_praise_letter",
        CLOSE_TO_THE_CLASS,
        lambda cast: {
            "enrollment": cast.anh,
            "achievement": commendations.LETTER,
            "given_on": commendations.JAN_4,
        },
    ),
    Call(
        "forward_commendation",
        LEADERS,
        lambda cast: {"commendation": commendations.proposed_to_higher_level(cast)},
    ),
    Call(
        "award_commendation",
        LEADERS,
        lambda cast: {
            "commendation": commendations.proposed(cast),
            "decision": commendations.DECISION,
        },
    ),
    Call(
        "decline_commendation",
        LEADERS,
        lambda cast: {"commendation": commendations.proposed(cast), **REASON},
    ),
    Call(
        "withdraw_commendation",
        "hanh phuc ngoc",
        lambda cast: {"commendation": commendations.letter(cast), **REASON},
    ),
    Call(
        "save_handover",
        HOMEROOM,
        lambda cast: {
            "school_class": cast.school_class,
            "grade_level": 4,
            "draft": handovers.draft(cast),
        },
        at=IN_MAY,
    ),
    Call(
        "name_receiver",
        "hanh phuc ngoc",
        lambda cast: {
            "school_class": cast.school_class,
            "grade_level": 4,
            "receiver": cast.suong,
        },
        at=IN_MAY,
    ),
    Call(
        "hand_over_class",
        HOMEROOM,
        lambda cast: {"handover": handovers.prepared(cast)},
        at=IN_MAY,
    ),
    Call(
        "receive_class",
        "suong",
        lambda cast: {"handover": handovers.handed_over(cast)},
        at=IN_MAY,
    ),
    Call(
        "return_handover",
        "suong",
        lambda cast: {"handover": handovers.handed_over(cast), **REASON},
        at=IN_MAY,
    ),
    Call("send_nudges", LEADERS, those_who_owe),
    Call(
        "create_comment_entry", KEEPERS, lambda cast: {**bank_of_the_school(cast), "draft": draft()}
    ),
    Call(
        "change_comment_entry",
        KEEPERS,
        lambda cast: {"entry": school_entry(cast), "draft": draft(text="{tên} tính giỏi.")},
    ),
    Call("remove_comment_entry", KEEPERS, lambda cast: {"entry": school_entry(cast)}),
    Call(
        "copy_comment_entry",
        "hanh phuc ngoc binh suong",
        lambda cast: {"entry": school_entry(cast)},
    ),
    Call(
        "write_comment_entries",
        KEEPERS,
        lambda cast: {**bank_of_the_school(cast), "drafts": [draft()]},
    ),
    Call("confirm_year_decisions", HOMEROOM, at_years_end, at=IN_MAY),
    Call("confirm_year_decision", HOMEROOM, one_pupils_year, at=IN_MAY),
    Call("refuse_reward", LEADERS, lambda cast: {**a_title(cast), **REASON}, at=IN_MAY),
    Call("restore_reward", LEADERS, a_refused_title, at=IN_MAY),
    Call("confirm_subject", HOMEROOM, lambda cast: {**filled(cast), "subject_code": "toan"}),
    Call("plan_supplementary_assessment", HOMEROOM, a_plan, at=IN_MAY),
    Call(
        "save_supplementary_results",
        HOMEROOM,
        lambda cast: {
            "assessment": year_ends.planned(cast),
            "subjects": {"toan": actions.LaterSubject("H", 6)},
            "traits": {},
        },
        at=IN_MAY,
    ),
    Call(
        "submit_supplementary_assessment",
        HOMEROOM,
        lambda cast: {"assessment": year_ends.reassessed(cast)},
        at=IN_MAY,
    ),
    Call(
        "return_supplementary_assessment",
        LEADERS,
        lambda cast: {"assessment": year_ends.put_forward(cast), **REASON},
        at=IN_MAY,
    ),
    Call(
        "decide_supplementary_assessment",
        LEADERS,
        lambda cast: {"assessment": year_ends.put_forward(cast), "is_promoted": True},
        at=IN_MAY,
    ),
    Call(
        "reopen_supplementary_assessment",
        LEADERS,
        lambda cast: {"assessment": year_ends.decided(cast), **REASON},
        at=IN_MAY,
    ),
]

# Any guardian reads her own children's cards; the page finds no others.
FOR_NO_STAFF = {"record_card_reading"}
NO_ACTIONS = {"LaterSubject", "Recognition"}
