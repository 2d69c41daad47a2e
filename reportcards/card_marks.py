"""What every page says of a card that is not simply in force."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reportcards.models import ReportCard, WithdrawalRequest
from reportcards.workflow import CardState


@dataclass(frozen=True)
class CardMark:
    """As components/notice.html shows it; `successor` stands in the card's place."""

    tone: str
    icon_name: str
    title: str
    text: str
    successor: ReportCard | None = None


def marks_of(card: ReportCard) -> list[CardMark]:
    marks = [_mark_of_trial()] if card.is_demo else []
    if card.state in STATE_MARKS:
        marks.append(STATE_MARKS[CardState(card.state)](card))
    return marks


def successor_of(card: ReportCard) -> ReportCard | None:
    """The card that was issued in this one's place, by way of others that were withdrawn too."""
    successor = card.successors.issued_ever().order_by("-pk").first()
    if successor is None:
        return None
    return successor_of(successor) or successor


def latest_request(card: ReportCard) -> WithdrawalRequest | None:
    requests = card.withdrawal_requests.select_related("asked_by", "decided_by", "attachment")
    return requests.order_by("-asked_at", "-pk").first()


def _mark_of_trial() -> CardMark:
    return CardMark(
        tone="attention",
        icon_name="alert",
        title=_("CHỨNG THƯ THỬ NGHIỆM"),
        text=_("Học bạ này ký bằng chứng thư thử nghiệm nên không có giá trị pháp lý."),
    )


def _requested(card: ReportCard) -> CardMark:
    return CardMark(
        tone="waiting",
        icon_name="hourglass",
        title=_("Nhà trường đã đề nghị thu hồi học bạ này"),
        text=_("Sở chưa trả lời nên học bạ còn hiệu lực."),
    )


def _refused(card: ReportCard) -> CardMark:
    return CardMark(
        tone="attention",
        icon_name="return",
        title=_("Sở từ chối học bạ này"),
        text=_("Học bạ chưa được Sở tiếp nhận. Nhà trường sẽ rút về và khởi tạo học bạ thay thế."),
    )


def _withdrawn(card: ReportCard) -> CardMark:
    return CardMark(
        tone="attention",
        icon_name="cross",
        title=_("Học bạ đã thu hồi"),
        text=_withdrawn_text(card, latest_request(card)),
    )


def _withdrawn_text(card: ReportCard, request: WithdrawalRequest | None) -> str:
    """By which document of the department; a card that it refused is taken back without one."""
    if request is None or not request.is_granted:
        return _("Thu hồi ngày %(day)s. Học bạ này không còn hiệu lực.") % {"day": _day(card)}
    return _(
        "Thu hồi ngày %(day)s theo văn bản %(number)s của Sở. Học bạ này không còn hiệu lực."
    ) % {"day": _day(card), "number": request.decision_number}


def _superseded(card: ReportCard) -> CardMark:
    successor = successor_of(card)
    return CardMark(
        tone="attention",
        icon_name="cross",
        title=_("Học bạ đã thu hồi và được thay thế"),
        text=_("Từ ngày %(day)s học bạ mã %(uuid)s thay cho học bạ này.")
        % {"day": _day(card), "uuid": successor.uuid if successor else "—"},
        successor=successor,
    )


def _discarded(card: ReportCard) -> CardMark:
    return CardMark(
        tone="waiting",
        icon_name="cross",
        title=_("Bản này đã bỏ"),
        text=_("Bản khởi tạo này bị bỏ trước khi phát hành, chưa bao giờ có hiệu lực."),
    )


STATE_MARKS = {
    CardState.WITHDRAWAL_REQUESTED: _requested,
    CardState.REFUSED: _refused,
    CardState.WITHDRAWN: _withdrawn,
    CardState.SUPERSEDED: _superseded,
    CardState.DISCARDED: _discarded,
}


def _day(card: ReportCard) -> str:
    return date_format(localtime(card.state_changed_at))
