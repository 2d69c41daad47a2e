"""What the school itself still lacks before any of its cards can be made, signed or sealed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reportcards.card_field_names import field_name
from reportcards.card_pages.remedies import (
    Place,
    Remedy,
    admin_remedy,
    remedy_for,
)
from reportcards.card_permissions import user_can_keep_register
from reportcards.models import AllottedUuid, SigningCertificate
from reportcards.profiles import get_profile
from reportcards.readiness import Readiness, is_of_the_school
from reportcards.signers import leaders_in_post, works_here_today
from schools.models import School, SchoolYear, StaffMember
from schools.models.school import UuidSource

OF_PEOPLE = frozenset({"leader", "homeroom_signer"})
MOST_NAMED = 5


@dataclass(frozen=True)
class SchoolGap:
    """As components/missing_list.html shows it."""

    where: str
    what: str
    url: str = ""


def school_gaps(
    school_year: SchoolYear, readings: Sequence[Readiness], reader: StaffMember
) -> list[SchoolGap]:
    school = school_year.school
    return [
        *_settings(school, readings, reader),
        *_leaders(school, reader),
        *_teachers(readings, reader),
        *_certificates(school, readings, reader),
        *_uuids(school, len(readings)),
    ]


def _settings(
    school: School, readings: Iterable[Readiness], reader: StaffMember
) -> Iterator[SchoolGap]:
    """Of the school and its department, once each."""
    found: dict[str, tuple[str, Remedy]] = {}
    for reading in readings:
        for lack in reading.lacks:
            part = lack.source.partition(".")[0]
            if is_of_the_school(lack.source) and part not in OF_PEOPLE:
                remedy = remedy_for(lack.source, Place(reading, reader))
                found.setdefault(lack.tag, (field_name(lack.tag), remedy))
    for field, remedy in found.values():
        what = _("%(who)s ghi ở thông tin của trường hoặc của Sở") % {"who": remedy.who}
        yield SchoolGap(field, what, remedy.url)
    if not get_profile(school.department.card_profile).can_be_signed:
        yield SchoolGap(
            _("Chuẩn XML học bạ"),
            _("chuẩn “%(profile)s” chưa được phép ký; hãy chọn v1.0 ở thông tin của Sở")
            % {"profile": school.department.card_profile},
            admin_remedy(school.department, reader).url,
        )


def _leaders(school: School, reader: StaffMember) -> Iterator[SchoolGap]:
    leaders = leaders_in_post(school)
    if not leaders:
        yield SchoolGap(
            _("Hiệu trưởng"),
            _("chưa có ai giữ vai trò này nên không ai ký được học bạ; người quản trị phân công"),
            admin_remedy(None, reader).url,
        )
    for leader in leaders:
        yield from _identity(leader, _("lãnh đạo trường"), reader)
        if not leader.position_title:
            what = _("chưa có chức vụ; người quản trị ghi ở hồ sơ cán bộ")
            yield SchoolGap(leader.full_name, what, admin_remedy(leader, reader).url)


def _teachers(readings: Iterable[Readiness], reader: StaffMember) -> Iterator[SchoolGap]:
    """Each class's, once."""
    by_class = {row.enrollment.school_class_id: row for row in readings}
    for reading in by_class.values():
        school_class = reading.enrollment.school_class
        where = _("Lớp %(name)s") % {"name": school_class.name}
        if reading.teacher is None:
            what = _("chưa có giáo viên chủ nhiệm nên không ai ký được học bạ của lớp")
            yield SchoolGap(where, what, admin_remedy(school_class, reader).url)
        elif works_here_today(reading.teacher):
            post = _("chủ nhiệm lớp %(name)s") % {"name": school_class.name}
            yield from _identity(reading.teacher, post, reader)


def _identity(staff: StaffMember, post: str, reader: StaffMember) -> Iterator[SchoolGap]:
    """A certificate is matched with its person by the personal ID."""
    if not staff.personal_id:
        what = _("chưa có số định danh cá nhân; người quản trị ghi ở hồ sơ cán bộ")
        yield SchoolGap(f"{staff.full_name} ({post})", what, admin_remedy(staff, reader).url)


def _certificates(
    school: School, readings: Iterable[Readiness], reader: StaffMember
) -> Iterator[SchoolGap]:
    in_use = list(SigningCertificate.objects.for_school(school).in_use())
    seals = [row for row in in_use if row.is_seal]
    url = reverse("certificate_register") if user_can_keep_register(reader) else ""
    if not seals:
        yield SchoolGap(_("Dấu số của trường"), _("văn thư chưa đăng ký chứng thư số"), url)
    elif not any(row.is_approved for row in seals):
        what = _("Sở chưa phê duyệt chứng thư số, nên chưa phát hành được học bạ nào")
        yield SchoolGap(_("Dấu số của trường"), what, url)
    owners = {row.staff_member_id for row in in_use}
    without = [staff for staff in _signers(school, readings) if staff.pk not in owners]
    if without:
        yield SchoolGap(_people(without), _("chưa đăng ký chứng thư số cá nhân"), url)


def _signers(school: School, readings: Iterable[Readiness]) -> list[StaffMember]:
    """The principal, and the homeroom teachers who are still here."""
    teachers = [row.teacher for row in readings if row.teacher and works_here_today(row.teacher)]
    return list(dict.fromkeys([*leaders_in_post(school)[:1], *teachers]))


def _people(staff: Sequence[StaffMember]) -> str:
    names = ", ".join(row.full_name for row in staff[:MOST_NAMED])
    others = len(staff) - MOST_NAMED
    if others <= 0:
        return names
    words = {"names": names, "count": others}
    return (
        ngettext("%(names)s và %(count)s người khác", "%(names)s và %(count)s người khác", others)
        % words
    )


def _uuids(school: School, needed: int) -> Iterator[SchoolGap]:
    if school.department.uuid_source != UuidSource.DEPARTMENT:
        return
    left = AllottedUuid.objects.for_school(school).unused().count()
    if left < needed:
        yield SchoolGap(
            _("Mã tra cứu do Sở cấp"),
            _("còn %(left)s mã cho %(needed)s học bạ sẽ khởi tạo")
            % {"left": left, "needed": needed},
            reverse("allotted_uuids"),
        )
