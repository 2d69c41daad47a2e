"""What is decided for a pupil with a disability (Điều 8): not assessed, and the individual plan."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError
from students.models import Enrollment, IndividualPlan
from students.models.plan import IndividualPlanQuerySet


class AssessmentSettled(DomainError):
    message = _("Việc đánh giá em vừa được người khác đổi; hãy tải lại trang.")


class PlanRewritten(DomainError):
    message = _("Kế hoạch vừa có bản mới của người khác; hãy đọc bản ấy rồi ghi lại.")


@dataclass(frozen=True)
class PupilSupport:
    enrollment: Enrollment
    plans: list[IndividualPlan]

    @property
    def plan(self) -> IndividualPlan | None:
        return self.plans[0] if self.plans else None

    @property
    def earlier_plans(self) -> list[IndividualPlan]:
        return self.plans[1:]


def support_of(enrollment: Enrollment) -> PupilSupport:
    return PupilSupport(enrollment, list(plans_of(enrollment)))


def plans_of(enrollment: Enrollment) -> IndividualPlanQuerySet:
    """Newest first: each supersedes the next."""
    return enrollment.individual_plans.select_related("written_by").order_by("-pk")


def plans_today() -> IndividualPlanQuerySet:
    """In force, and not run out."""
    return IndividualPlan.objects.in_force().exclude(valid_until__lt=timezone.localdate())
