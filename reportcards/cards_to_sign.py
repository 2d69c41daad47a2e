"""What a person can sign now: exactly which cards, and why not the others."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.errors import DomainError, NotPermitted
from reportcards.cards_waiting import cards_to_sign_by
from reportcards.lack_sentences import relaxation_sentence
from reportcards.models import ReportCard, SigningTask, SlotKey
from reportcards.models.cards import ReportCardQuerySet
from reportcards.profiles.relaxations import Use
from reportcards.renderings.cards import cards_laid_out
from reportcards.signing_policies import SigningFacts, check_can_be_signed, facts_for
from reportcards.workflow import IN_MAKING, SIGNING_STEPS, transition_for
from schools.models import Role, SchoolClass, SchoolYear, StaffMember
from schools.permissions import has_role, homeroom_classes, is_school_leader


@dataclass(frozen=True)
class CardToSign:
    """Refused, it says why; in `pending` somebody is signing it already."""

    card: ReportCard
    refusal: str = ""
    pending: SigningTask | None = None

    @property
    def is_ready(self) -> bool:
        return not self.refusal


@dataclass(frozen=True)
class RefusedGroup:
    """Pupils of one class whose cards wait for the same reason; `run_pk`: in which they are."""

    class_name: str
    sentence: str
    names: tuple[str, ...]
    run_pk: int | None

    @property
    def where(self) -> str:
        if len(self.names) == 1:
            return f"{self.names[0]} · {self.class_name}"
        words = {"name": self.class_name, "count": len(self.names)}
        sentence = ngettext("%(name)s · %(count)s em", "%(name)s · %(count)s em", len(self.names))
        return sentence % words


@dataclass(frozen=True)
class RelaxationUse:
    """What cards leave out though the profile asks for it, and whose they are."""

    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ClassChoice:
    school_class: SchoolClass
    waiting: int
    is_chosen: bool


class CardsToSign:
    """Of one slot in one school year; without chosen classes, of all."""

    def __init__(
        self, school_year: SchoolYear, slot: str, staff: StaffMember, *, classes: Collection[int]
    ) -> None:
        self.school_year, self.slot, self.staff = school_year, slot, staff
        self.chosen_classes = set(classes)

    @cached_property
    def standing(self) -> list[tuple[int, str]]:
        """Class and state of every card that is hers to sign in this slot, signed ones too."""
        mine = cards_of_signer(self.staff, self.slot, self.school_year).standing()
        return list(mine.values_list("enrollment__school_class", "state"))

    @cached_property
    def classes(self) -> list[ClassChoice]:
        unsigned = unsigned_states(self.slot)
        waiting = Counter(class_pk for class_pk, state in self.standing if state == unsigned[-1])
        with_work = {class_pk for class_pk, state in self.standing if state in unsigned}
        rows = self.school_year.classes.filter(pk__in=with_work | self.chosen_classes)
        return [
            ClassChoice(row, waiting[row.pk], row.pk in self.chosen_classes)
            for row in rows.in_order()
        ]

    @cached_property
    def signed_count(self) -> int:
        """Cards of the chosen classes that have this signature already."""
        return sum(
            state not in unsigned_states(self.slot)
            for class_pk, state in self.standing
            if not self.chosen_classes or class_pk in self.chosen_classes
        )

    @cached_property
    def rows(self) -> list[CardToSign]:
        mine = cards_of_signer(self.staff, self.slot, self.school_year)
        if self.chosen_classes:
            mine = mine.filter(enrollment__school_class__in=self.chosen_classes)
        unsigned = mine.filter(state__in=unsigned_states(self.slot))
        cards = list(unsigned.with_pupil().in_class_order())
        facts, pending = facts_for(cards, self.slot), pending_tasks(cards)
        return [_row(card, self.slot, facts, pending.get(card.pk)) for card in cards]

    @property
    def ready(self) -> list[ReportCard]:
        return [row.card for row in self.rows if row.is_ready]

    @cached_property
    def without_pdf(self) -> int:
        """Of those that are ready: whoever signs them lays them out."""
        return len(self.ready) - len(cards_laid_out(self.ready))

    @property
    def refused(self) -> list[CardToSign]:
        return [row for row in self.rows if not row.is_ready]

    @property
    def refused_groups(self) -> list[RefusedGroup]:
        """In the order of the classes."""
        groups: dict[tuple[str, str, int | None], list[str]] = {}
        for row in self.refused:
            class_name = row.card.enrollment.school_class.name
            key = (class_name, row.refusal, row.pending.run_id if row.pending else None)
            groups.setdefault(key, []).append(row.card.student.full_name)
        return [
            RefusedGroup(class_name, sentence, tuple(names), run_pk)
            for (class_name, sentence, run_pk), names in groups.items()
        ]

    @property
    def leaders(self) -> str:
        """Whose names as leader stand in the cards."""
        return ", ".join(dict.fromkeys(card.payload["leader"]["full_name"] for card in self.ready))

    @property
    def issue_dates(self) -> str:
        days = sorted({card.issued_on for card in self.ready})
        return ", ".join(date_format(day) for day in days)

    @property
    def relaxations(self) -> list[RelaxationUse]:
        return relaxations_in(self.ready)

    @property
    def seen(self) -> str:
        """Stands for exactly these cards; another list has another text."""
        uuids = ",".join(sorted(str(card.uuid) for card in self.ready))
        return hashlib.sha256(uuids.encode()).hexdigest()


def slots_for(staff: StaffMember, school_year: SchoolYear) -> list[str]:
    """In which she signs, the first to be signed first; one who stands in signs in two."""
    rows = ReportCard.objects.standing().filter(school_year=school_year)
    is_homeroom = (
        rows.filter(homeroom_signer=staff).exists()
        or homeroom_classes(staff).filter(school_year=school_year).exists()
    )
    is_leader = is_school_leader(staff) or rows.filter(leader=staff).exists()
    holds = {
        SlotKey.HOMEROOM: is_homeroom,
        SlotKey.LEADER: is_leader,
        SlotKey.SEAL: has_role(staff, Role.CLERK),
    }
    return [slot for slot, is_held in holds.items() if is_held]


def check_user_signs(slots: Sequence[str]) -> None:
    if not slots:
        raise NotPermitted(
            _("Học bạ số do giáo viên chủ nhiệm, lãnh đạo và văn thư của trường ký.")
        )


def slot_with_work(slots: Sequence[str], staff: StaffMember, school_year: SchoolYear) -> str:
    """The first in which a card waits for her."""
    waiting = cards_to_sign_by(staff, school_year)
    return next((slot for slot in slots if waiting.get(slot)), slots[0])


def cards_of_signer(staff: StaffMember, slot: str, school_year: SchoolYear) -> ReportCardQuerySet:
    """Those that were frozen for her; the seal is put under all."""
    cards = ReportCard.objects.for_school(staff.school).filter(school_year=school_year)
    if slot == SlotKey.HOMEROOM:
        return cards.filter(homeroom_signer=staff)
    return cards.filter(leader=staff) if slot == SlotKey.LEADER else cards


def unsigned_states(slot: str) -> list[str]:
    """In which a card has no signature in this slot yet."""
    [source] = transition_for(SIGNING_STEPS[slot]).sources
    return list(IN_MAKING[: IN_MAKING.index(source) + 1])


def relaxations_in(cards: Iterable[ReportCard]) -> list[RelaxationUse]:
    names: dict[str, list[str]] = {}
    for card in cards:
        for row in card.payload["relaxations"]:
            sentence = relaxation_sentence(Use(**row))
            names.setdefault(sentence, []).append(card.student.full_name)
    return [RelaxationUse(sentence, tuple(whose)) for sentence, whose in names.items()]


def pending_tasks(cards: Sequence[ReportCard]) -> dict[int, SigningTask]:
    tasks = SigningTask.objects.pending().filter(report_card__in=[card.pk for card in cards])
    return {task.report_card_id: task for task in tasks.select_related("run__signer")}


def _row(
    card: ReportCard, slot: str, facts: SigningFacts, pending: SigningTask | None
) -> CardToSign:
    if pending is not None:
        sentence = _("Đang ở trong lượt ký của %(name)s, bắt đầu lúc %(time)s.")
        started_at = date_format(localtime(pending.run.started_at), "H:i d/m/Y")
        words = {"name": pending.run.signer.full_name, "time": started_at}
        return CardToSign(card, sentence % words, pending)
    try:
        check_can_be_signed(card, slot, facts)
    except DomainError as refusal:
        return CardToSign(card, str(refusal.message))
    return CardToSign(card)
