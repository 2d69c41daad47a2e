"""Commendations as pages show them, and what their reader can do with each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.commendation_workflow import CommendationStep, can_take
from assessments.models import Commendation
from assessments.permissions import user_can_sign, user_can_withdraw_commendation
from schools.models import SchoolClass, StaffMember


@dataclass(frozen=True)
class ShownCommendation:
    commendation: Commendation
    can_decide: bool = False
    can_withdraw: bool = False
    is_named_fully: bool = False

    @property
    def names(self) -> dict[str, str]:
        enrollment = self.commendation.enrollment
        return {
            "name": enrollment.student.full_name,
            "class": enrollment.school_class.name,
            "kind": str(self.commendation.get_kind_display()),
        }

    @property
    def title(self) -> str:
        if self.is_named_fully:
            return _("Em %(name)s, lớp %(class)s · %(kind)s") % self.names
        return _("Em %(name)s · %(kind)s") % self.names

    @property
    def status_word(self) -> str:
        return capfirst(str(self.commendation.get_status_display()))

    @property
    def url(self) -> str:
        return class_commendations_url(self.commendation.enrollment.school_class)

    @property
    def decision(self) -> str:
        """By whom and when it was awarded, or the day of the letter."""
        row = self.commendation
        if row.is_letter and row.given_on:
            return _("Thư ngày %(day)s") % {"day": date_format(row.given_on)}
        if row.decided_on is None:
            return ""
        words = {"number": row.decision_number, "day": date_format(row.decided_on)}
        decision = _("Quyết định số %(number)s ngày %(day)s") % words
        return f"{row.awarding_body}: {decision}" if row.awarding_body else decision

    def _can(self, step: CommendationStep) -> bool:
        return can_take(step, kind=self.commendation.kind, status=self.commendation.status)

    @property
    def offers_award(self) -> bool:
        return self.can_decide and self._can(CommendationStep.AWARD)

    @property
    def offers_forward(self) -> bool:
        return self.can_decide and self._can(CommendationStep.FORWARD)

    @property
    def offers_withdrawal(self) -> bool:
        """Whoever can answer a proposal answers it."""
        can = self.can_withdraw and self._can(CommendationStep.WITHDRAW)
        return can and not self.offers_award


def shown_commendations(
    commendations: Iterable[Commendation],
    staff: StaffMember,
    *,
    school_class: SchoolClass | None = None,
) -> list[ShownCommendation]:
    """Of one class, or of the whole school, which a leader reads."""
    return [
        ShownCommendation(
            row,
            can_decide=user_can_sign(staff, row.enrollment.school_class),
            can_withdraw=user_can_withdraw_commendation(staff, row),
            is_named_fully=school_class is None,
        )
        for row in commendations
    ]


def class_commendations_url(school_class: SchoolClass) -> str:
    return reverse("class_commendations", args=[school_class.pk])


def commendation_crumbs(school_class: SchoolClass, last: str = "") -> list[dict[str, str]]:
    title = class_commendations_title(school_class)
    crumbs = [
        {"label": _("Bàn làm việc"), "url": reverse("desk")},
        {"label": title, "url": class_commendations_url(school_class) if last else ""},
    ]
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs


def class_commendations_title(school_class: SchoolClass) -> str:
    return _("Khen thưởng trong năm, lớp %(name)s") % {"name": school_class.name}
