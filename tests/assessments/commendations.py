"""Anh's commendations in each state, brought there by the actions; the wording says what for."""

import datetime
from typing import Any

from assessments import actions
from assessments.actions.commendations import AwardDecision
from assessments.commendation_workflow import CommendationKind
from assessments.models import Commendation
from tests.cast import Cast

JAN_4 = datetime.date(2027, 1, 4)
ACHIEVEMENT = "Nhặt được ví tiền và trả lại người mất."
WORDING = "Khen thưởng đột xuất: nhặt được của rơi trả người mất."
LETTER = "Em đã giúp bạn chép bài suốt hai tuần bạn ốm."
PRIZE = "Đạt giải Nhì hội giao lưu An toàn giao thông cấp huyện"
DECISION = AwardDecision(number="15/QĐ-THKĐ", decided_on=JAN_4)


def proposed(cast: Cast, **fields: Any) -> Commendation:
    return actions.propose_commendation(
        **{
            "enrollment": cast.anh,
            "kind": CommendationKind.EXTRAORDINARY,
            "achievement": ACHIEVEMENT,
            "wording": WORDING,
            "by": cast.ngoc,
            **fields,
        }
    )


def proposed_to_higher_level(cast: Cast, **fields: Any) -> Commendation:
    return proposed(cast, **{"kind": CommendationKind.HIGHER_LEVEL, "wording": PRIZE, **fields})


def forwarded(cast: Cast) -> Commendation:
    return actions.forward_commendation(commendation=proposed_to_higher_level(cast), by=cast.hanh)


def awarded(cast: Cast, **fields: Any) -> Commendation:
    return award(cast, proposed(cast, **fields))


def award(cast: Cast, commendation: Commendation, **fields: Any) -> Commendation:
    body = "UBND phường Buôn Hồ" if commendation.is_of_higher_level else ""
    decision = AwardDecision(
        **{"number": "15/QĐ-THKĐ", "decided_on": JAN_4, "awarding_body": body, **fields}
    )
    return actions.award_commendation(commendation=commendation, decision=decision, by=cast.hanh)


def declined(cast: Cast) -> Commendation:
    return actions.decline_commendation(
        commendation=proposed(cast), reason="Nhà trường đã khen trước cờ", by=cast.hanh
    )


def letter(cast: Cast, **fields: Any) -> Commendation:
    return actions.write_praise_letter(
        **{
            "enrollment": cast.anh,
            "achievement": LETTER,
            "given_on": JAN_4,
            "by": cast.ngoc,
            **fields,
        }
    )


def withdrawn(cast: Cast) -> Commendation:
    return actions.withdraw_commendation(
        commendation=letter(cast), reason="Viết nhầm em", by=cast.ngoc
    )
