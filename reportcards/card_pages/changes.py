"""What is no longer as it was when a card in making was frozen: then it is made anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reportcards.card_payload import homeroom_row, signer_row
from reportcards.models import ReportCard
from reportcards.readiness import Readiness
from reportcards.signers import signers_for
from schools.models import StaffMember


def changes_since_frozen(card: ReportCard, now: Readiness, leaders: list[StaffMember]) -> list[str]:
    """Sentences; none: the card may be signed as it is. `leaders` are those in post today."""
    return [
        *_of_leader(card, leaders),
        *_of_homeroom_signer(card, now),
        *_of_results(card, now),
        *_of_pupil_and_school(card, now),
    ]


def _of_leader(card: ReportCard, leaders: list[StaffMember]) -> Iterator[str]:
    frozen = card.payload["leader"]
    if card.leader not in leaders:
        yield _("%(name)s không còn là lãnh đạo trường.") % {"name": frozen["full_name"]}
    elif frozen != signer_row(card.leader):
        yield _("Hồ sơ của người ký (%(name)s) đã được sửa.") % {"name": frozen["full_name"]}


def _of_homeroom_signer(card: ReportCard, now: Readiness) -> Iterator[str]:
    signers = signers_for(now.teacher, leader=card.leader, issued_on=card.issued_on)
    frozen, today = card.payload["homeroom_signer"], homeroom_row(signers)
    if frozen == today:
        return
    if today is None:
        yield _("Lớp không còn giáo viên chủ nhiệm.")
    elif frozen is None or frozen["full_name"] != today["full_name"]:
        names = {"old": (frozen or today)["full_name"], "new": today["full_name"]}
        yield _("Người ký ở ô chủ nhiệm: lúc khởi tạo là %(old)s, nay là %(new)s.") % names
    else:
        yield _("Hồ sơ của người ký (%(name)s) đã được sửa.") % {"name": today["full_name"]}


def _of_results(card: ReportCard, now: Readiness) -> Iterator[str]:
    frozen = [row["digest"] for row in card.payload["sign_offs"]]
    today = [row["digest"] for row in now.payload["sign_offs"]]
    if not now.is_signed_off:
        yield _("Kết quả của em đang được mở lại.")
    elif frozen != today:
        yield _("Kết quả của em đã được ký duyệt lại.")


def _of_pupil_and_school(card: ReportCard, now: Readiness) -> Iterator[str]:
    if card.payload["student"] != now.payload["student"]:
        yield _("Thông tin của em đã được sửa.")
    places = ("school", "department", "place_of_issue")
    if any(card.payload[part] != now.payload[part] for part in places):
        yield _("Thông tin của trường hoặc của Sở đã được sửa.")
