"""The digital cards of a class, pupil by pupil: what is missing, what is left out, what stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster import roster
from assessments.wording import translated
from reportcards.card_field_names import field_name
from reportcards.card_pages.changes import changes_since_frozen
from reportcards.card_pages.remedies import Gap, Place, gaps, remedy_for
from reportcards.card_policies import closing_of
from reportcards.lack_sentences import relaxation_sentence, violation_sentence
from reportcards.models import CardYearClosing, ReportCard
from reportcards.profiles import get_profile
from reportcards.profiles.relaxations import Use
from reportcards.readiness import Readiness, is_of_the_school, readiness_of
from reportcards.signers import leaders_in_post, works_here_today
from reportcards.workflow import OVER, CardStep, can_move
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from students.models import Enrollment


@dataclass(frozen=True)
class PupilCard:
    """`uses`: the relaxations that not all of the class share.

    `former`: her cards that are over, the newest first.
    """

    reading: Readiness
    gaps: list[Gap]
    faults: list[str]
    uses: list[str]
    changes: list[str]
    former: list[ReportCard]

    @property
    def enrollment(self) -> Enrollment:
        return self.reading.enrollment

    @property
    def card(self) -> ReportCard | None:
        return self.reading.card

    @property
    def can_be_created(self) -> bool:
        return self.card is None and self.reading.is_ready

    @property
    def ticked(self) -> str:
        """As the form's data name her."""
        return str(self.enrollment.pk)

    @property
    def standing(self) -> tuple[str, str]:
        """Of a pupil without a card: the look of its tag, and its words."""
        if not self.reading.is_signed_off:
            return "open", _("Chưa ký duyệt kết quả")
        if self.reading.awaits_summer:
            return "proposed", _("Chờ đánh giá bổ sung")
        if self.reading.is_ready:
            return "complete", _("Sẵn sàng")
        return "missing", _("Còn thiếu")


class ClassCardsPage:
    def __init__(self, school_class: SchoolClass, reader: StaffMember) -> None:
        """`school_class` comes with its year, school and department."""
        self.school_class = school_class
        self.reader = reader

    @cached_property
    def rows(self) -> list[PupilCard]:
        shared = self._shared_uses
        return [
            PupilCard(
                reading=reading,
                gaps=[] if reading.card else self._gaps(reading),
                faults=[] if reading.card else self._faults(reading),
                uses=self._sentences(use for use in uses_of(reading) if use not in shared),
                changes=self._changes(reading),
                former=self._former.get(reading.enrollment.pk, []),
            )
            for reading in self.readings
        ]

    @cached_property
    def readings(self) -> list[Readiness]:
        pupils = list(roster(self.school_class, Period.END_YEAR))
        for row in pupils:
            row.school_class = self.school_class
        return readiness_of(pupils)

    @property
    def creatable(self) -> list[PupilCard]:
        return [row for row in self.rows if row.can_be_created]

    @property
    def waiting(self) -> list[Readiness]:
        """Of the pupils without a card."""
        return [reading for reading in self.readings if reading.card is None]

    @cached_property
    def school_gaps(self) -> list[Gap]:
        """What the whole class lacks of the school and of those who sign; told once."""
        return gaps(
            (field_name(lack.tag), remedy_for(lack.source, Place(reading, self.reader)))
            for reading in self.waiting[:1]
            for lack in reading.lacks
            if is_of_the_school(lack.source)
        )

    @property
    def shared_uses(self) -> list[str]:
        return self._sentences(self._shared_uses)

    @cached_property
    def leaders(self) -> list[StaffMember]:
        return leaders_in_post(self.school_class.school_year.school)

    @property
    def teacher(self) -> StaffMember | None:
        return self.readings[0].teacher if self.readings else None

    @property
    def teacher_has_left(self) -> bool:
        return self.teacher is not None and not works_here_today(self.teacher)

    @cached_property
    def closing(self) -> CardYearClosing | None:
        return closing_of(self.school_class.school_year)

    @property
    def lead(self) -> str:
        counts = self.counts
        words = {
            "pupils": ngettext("%(count)s em", "%(count)s em", counts["pupils"])
            % {"count": counts["pupils"]},
            "ready": counts["ready"],
            "making": counts["making"],
            "in_force": counts["in_force"],
        }
        return (
            _(
                "%(pupils)s: %(ready)s sẵn sàng khởi tạo, %(making)s đang ký, "
                "%(in_force)s có hiệu lực."
            )
            % words
        )

    @property
    def counts(self) -> Mapping[str, int]:
        cards = [reading.card for reading in self.readings if reading.card]
        return {
            "pupils": len(self.readings),
            "ready": len(self.creatable),
            "making": sum(card.is_in_making for card in cards),
            "in_force": sum(card.is_in_force for card in cards),
        }

    def deliverable(self, step: CardStep) -> list[ReportCard]:
        """The cards in roll order that the department's answer may be recorded for."""
        cards = [reading.card for reading in self.readings if reading.card]
        return [card for card in cards if can_move(step, state=card.state)]

    @property
    def url(self) -> str:
        return reverse("class_cards", args=[self.school_class.pk])

    @cached_property
    def _shared_uses(self) -> list[Use]:
        """What every pupil's card leaves out: told once, in the order of the form."""
        of_each = [uses_of(reading) for reading in self.readings]
        return (
            [use for use in of_each[0] if all(use in uses for uses in of_each)] if of_each else []
        )

    def _sentences(self, uses: Iterable[Use]) -> list[str]:
        return [relaxation_sentence(use) for use in uses]

    def _gaps(self, reading: Readiness) -> list[Gap]:
        place = Place(reading, self.reader)
        return gaps(
            (field_name(lack.tag, translated(lack.entry)), remedy_for(lack.source, place))
            for lack in reading.own_lacks
        )

    def _faults(self, reading: Readiness) -> list[str]:
        profile = get_profile(reading.payload["profile"])
        return [violation_sentence(violation, profile) for violation in reading.violations]

    def _changes(self, reading: Readiness) -> list[str]:
        if reading.card is None or not reading.card.is_in_making:
            return []
        return changes_since_frozen(reading.card, reading, self.leaders)

    @cached_property
    def _former(self) -> Mapping[int, list[ReportCard]]:
        """By enrolment."""
        former: dict[int, list[ReportCard]] = {}
        over = ReportCard.objects.of_class(self.school_class).filter(state__in=OVER)
        for card in over.defer("payload").order_by("-pk"):
            former.setdefault(card.enrollment_id, []).append(card)
        return former


def uses_of(reading: Readiness) -> tuple[Use, ...]:
    """Frozen with the card, or what would be."""
    if reading.card is None:
        return reading.uses
    frozen = reading.card.payload["relaxations"]
    return tuple(Use(use["key"], use["tag"]) for use in frozen)
