"""How a card takes a step: conditionally, so that two people cannot both take it."""

from django.utils import timezone

from accounts.models import User
from audit.events import Changes, Scope, record_event
from reportcards.errors import ReasonMissing, StepNotAllowed
from reportcards.models import ReportCard, ReportCardEvent
from reportcards.workflow import CREATED, CardState, CardStep, Transition, can_move, transition_for


def lock_card(card: ReportCard) -> ReportCard:
    """As it stands now, and nobody else moves it until the transaction ends."""
    return (
        ReportCard.objects.select_for_update(of=("self",))
        .select_related("school_year__school", "enrollment__school_class", "student")
        .get(pk=card.pk)
    )


def move_card(
    card: ReportCard, step: CardStep, *, by: User, reason: str = "", reference: str = ""
) -> None:
    """Moves a locked card and writes the event."""
    transition = transition_for(step)
    if not can_move(step, state=card.state):
        raise StepNotAllowed
    if transition.needs_reason and not reason.strip():
        raise ReasonMissing
    source, target = CardState(card.state), _target(card, transition)
    now = timezone.now()
    moved = ReportCard.objects.filter(pk=card.pk, state=source).update(
        state=target, state_changed_at=now
    )
    if moved != 1:
        raise StepNotAllowed
    card.state, card.state_changed_at = target, now
    _write_event(card, transition.event, source, by=by, reason=reason, reference=reference)


def begin_life(card: ReportCard, *, by: User) -> None:
    """The log keeps what the profile requires and this card leaves out, and why it may."""
    uses = "; ".join(f"{use['tag']}: {use['key']}" for use in card.payload["relaxations"])
    changes: Changes = {"relaxations": (None, uses)} if uses else {}
    _write_event(card, CREATED, None, by=by, changes=changes)


def card_scope(card: ReportCard) -> Scope:
    return Scope(card.school_year.school_id, card.enrollment.school_class_id, card.student_id)


def _target(card: ReportCard, transition: Transition) -> CardState:
    if transition.target is not None:
        return transition.target
    into = card.events.filter(to_state=card.state).order_by("-at", "-pk").first()
    if into is None:
        raise StepNotAllowed
    return CardState(into.from_state)


def _write_event(
    card: ReportCard,
    event: str,
    source: CardState | None,
    *,
    by: User,
    reason: str = "",
    reference: str = "",
    changes: Changes | None = None,
) -> None:
    ReportCardEvent.objects.create(
        report_card=card,
        event=event,
        from_state=source or "",
        to_state=card.state,
        at=card.state_changed_at,
        by=by,
        reason=reason,
        reference=reference,
    )
    record_event(
        f"report_card.{event}",
        by=by,
        target=card,
        scope=card_scope(card),
        changes={
            "state": (source, card.state),
            "uuid": (None, str(card.uuid)),
            **({"reference": (None, reference)} if reference else {}),
            **(changes or {}),
        },
        reason=reason,
    )
