from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models.sign_off import SHA256_HEX_LENGTH
from audit.models import AppendOnlyModel, AppendOnlyQuerySet, FrozenModel, FrozenQuerySet
from reportcards.workflow import IN_FORCE, IN_MAKING, OVER, CardState, moves
from schools.models import School, SchoolClass, SchoolYear, StaffMember
from students.models import Enrollment, Guardian, Student


class CardKind(models.TextChoices):
    YEAR = "year", _("cả năm")
    TRANSFER = "transfer", _("chuyển trường")
    EXTRACT = "extract", _("trích lục")


class ReportCardQuerySet(FrozenQuerySet):
    def for_school(self, school: School) -> "ReportCardQuerySet":
        return self.filter(school_year__school=school)

    def of_class(self, school_class: SchoolClass) -> "ReportCardQuerySet":
        return self.filter(enrollment__school_class=school_class)

    def of_guardian(self, user: User) -> "ReportCardQuerySet":
        guardianships = Guardian.objects.confirmed().of_user(user)
        return self.filter(student__in=guardianships.values("student"))

    def standing(self) -> "ReportCardQuerySet":
        """In making or in force: at most one a pupil and year."""
        return self.exclude(state__in=OVER)

    def in_force(self) -> "ReportCardQuerySet":
        return self.filter(state__in=IN_FORCE)

    def issued_ever(self) -> "ReportCardQuerySet":
        return self.exclude(state__in=[*IN_MAKING, CardState.DISCARDED])

    def in_roll_order(self) -> "ReportCardQuerySet":
        return self.order_by("student__sort_key", "student_id", "pk")

    def in_class_order(self) -> "ReportCardQuerySet":
        """Class after class, each in roll order."""
        return self.order_by(
            "enrollment__school_class__lowest_grade",
            "enrollment__school_class__highest_grade",
            "enrollment__school_class__name",
            "student__sort_key",
            "student_id",
            "pk",
        )

    def with_pupil(self) -> "ReportCardQuerySet":
        return self.select_related(
            "student", "enrollment__school_class__school_year__school__department", "leader"
        )


class ReportCard(FrozenModel):
    """One pupil's school year, frozen: only its state lives on. Each attempt is a row."""

    living_fields: ClassVar[tuple[str, ...]] = ("state", "state_changed_at")
    living_moves: ClassVar = {"state": moves()}

    uuid = models.UUIDField(_("mã tra cứu học bạ"), unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=CardKind, default=CardKind.YEAR)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="report_cards")
    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="report_cards"
    )
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="report_cards"
    )
    profile_key = models.CharField(_("chuẩn XML"), max_length=20)
    ruleset_key = models.CharField(_("quy định đánh giá"), max_length=20)
    payload = models.JSONField()
    digest = models.CharField(max_length=SHA256_HEX_LENGTH)
    homeroom_signer = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="cards_to_sign_as_homeroom_teacher"
    )
    leader = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="cards_to_sign_as_leader"
    )
    issued_on = models.DateField(_("ngày ký phát hành"))
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("trạng thái"), max_length=24, choices=CardState, default=CardState.CREATED
    )
    state_changed_at = models.DateTimeField(default=timezone.now)

    objects = ReportCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("học bạ số")
        verbose_name_plural = _("học bạ số")
        indexes = [
            models.Index(fields=["school_year", "state"]),
            models.Index(fields=["enrollment", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school_year", "kind"],
                condition=~Q(state__in=OVER),
                name="report_card_one_standing",
                violation_error_message=_(
                    "Học sinh đã có học bạ số của năm học này; hãy bỏ hoặc thu hồi bản cũ trước."
                ),
            ),
            models.CheckConstraint(
                name="report_card_digest_sha256",
                condition=Q(Exact(Length("digest"), SHA256_HEX_LENGTH)),
                violation_error_message=_("Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
            ),
            models.CheckConstraint(
                name="report_card_state_known",
                condition=Q(state__in=CardState.values),
                violation_error_message=_("Trạng thái không có trong quy trình học bạ."),
            ),
            models.CheckConstraint(
                name="report_card_kind_known",
                condition=Q(kind__in=CardKind.values),
                violation_error_message=_("Loại học bạ không có trong quy định."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.school_year} {self.uuid}"

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def is_standing(self) -> bool:
        return self.state not in OVER

    @property
    def is_in_making(self) -> bool:
        return self.state in IN_MAKING

    @property
    def is_demo(self) -> bool:
        """Signed by way of trial: it proves nothing, and says so wherever it is shown."""
        return self.signatures.filter(certificate__is_demo=True).exists()

    @property
    def school(self) -> School:
        return self.school_year.school


class ReportCardEventQuerySet(AppendOnlyQuerySet):
    def in_order(self) -> "ReportCardEventQuerySet":
        return self.order_by("at", "pk")


class ReportCardEvent(AppendOnlyModel):
    """One step of a card's life, kept for ever."""

    report_card = models.ForeignKey(ReportCard, on_delete=models.PROTECT, related_name="events")
    event = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, choices=CardState, blank=True)
    to_state = models.CharField(max_length=24, choices=CardState)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    reference = models.CharField(max_length=150, blank=True)

    objects = ReportCardEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự kiện của học bạ")
        verbose_name_plural = _("sự kiện của học bạ")
        indexes = [models.Index(fields=["report_card", "at"])]

    def __str__(self) -> str:
        return f"{self.report_card_id} {self.event}"


class AllottedUuidQuerySet(models.QuerySet):
    def for_school(self, school: School) -> "AllottedUuidQuerySet":
        return self.filter(school=school)

    def unused(self) -> "AllottedUuidQuerySet":
        return self.filter(used_at__isnull=True)


class AllottedUuid(models.Model):
    """A number that the department gave the school (Department.uuid_source), used once."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="allotted_uuids")
    uuid = models.UUIDField(_("mã tra cứu"), unique=True)
    received_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = AllottedUuidQuerySet.as_manager()

    class Meta:
        verbose_name = _("mã tra cứu do Sở cấp")
        verbose_name_plural = _("mã tra cứu do Sở cấp")

    def __str__(self) -> str:
        return str(self.uuid)


class CardYearClosing(AppendOnlyModel):
    """Chốt học bạ: after it the department lets nothing be withdrawn (CV 2088, I.4.3)."""

    school_year = models.OneToOneField(
        SchoolYear, on_delete=models.PROTECT, related_name="card_closing"
    )
    closed_on = models.DateField(_("ngày chốt"))
    reference = models.CharField(_("văn bản của Sở"), max_length=150)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("chốt học bạ của năm học")
        verbose_name_plural = _("chốt học bạ của năm học")
        constraints = [
            models.CheckConstraint(
                name="card_year_closing_reference_present",
                condition=~Q(reference=""),
                violation_error_message=_("Hãy ghi số văn bản của Sở về việc chốt học bạ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}: {self.closed_on:%d/%m/%Y}"
