import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from schools.constraints import PERSONAL_ID_LENGTH, dates_in_order, is_personal_id
from schools.models.school import School
from schools.named import NamedModel
from schools.validators import validate_printable


class InPostQuerySet(models.QuerySet):
    def in_post_on(self, day: datetime.date) -> "InPostQuerySet":
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day),
            started_on__lte=day,
        )


class Role(models.TextChoices):
    """What somebody is to the whole school; who teaches what is an assignment."""

    PRINCIPAL = "principal", _("Hiệu trưởng")
    VICE_PRINCIPAL = "vice_principal", _("Phó hiệu trưởng")
    TEACHER = "teacher", _("Giáo viên")
    REGISTRAR = "registrar", _("Học vụ")
    CLERK = "clerk", _("Văn thư")
    ADMINISTRATOR = "administrator", _("Quản trị")


class StaffMember(NamedModel):
    school = models.ForeignKey(
        School, models.PROTECT, related_name="staff_members", verbose_name=_("trường")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff_members",
        verbose_name=_("người dùng"),
    )
    full_name = models.CharField(_("họ và tên"), max_length=100, validators=[validate_printable])
    given_name = models.CharField(_("tên gọi"), max_length=50, blank=True)
    position_title = models.CharField(_("chức vụ"), max_length=100, validators=[validate_printable])
    personal_id = models.CharField(
        _("số định danh cá nhân"), max_length=PERSONAL_ID_LENGTH, null=True, blank=True
    )

    class Meta:
        verbose_name = _("cán bộ, giáo viên")
        verbose_name_plural = _("cán bộ, giáo viên")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"],
                condition=Q(user__isnull=False),
                name="staff_member_unique_user",
                violation_error_message=_("Tài khoản này đã gắn với một cán bộ của trường."),
            ),
            models.UniqueConstraint(
                fields=["school", "personal_id"],
                condition=Q(personal_id__isnull=False),
                name="staff_member_unique_personal_id",
                violation_error_message=_("Trường đã có cán bộ mang số định danh này."),
            ),
            models.CheckConstraint(
                name="staff_member_personal_id_twelve",
                condition=is_personal_id("personal_id"),
                violation_error_message=_("Số định danh cá nhân gồm đúng 12 chữ số."),
            ),
            models.CheckConstraint(
                name="staff_member_full_name_present",
                condition=~Q(full_name=""),
                violation_error_message=_("Hãy ghi họ và tên của cán bộ, giáo viên."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def roles_on(self, day: datetime.date) -> frozenset[Role]:
        """Asked of the database once for each loaded row and day."""
        if day not in self._roles_by_day:
            held = self.roles.in_post_on(day).values_list("role", flat=True)
            self._roles_by_day[day] = frozenset(Role(role) for role in held)
        return self._roles_by_day[day]

    @cached_property
    def _roles_by_day(self) -> dict[datetime.date, frozenset[Role]]:
        return {}

    @property
    def acting_user(self) -> User:
        """Whoever acts has logged in; a post without an account cannot act."""
        if self.user is None:
            raise ValueError(f"{self} has no account")
        return self.user


class StaffRole(models.Model):
    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="roles", verbose_name=_("cán bộ, giáo viên")
    )
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    started_on = models.DateField(_("từ ngày"))
    ended_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = InPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "role"],
                condition=Q(ended_on__isnull=True),
                name="staff_role_one_open",
                violation_error_message=_("Người này đang giữ vai trò đó."),
            ),
            models.CheckConstraint(
                name="staff_role_dates_in_order",
                condition=dates_in_order("started_on", "ended_on"),
                violation_error_message=_("Ngày thôi giữ vai trò phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member}: {self.get_role_display()}"
