"""Each action on results, ready to be called: its class is where it would succeed for who may."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord
from rulesets import Period
from schools.models import StaffMember
from tests.assessments import states
from tests.assessments.filling import record_row, subject_row
from tests.cast import NOW, Cast

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)
LEADERS = "hanh phuc"
HOMEROOM = "ngoc"

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
    states.filled(cast, Period.END_YEAR)
    return {"school_class": cast.school_class}


def handed_in_alone(cast: Cast) -> PeriodRecord:
    return actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)


def asked(cast: Cast) -> Arguments:
    request = actions.request_reopening(
        class_period=states.signed_off(cast), reason="Sai điểm", by=cast.ngoc
    )
    return {"request": request, "is_granted": True}


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
    Call("confirm_year_decisions", HOMEROOM, at_years_end, at=IN_MAY),
]

# Any guardian reads her own children's cards; the page finds no others.
FOR_NO_STAFF = {"record_card_reading"}
