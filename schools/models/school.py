import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from rulesets import Period, Ruleset, get_ruleset
from schools.constraints import HasOnlyDigits, dates_in_order, is_day_of_year
from schools.updates import UpdatedModel, UpdatedQuerySet
from schools.validators import validate_printable

PERIOD_CHOICES = [
    (Period.MID_TERM_1.value, _("Giữa học kỳ I")),
    (Period.END_TERM_1.value, _("Cuối học kỳ I")),
    (Period.MID_TERM_2.value, _("Giữa học kỳ II")),
    (Period.END_YEAR.value, _("Cuối năm học")),
    (Period.SUPPLEMENTARY.value, _("Đánh giá bổ sung")),
]


LAST_DAY_OF_SUMMER = (8, 31)


class UuidSource(models.TextChoices):
    SCHOOL = "school", _("phần mềm của trường tạo")
    DEPARTMENT = "department", _("Sở cấp")


class Department(models.Model):
    """Sở Giáo dục và Đào tạo, with what it demands of the cards that it receives."""

    code = models.CharField(_("mã sở"), max_length=2, unique=True)
    name = models.CharField(_("tên"), max_length=150, validators=[validate_printable])
    card_profile = models.CharField(_("chuẩn XML học bạ"), max_length=20, default="v1.0")
    uuid_source = models.CharField(
        _("nguồn mã tra cứu"), max_length=12, choices=UuidSource, default=UuidSource.SCHOOL
    )
    year_due_month = models.PositiveSmallIntegerField(_("tháng hết hạn tổng kết năm"), default=6)
    year_due_day = models.PositiveSmallIntegerField(_("ngày hết hạn tổng kết năm"), default=30)
    supplementary_due_month = models.PositiveSmallIntegerField(
        _("tháng hết hạn đánh giá bổ sung"), default=8
    )
    supplementary_due_day = models.PositiveSmallIntegerField(
        _("ngày hết hạn đánh giá bổ sung"), default=15
    )
    prints_later_levels = models.BooleanField(
        _("in mức đạt được sau đánh giá bổ sung"),
        default=False,
        help_text=_(
            "Chưa có văn bản xác nhận: Thông tư 27 chỉ nói ghi điểm của bài kiểm tra lần cuối. "
            "Tắt thì học bạ ghi mức cuối năm và điểm lần cuối."
        ),
    )
    asks_for_subject_confirmations = models.BooleanField(
        _("giáo viên bộ môn phải xác nhận trước khi gửi kết quả cuối năm"),
        default=False,
        help_text=_("Quyết định 1789 của TP. Hồ Chí Minh, Điều 14."),
    )

    class Meta:
        verbose_name = _("sở giáo dục và đào tạo")
        verbose_name_plural = _("sở giáo dục và đào tạo")
        constraints = [
            models.CheckConstraint(
                name="department_code_two_digits",
                condition=Q(Exact(Length("code"), 2), HasOnlyDigits("code")),
                violation_error_message=_("Mã sở gồm đúng 2 chữ số."),
            ),
            models.CheckConstraint(
                name="department_year_due_is_a_day",
                condition=is_day_of_year("year_due_month", "year_due_day"),
                violation_error_message=_("Hạn tổng kết năm phải là một ngày có thật."),
            ),
            models.CheckConstraint(
                name="department_supplementary_due_is_a_day",
                condition=is_day_of_year("supplementary_due_month", "supplementary_due_day"),
                violation_error_message=_("Hạn đánh giá bổ sung phải là một ngày có thật."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def year_due_on(self, first_year: int) -> datetime.date:
        """By when a school year's results are signed off."""
        return datetime.date(first_year + 1, self.year_due_month, self.year_due_day)

    def supplementary_due_on(self, first_year: int) -> datetime.date:
        return datetime.date(
            first_year + 1, self.supplementary_due_month, self.supplementary_due_day
        )


class School(UpdatedModel):
    """The root of every query: nobody sees another school's rows."""

    department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="schools",
        verbose_name=_("sở giáo dục và đào tạo"),
    )
    ministry_code = models.CharField(_("mã trường"), max_length=20, unique=True)
    name = models.CharField(_("tên trường"), max_length=150, validators=[validate_printable])
    commune_name = models.CharField(_("xã/phường"), max_length=150, validators=[validate_printable])
    district_name = models.CharField(
        _("quận/huyện (tên cũ)"), max_length=150, blank=True, validators=[validate_printable]
    )
    province_name = models.CharField(
        _("tỉnh/thành phố"), max_length=150, validators=[validate_printable]
    )
    commune_code = models.CharField(_("mã xã"), max_length=5, blank=True)
    province_code = models.CharField(_("mã tỉnh"), max_length=2, blank=True)
    place_of_issue = models.CharField(
        _("địa danh phát hành học bạ"),
        max_length=100,
        help_text=_("Ghi trước ngày ký, ví dụ: Buôn Hồ"),
        validators=[validate_printable],
    )
    data_protection_contact = models.CharField(
        _("liên hệ về dữ liệu cá nhân"), max_length=200, blank=True
    )

    objects = UpdatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("trường")
        verbose_name_plural = _("trường")
        constraints = [
            models.CheckConstraint(
                name="school_ministry_code_present",
                condition=~Q(ministry_code=""),
                violation_error_message=_("Hãy ghi mã trường do Bộ cấp."),
            ),
            models.CheckConstraint(
                name="school_name_present",
                condition=~Q(name=""),
                violation_error_message=_("Hãy ghi tên trường."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYearQuerySet(models.QuerySet):
    def containing(self, day: datetime.date) -> "SchoolYearQuerySet":
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def newest_first(self) -> "SchoolYearQuerySet":
        return self.order_by("-first_year")


class SchoolYear(models.Model):
    school = models.ForeignKey(
        School, models.PROTECT, related_name="school_years", verbose_name=_("trường")
    )
    first_year = models.PositiveSmallIntegerField(_("năm bắt đầu"))
    ruleset_key = models.CharField(_("quy định đánh giá"), max_length=20, default="tt27")
    starts_on = models.DateField(_("ngày bắt đầu"))
    ends_on = models.DateField(_("ngày kết thúc"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("năm học")
        verbose_name_plural = _("năm học")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "first_year"],
                name="school_year_unique",
                violation_error_message=_("Trường đã có năm học này."),
            ),
            models.CheckConstraint(
                name="school_year_dates_in_order",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Năm học phải kết thúc sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_year}-{self.first_year + 1}"

    @property
    def ruleset(self) -> Ruleset:
        return get_ruleset(self.ruleset_key)

    @property
    def last_day_for_entries(self) -> datetime.date:
        """Lessons end in May; pupils are assessed once more, and corrected, until 31 August."""
        return max(self.ends_on, datetime.date(self.first_year + 1, *LAST_DAY_OF_SUMMER))


class PeriodWindowQuerySet(models.QuerySet):
    def open_on(self, day: datetime.date) -> "PeriodWindowQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class PeriodWindow(models.Model):
    """When a school's teachers may enter a period's results, and whose results they are.

    The roster is fixed at `roster_on`: who was enrolled that day belongs to the period.
    """

    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, related_name="period_windows", verbose_name=_("năm học")
    )
    period = models.CharField(_("thời điểm đánh giá"), max_length=20, choices=PERIOD_CHOICES)
    opens_on = models.DateField(_("mở từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))
    roster_on = models.DateField(_("ngày chốt danh sách"))

    objects = PeriodWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời gian nhập kết quả")
        verbose_name_plural = _("thời gian nhập kết quả")
        constraints = [
            models.UniqueConstraint(
                fields=["school_year", "period"],
                name="period_window_unique",
                violation_error_message=_("Thời điểm này của năm học đã có thời gian nhập."),
            ),
            models.CheckConstraint(
                name="period_window_dates_in_order",
                condition=dates_in_order("opens_on", "closes_on"),
                violation_error_message=_("Ngày đóng phải sau ngày mở."),
            ),
            models.CheckConstraint(
                name="period_window_roster_by_closing",
                condition=Q(roster_on__lte=F("closes_on")),
                violation_error_message=_("Ngày chốt danh sách không sau ngày đóng."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_period_display()} {self.school_year}"

    def is_open_on(self, day: datetime.date) -> bool:
        return self.opens_on <= day <= self.closes_on
