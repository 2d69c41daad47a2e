"""The page of a handover: its state in words, and what its reader can do now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.handover_policies import check_year_can_be_handed_over
from assessments.handovers import HandoverRecords, NoteText, noted_pupils, records_to_hand_over
from assessments.models import Handover
from assessments.permissions import is_homeroom_teacher, user_can_name_receiver
from audit.errors import DomainError
from schools.models import SchoolClass, StaffMember
from students.models import Enrollment

Link = dict[str, str | bool]


@dataclass(frozen=True)
class HandoverPage:
    handover: Handover
    pupils: list[tuple[Enrollment, NoteText]]
    records: HandoverRecords
    is_giver: bool
    is_receiver: bool
    can_name_receiver: bool
    refusal: str

    @property
    def school_class(self) -> SchoolClass:
        return self.handover.school_class

    @property
    def names(self) -> dict[str, object]:
        return {"name": self.school_class.name, "grade": self.handover.grade_level}

    @property
    def title(self) -> str:
        if self.school_class.is_multigrade:
            return _("Bàn giao lớp %(name)s, khối %(grade)s") % self.names
        return _("Bàn giao lớp %(name)s") % self.names

    @property
    def can_write(self) -> bool:
        return self.is_giver and not self.handover.is_handed_over

    @property
    def can_receive(self) -> bool:
        return self.is_receiver and self.handover.awaits_receipt

    @property
    def offers_receiver(self) -> bool:
        return self.can_name_receiver and not self.handover.is_received

    @property
    def unnoted(self) -> int:
        return sum(text.is_empty for _pupil, text in self.pupils)

    @property
    def status(self) -> str:
        if self.handover.is_received:
            return "received"
        if self.handover.is_handed_over:
            return "to_receive"
        return "returned" if self.handover.is_returned else "to_hand_over"

    @property
    def state(self) -> str:
        """Who did what last, and what follows."""
        row = self.handover
        if row.giver is None or row.handed_over_at is None or row.receiver is None:
            return _(
                "Giáo viên chủ nhiệm ghi nét nổi bật, hạn chế rồi bàn giao; người nhận ký nhận."
            )
        given = _("%(by)s bàn giao lúc %(at)s.") % {
            "by": row.giver.full_name,
            "at": _moment(row.handed_over_at),
        }
        if row.received_at is None:
            return _("%(given)s Chờ %(by)s ký nhận.") % {
                "given": given,
                "by": row.receiver.full_name,
            }
        return _("%(given)s %(by)s ký nhận lúc %(at)s.") % {
            "given": given,
            "by": row.receiver.full_name,
            "at": _moment(row.received_at),
        }

    @property
    def summary(self) -> list[Link]:
        receiver = self.handover.receiver
        rows: list[Link] = [
            {"term": _("Năm học"), "value": self.school_class.school_year.name},
            {"term": _("Người nhận"), "value": receiver.full_name if receiver else _("chưa chọn")},
            {"term": _("Hồ sơ"), "value": self._records()},
        ]
        if self.handover.is_handed_over:
            rows[2] |= {"url": self.minutes_url, "url_label": _("In biên bản, bản PDF")}
        return rows

    def _records(self) -> str:
        cards, tables = self.records.report_cards, self.records.class_summaries
        return _("%(cards)s, %(tables)s") % {
            "cards": ngettext("%(n)s học bạ", "%(n)s học bạ", cards) % {"n": cards},
            "tables": ngettext(
                "%(n)s bảng tổng hợp kết quả của lớp",
                "%(n)s bảng tổng hợp kết quả của lớp",
                tables,
            )
            % {"n": tables},
        }

    @property
    def url(self) -> str:
        return handover_url(self.handover)

    @property
    def minutes_url(self) -> str:
        return reverse("handover_minutes", args=[self.school_class.pk, self.handover.grade_level])

    @property
    def crumbs(self) -> list[Link]:
        return [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": self.title, "url": ""},
        ]

    @property
    def sections(self) -> list[Link]:
        if not self.school_class.is_multigrade:
            return []
        return [
            {
                "label": _("Khối %(grade)s") % {"grade": grade},
                "url": reverse("grade_handover", args=[self.school_class.pk, grade]),
                "is_current": grade == self.handover.grade_level,
            }
            for grade in self.school_class.grade_levels
        ]


def _moment(at: object) -> str:
    return date_format(localtime(at), "H:i d/m/Y")  # type: ignore[arg-type]


def handover_url(handover: Handover) -> str:
    return reverse("grade_handover", args=[handover.school_class_id, handover.grade_level])


def handover_page(handover: Handover, staff: StaffMember) -> HandoverPage:
    return HandoverPage(
        handover=handover,
        pupils=noted_pupils(handover),
        records=records_of(handover),
        is_giver=is_homeroom_teacher(staff, handover.school_class),
        is_receiver=handover.receiver_id == staff.pk,
        can_name_receiver=user_can_name_receiver(staff, handover.school_class),
        refusal=_refusal(handover),
    )


def records_of(handover: Handover) -> HandoverRecords:
    """As counted when it was handed over, or as they would be now."""
    if handover.report_cards is None or handover.class_summaries is None:
        return records_to_hand_over(handover.school_class, handover.grade_level)
    return HandoverRecords(handover.report_cards, handover.class_summaries)


def _refusal(handover: Handover) -> str:
    """Why it cannot be handed over yet."""
    try:
        check_year_can_be_handed_over(handover.school_class, handover.grade_level)
    except DomainError as refusal:
        return str(refusal.message)
    if handover.receiver_id is None:
        return _("Chưa chọn người nhận; hãy chọn rồi bàn giao.")
    return ""
