"""From a withdrawn card to the one that stands in its place: which steps, and who takes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.links import class_period_url
from assessments.models import PeriodRecord
from assessments.permissions import is_homeroom_teacher
from reportcards.card_marks import latest_request, successor_of
from reportcards.card_payload import pupil_part
from reportcards.card_permissions import user_can_make_cards
from reportcards.documents.paper_form import YearState
from reportcards.models import ReportCard, WithdrawalCause, WithdrawalRequest
from reportcards.signed_years import SignedYear, signed_years
from reportcards.workflow import CardState
from rulesets import Period
from schools.models import Role, StaffMember
from schools.permissions import has_role, is_school_leader, user_sees_all_classes

WITHDRAWN = (CardState.WITHDRAWN, CardState.SUPERSEDED)


@dataclass(frozen=True)
class ReplacementStep:
    """As components/steps.html shows it."""

    label: str
    is_done: bool
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Replacement:
    """`reader` is given links only to what she may do."""

    card: ReportCard
    reader: StaffMember

    @property
    def title(self) -> str:
        return _("Thay học bạ của em %(name)s, lớp %(class)s") % {
            "name": self.card.enrollment.student.full_name,
            "class": self.card.enrollment.school_class.name,
        }

    @cached_property
    def request(self) -> WithdrawalRequest | None:
        return latest_request(self.card)

    @property
    def is_of_civil_status(self) -> bool:
        return self.request is not None and self.request.cause == WithdrawalCause.CIVIL_STATUS

    @cached_property
    def successor(self) -> ReportCard | None:
        """Issued, or still in the making."""
        if self.card.state == CardState.SUPERSEDED:
            return successor_of(self.card)
        return ReportCard.objects.standing().filter(enrollment=self.card.enrollment_id).first()

    @property
    def steps(self) -> list[ReplacementStep]:
        """The first one that is not done is the current one."""
        steps = list(self._steps())
        current = next((step for step in steps if not step.is_done), None)
        return [
            replace(step, url="" if step.is_done else step.url, is_current=step is current)
            for step in steps
        ]

    @property
    def correction_url(self) -> str:
        can_correct = has_role(self.reader, Role.REGISTRAR) and self.card.state in WITHDRAWN
        if not can_correct or self.successor is not None:
            return ""
        return reverse("correct_pupil", args=[self.card.uuid])

    def _steps(self) -> Iterator[ReplacementStep]:
        yield from self._corrections()
        has_successor = self.successor is not None
        yield ReplacementStep(
            _("Văn thư hoặc học vụ khởi tạo học bạ mới, mã tra cứu mới"),
            has_successor,
            self._url_to_create,
        )
        yield ReplacementStep(
            _("Chủ nhiệm, lãnh đạo ký; văn thư đóng dấu số"),
            self.successor is not None and self.successor.is_in_force,
            reverse("digital_card", args=[self.successor.uuid]) if self.successor else "",
        )
        yield ReplacementStep(
            _("Học bạ mới phát hành, học bạ cũ được ghi là đã thay thế"),
            self.card.state == CardState.SUPERSEDED,
        )

    def _corrections(self) -> Iterator[ReplacementStep]:
        """A change of civil status leaves the results, and their sign-off, as they are."""
        has_successor = self.successor is not None
        if self.is_of_civil_status:
            yield ReplacementStep(
                _("Học vụ sửa thông tin của em theo quyết định"),
                has_successor or self._pupil_is_corrected,
                self.correction_url,
            )
            return
        yield ReplacementStep(
            _("Lãnh đạo mở lại kết quả của em"),
            has_successor or self._is_reopened or self._is_signed_anew,
            self._url_to_reopen,
        )
        yield ReplacementStep(
            _("Giáo viên sửa chỗ sai và gửi lên, lãnh đạo ký duyệt lại"),
            has_successor or self._is_signed_anew,
            self._url_of_results,
        )

    @cached_property
    def _year(self) -> SignedYear | None:
        return signed_years([self.card.enrollment]).get(self.card.enrollment_id)

    @property
    def _frozen_digests(self) -> list[str]:
        return [row["digest"] for row in self.card.payload["sign_offs"]]

    @property
    def _is_reopened(self) -> bool:
        """The year's end, or the summer after it."""
        year = self._year
        return (
            year is None
            or year.state != YearState.SIGNED_OFF
            or len(year.sign_offs) < len(self._frozen_digests)
        )

    @property
    def _is_signed_anew(self) -> bool:
        signed = [row.digest for row in self._year.sign_offs] if self._year else []
        return not self._is_reopened and signed != self._frozen_digests

    @property
    def _pupil_is_corrected(self) -> bool:
        return pupil_part(self.card.enrollment) != self.card.payload["student"]

    @property
    def _url_to_create(self) -> str:
        if not user_can_make_cards(self.reader) or self.successor is not None:
            return ""
        return reverse("class_cards", args=[self.card.enrollment.school_class_id])

    @property
    def _url_to_reopen(self) -> str:
        """Of what was signed last: the year's end, or the summer after it."""
        if not is_school_leader(self.reader) or self._is_reopened:
            return ""
        period = self.card.payload["sign_offs"][-1]["period"]
        record = PeriodRecord.objects.get(
            enrollment=self.card.enrollment_id, class_period__period=period
        )
        return REOPENINGS[Period(period)](record)

    @property
    def _url_of_results(self) -> str:
        school_class = self.card.enrollment.school_class
        reads_results = user_sees_all_classes(self.reader) or is_homeroom_teacher(
            self.reader, school_class
        )
        return class_period_url(school_class, Period.END_YEAR) if reads_results else ""


REOPENINGS: dict[Period, Callable[[PeriodRecord], str]] = {
    Period.END_YEAR: lambda record: reverse("record_reopen", args=[record.pk]),
    Period.SUPPLEMENTARY: lambda record: reverse(
        "supplementary_reopen", args=[record.supplementary_assessment.pk]
    ),
}
