"""Who answers for a summary sheet: the hand-in, the signatures, and what stands at its foot."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.confirmations import confirmed_subjects
from assessments.grids import PeriodSheet
from assessments.models import ClassPeriod, SignOff
from assessments.teachers import teachers_of
from assessments.wording import subject_name
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period, Ruleset
from schools.models import Role, SchoolClass, StaffMember, StaffRole

HANDED_IN = frozenset({Status.SUBMITTED, Status.SIGNED_OFF})


@dataclass(frozen=True)
class Confirmation:
    """Somebody stands up for something: a subject's results, the hand-in, the signature."""

    what: str
    who: str
    at: datetime.datetime


@dataclass(frozen=True)
class Signatures:
    """The block at the foot; before the signature the leader is the principal in post."""

    place: str
    signed_on: datetime.date | None
    homeroom_teacher: str
    leader: str
    leader_position: str


@dataclass(frozen=True)
class Endorsements:
    """`sign_offs` are in force, the newest first; `subjects` are those confirmed as they stand."""

    handed_in: AuditEvent | None
    sign_offs: Sequence[SignOff]
    subjects: Sequence[Confirmation] = ()

    @property
    def confirmations(self) -> tuple[Confirmation, ...]:
        return tuple(sorted(self._each(), key=lambda confirmation: confirmation.at))

    def _each(self) -> Iterator[Confirmation]:
        yield from self.subjects
        handed_in = self.handed_in
        if handed_in and handed_in.actor:
            what = _("Gửi bảng tổng hợp lên hiệu trưởng")
            yield Confirmation(what, handed_in.actor.full_name, handed_in.at)
        signed = Counter((row.signer.full_name, row.signed_at) for row in self.sign_offs)
        for (name, at), pupils in signed.items():
            yield Confirmation(_signed_sentence(pupils), name, at)


def _signed_sentence(pupils: int) -> str:
    """A pupil who was reopened alone is signed by herself, later."""
    return ngettext(
        "Ký duyệt kết quả của %(n)s học sinh", "Ký duyệt kết quả của %(n)s học sinh", pupils
    ) % {"n": pupils}


def endorsements_of(sheet: PeriodSheet) -> Endorsements:
    """Of what stands now: a class with its teachers again has neither hand-in nor signature."""
    class_period = sheet.class_period
    if class_period is None:
        return Endorsements(None, ())
    subjects = _subjects(class_period, sheet.ruleset)
    if sheet.status not in HANDED_IN:
        return Endorsements(None, (), subjects)
    return Endorsements(_hand_in(class_period), _sign_offs(class_period), subjects)


def _subjects(class_period: ClassPeriod, ruleset: Ruleset) -> list[Confirmation]:
    """What was saved after its teacher confirmed it, nobody stands up for."""
    if class_period.period != Period.END_YEAR:
        return []
    return [
        Confirmation(
            _("Xác nhận kết quả %(subject)s") % {"subject": subject_name(ruleset, code)},
            confirmed.teacher_name,
            confirmed.confirmed_at,
        )
        for code, confirmed in confirmed_subjects(class_period).items()
        if not confirmed.has_changed_since
    ]


def _hand_in(class_period: ClassPeriod) -> AuditEvent | None:
    return (
        AuditEvent.objects.filter(
            event="class_period.submitted",
            target_type=ClassPeriod._meta.label_lower,
            target_id=class_period.pk,
        )
        .select_related("actor")
        .order_by("-at", "-pk")
        .first()
    )


def _sign_offs(class_period: ClassPeriod) -> list[SignOff]:
    signed = SignOff.objects.in_force().filter(
        record__class_period=class_period, record__status=Status.SIGNED_OFF
    )
    return list(signed.select_related("signer").defer("payload").order_by("-signed_at", "-pk"))


def signatures_of(school_class: SchoolClass, endorsements: Endorsements) -> Signatures:
    school_year = school_class.school_year
    newest = endorsements.sign_offs[0] if endorsements.sign_offs else None
    leader = newest.signer if newest else _principal(school_class)
    return Signatures(
        place=school_year.school.place_of_issue,
        signed_on=timezone.localdate(newest.signed_at) if newest else None,
        homeroom_teacher=teachers_of([school_class], school_year.ends_on).homeroom_name(
            school_class
        ),
        leader=leader.full_name if leader else "",
        leader_position=leader.position_title if leader else "",
    )


def _principal(school_class: SchoolClass) -> StaffMember | None:
    """In post today, or at the end of a school year that is over."""
    school_year = school_class.school_year
    day = min(timezone.localdate(), school_year.ends_on)
    in_post = StaffRole.objects.in_post_on(day).filter(
        role=Role.PRINCIPAL, staff_member__school=school_year.school_id
    )
    row = in_post.select_related("staff_member").order_by("-started_on").first()
    return row.staff_member if row else None
