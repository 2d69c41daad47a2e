"""What the state of a year, of a card and of the school allows."""

import datetime
from collections.abc import Container

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reportcards.card_schema import check_payload
from reportcards.documents.paper_form import Payload, YearState
from reportcards.errors import NotReady, SignersChanged, YearClosed
from reportcards.lack_sentences import lack_sentence, violation_sentence
from reportcards.models import CardYearClosing, ReportCard
from reportcards.printable_texts import unprintable_texts
from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.profiles.structure import check_structure
from reportcards.readiness import Readiness
from reportcards.signed_years import SignedYear
from reportcards.signers import leaders_in_post
from schools.models import Department, School, SchoolYear, StaffMember


def check_is_ready(readiness: Readiness) -> None:
    name = readiness.enrollment.student.full_name
    if not readiness.is_signed_off:
        raise NotReady(
            _("%(name)s: kết quả cuối năm chưa được ký duyệt nên chưa khởi tạo học bạ được.")
            % {"name": name}
        )
    if readiness.awaits_summer:
        raise NotReady(
            _("%(name)s: em còn chờ đánh giá bổ sung; khởi tạo học bạ sau khi có quyết định.")
            % {"name": name}
        )
    for lack in readiness.lacks:
        raise NotReady(f"{name}: {lack_sentence(lack)}")
    for violation in readiness.violations:
        profile = get_profile(readiness.payload["profile"])
        raise NotReady(f"{name}: {violation_sentence(violation, profile)}")


def check_structure_holds(payload: Payload) -> None:
    """The XML that this payload gives is one that the department's portal takes."""
    profile = get_profile(payload["profile"])
    faults = check_payload(payload) or unprintable_texts(payload)
    for fault in faults or check_structure(build_card(payload, profile), profile):
        name, sentence = payload["student"]["full_name"], violation_sentence(fault, profile)
        raise NotReady(f"{name}: {sentence}")


def check_profile_can_be_signed(department: Department) -> None:
    if not get_profile(department.card_profile).can_be_signed:
        raise NotReady(
            _("Chuẩn XML “%(profile)s” chưa được phép ký. Hãy chọn v1.0 trong phần Sở.")
            % {"profile": department.card_profile}
        )


def check_leader_is_in_post(leader: StaffMember, school: School) -> None:
    check_is_among(leaders_in_post(school), leader)


def check_is_among(leaders: Container[StaffMember], leader: StaffMember) -> None:
    if leader not in leaders:
        raise NotReady(_("%(name)s hiện không là lãnh đạo trường.") % {"name": leader.full_name})


def check_issue_date(issued_on: datetime.date, readiness: Readiness) -> None:
    """No card is dated before the results in it were signed."""
    assert readiness.year is not None  # noqa: S101 - it is ready
    signed_on = timezone.localdate(max(row.signed_at for row in readiness.year.sign_offs))
    if issued_on < signed_on:
        raise NotReady(
            _("Ngày ký học bạ không thể trước ngày ký duyệt kết quả (%(day)s).")
            % {"day": date_format(signed_on)}
        )


def check_rests_on(card: ReportCard, year: SignedYear | None) -> None:
    """The sign-offs that the card was made from are still those in force."""
    frozen = [row["digest"] for row in card.payload["sign_offs"]]
    if year is None or year.state != YearState.SIGNED_OFF:
        raise SignersChanged
    if [row.digest for row in year.sign_offs] != frozen:
        raise SignersChanged


def closing_of(school_year: SchoolYear) -> CardYearClosing | None:
    return CardYearClosing.objects.filter(school_year=school_year).first()


def year_is_closed(school_year: SchoolYear) -> bool:
    closing = closing_of(school_year)
    return closing is not None and closing.closed_on <= timezone.localdate()


def check_year_is_not_closed(school_year: SchoolYear) -> None:
    """Cards are withdrawn only until the year is closed (CV 2088, I.4.3; QĐ 1789, Đ21.4)."""
    closing = closing_of(school_year)
    if closing is None or timezone.localdate() < closing.closed_on:
        return
    raise YearClosed(
        _(
            "Năm học %(year)s đã chốt học bạ từ %(day)s (%(reference)s) nên không thu hồi được. "
            "Nhà trường gửi Sở yêu cầu chỉnh lý; khi Sở phê duyệt, Sở mở lại và trường khởi tạo "
            "học bạ mới (QĐ 1789, Điều 21)."
        )
        % {
            "year": school_year.name,
            "day": date_format(closing.closed_on),
            "reference": closing.reference,
        }
    )
