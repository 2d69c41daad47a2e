from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from assessments.calendar import PeriodInTime, period_today
from assessments.children import Child, children_with_cards
from assessments.permissions import user_sees_statistics
from assessments.reading import classes_in_order
from hocba.desks.cards import CardDesk, card_desk
from hocba.desks.certificates import ExpiringCertificate, expiring_certificates
from hocba.desks.handovers import handover_rows
from hocba.desks.leader import LeaderDesk, leader_desk
from hocba.desks.registrar import RegistrarDesk, registrar_desk
from hocba.desks.teacher import TeacherDesk, WorkRow, teacher_desk
from reportcards.card_reading import pending_withdrawals
from reportcards.models import WithdrawalRequest
from reportcards.permissions import is_of_the_office
from schools.models import Role, SchoolClass, StaffMember
from schools.names import guess_given_name
from schools.permissions import has_role, is_school_leader


@dataclass(frozen=True)
class Desk:
    """The sections of everything that one person is; most people are one thing."""

    user: User
    staff: StaffMember | None
    moment: PeriodInTime | None
    leader: LeaderDesk | None
    teacher: TeacherDesk | None
    registrar: RegistrarDesk | None
    classes_to_print: list[SchoolClass]
    is_administrator: bool
    children: list[Child]
    handovers: list[WorkRow]
    certificates: list[ExpiringCertificate]
    withdrawals: list[WithdrawalRequest]
    cards: CardDesk

    @property
    def given_name(self) -> str:
        if self.staff is None:
            return guess_given_name(self.user.full_name)
        return self.staff.given_name or guess_given_name(self.staff.full_name)

    @property
    def sees_statistics(self) -> bool:
        return (
            self.moment is not None and self.staff is not None and user_sees_statistics(self.staff)
        )

    @property
    def has_work(self) -> bool:
        return bool(
            self.leader
            or (self.teacher and not self.teacher.is_empty)
            or self.registrar
            or self.classes_to_print
            or self.is_administrator
            or self.handovers
            or self.withdrawals
            or self.cards
        )


def desk_for(user: User, staff: StaffMember | None) -> Desk:
    moment = period_today(staff.school, timezone.localdate()) if staff else None
    is_leader = staff is not None and is_school_leader(staff)
    is_registrar = staff is not None and has_role(staff, Role.REGISTRAR)
    is_clerk = staff is not None and has_role(staff, Role.CLERK)
    return Desk(
        user=user,
        staff=staff,
        moment=moment,
        leader=leader_desk(staff.school, moment) if staff and moment and is_leader else None,
        teacher=teacher_desk(staff, moment) if staff and moment else None,
        registrar=registrar_desk(staff.school, moment)
        if staff and moment and is_registrar
        else None,
        classes_to_print=classes_in_order(moment.school_year) if moment and is_clerk else [],
        is_administrator=staff is not None and has_role(staff, Role.ADMINISTRATOR),
        children=children_with_cards(user),
        handovers=handover_rows(staff, moment) if staff and moment else [],
        certificates=expiring_certificates(staff) if staff else [],
        withdrawals=list(pending_withdrawals(staff.school))
        if staff and is_of_the_office(staff)
        else [],
        cards=card_desk(staff, moment) if staff else CardDesk([]),
    )
