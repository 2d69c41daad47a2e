"""The school's register: the seal, the people who sign, the revocation lists and their age."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reportcards.certificates.page import ShownCertificate, certificates_of, shown
from reportcards.models import RevocationList
from reportcards.signers import homeroom_teachers, leaders_in_post
from schools.models import School, StaffMember
from schools.years import school_year_of


@dataclass(frozen=True)
class ListOfIssuer:
    """The newest revocation list of an authority that certificates in use come from."""

    issuer: str
    newest: RevocationList | None
    at: datetime.datetime

    @property
    def is_stale(self) -> bool:
        return (
            self.newest is not None
            and self.newest.next_update is not None
            and self.newest.next_update < self.at
        )

    @property
    def status(self) -> str:
        if self.newest is None:
            return "missing"
        return "late" if self.is_stale else "complete"

    @property
    def standing(self) -> str:
        words = {"missing": _("Chưa có"), "late": _("Quá hạn"), "complete": _("Còn mới")}
        return words[self.status]

    @property
    def age(self) -> str:
        if self.newest is None:
            return ""
        days = (self.at - self.newest.this_update).days
        if days == 0:
            return _("hôm nay")
        return ngettext("%(days)s ngày trước", "%(days)s ngày trước", days) % {"days": days}


@dataclass(frozen=True)
class Register:
    seals: list[ShownCertificate]
    people: list[ShownCertificate]
    lacking: list[StaffMember]
    lists: list[ListOfIssuer]

    @property
    def has_demo(self) -> bool:
        return any(each.row.is_demo and not each.row.ended_at for each in self.people)


def register_of(school: School) -> Register:
    rows = shown(certificates_of(school))
    people = [each for each in rows if not each.row.is_seal]
    return Register(
        seals=[each for each in rows if each.row.is_seal],
        people=sorted(people, key=_in_order),
        lacking=_lacking(school, people),
        lists=_lists(rows),
    )


def _in_order(certificate: ShownCertificate) -> tuple[bool, str]:
    staff = certificate.row.staff_member
    return certificate.status == "ended", staff.sort_key if staff else ""


def _lacking(school: School, people: Iterable[ShownCertificate]) -> list[StaffMember]:
    """Who is to sign this year's cards and has nothing to sign with today."""
    ready = {each.row.staff_member_id for each in people if not each.reasons}
    year = school_year_of(school, timezone.localdate())
    teachers = homeroom_teachers(list(year.classes.all())).values() if year else ()
    signers = dict.fromkeys([*leaders_in_post(school), *teachers])
    return sorted(
        (staff for staff in signers if staff.pk not in ready), key=lambda staff: staff.sort_key
    )


def _lists(certificates: Iterable[ShownCertificate]) -> list[ListOfIssuer]:
    now = timezone.now()
    names = {each.row.issuer_name: each.issuer for each in certificates if not each.row.ended_at}
    newest: dict[str, RevocationList] = {}
    rows = RevocationList.objects.filter(issuer_name__in=names).defer("content")
    for row in rows.order_by("this_update", "pk"):
        newest[row.issuer_name] = row
    return [ListOfIssuer(names[name], newest.get(name), now) for name in sorted(names)]
