"""A child's issued cards as her guardian reads them, most of it on a telephone."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reportcards.card_marks import CardMark, marks_of
from reportcards.models import ReportCard
from reportcards.workflow import CardState


@dataclass(frozen=True)
class StateLook:
    """As components/status_tag.html shows it."""

    icon: str
    word: Promise
    tone: str


IN_FORCE = StateLook("sealed", gettext_lazy("Có hiệu lực"), "done")
LOOKS = {
    CardState.REFUSED: StateLook("return", gettext_lazy("Sở từ chối"), "attention"),
    CardState.WITHDRAWAL_REQUESTED: StateLook(
        "hourglass", gettext_lazy("Có hiệu lực, đang đề nghị thu hồi"), "waiting"
    ),
    CardState.WITHDRAWN: StateLook("cross", gettext_lazy("Đã thu hồi"), "locked"),
    CardState.SUPERSEDED: StateLook("cross", gettext_lazy("Đã được thay thế"), "locked"),
}


@dataclass(frozen=True)
class ChildsCard:
    card: ReportCard

    @property
    def title(self) -> str:
        payload = self.card.payload
        return _("Năm học %(year)s, lớp %(class)s") % {
            "year": payload["school_year"],
            "class": payload["school_class"]["name"],
        }

    @property
    def school_name(self) -> str:
        return str(self.card.payload["school"]["name"])

    @property
    def look(self) -> StateLook:
        return LOOKS.get(CardState(self.card.state), IN_FORCE)

    @cached_property
    def marks(self) -> list[CardMark]:
        return marks_of(self.card)
