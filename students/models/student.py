from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from schools.constraints import PERSONAL_ID_LENGTH, is_personal_id
from schools.models import School
from schools.models.classes import SchoolClassQuerySet
from schools.named import NamedModel
from schools.names import fold, guess_given_name
from schools.updates import UpdatedModel, UpdatedQuerySet
from schools.validators import validate_printable
from students.ministry_codes import ETHNICITIES


class Gender(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class StudentQuerySet(UpdatedQuerySet):
    def for_school(self, school: School) -> "StudentQuerySet":
        from students.models.enrollment import Enrollment

        enrolled = Enrollment.objects.for_school(school).filter(student=OuterRef("pk"))
        return self.filter(Exists(enrolled))

    def in_classes(self, classes: SchoolClassQuerySet) -> "StudentQuerySet":
        """Enrolled there now."""
        from students.models.enrollment import Enrollment

        enrolled = Enrollment.objects.current().filter(
            student=OuterRef("pk"), school_class__in=classes
        )
        return self.filter(Exists(enrolled))

    def matching(self, text: str) -> "StudentQuerySet":
        return self.filter(
            Q(search_key__contains=fold(text))
            | Q(ministry_code=text.strip())
            | Q(personal_id=text.strip())
        )

    def in_name_order(self) -> "StudentQuerySet":
        return self.order_by("sort_key", "pk")


class Student(NamedModel, UpdatedModel):
    """A pupil, once in the installation for life; a school sees her through an enrolment.

    Names of places stand as the birth certificate has them; current codes stand beside.
    """

    ministry_code = models.CharField(
        _("mã học sinh"), max_length=20, null=True, blank=True, unique=True
    )
    personal_id = models.CharField(
        _("số định danh cá nhân"), max_length=PERSONAL_ID_LENGTH, null=True, blank=True, unique=True
    )
    full_name = models.CharField(_("họ và tên"), max_length=100, validators=[validate_printable])
    given_name = models.CharField(
        _("tên gọi"),
        max_length=50,
        blank=True,
        help_text=_("Chỉ ghi khi tên gọi không phải là chữ cuối, ví dụ H'Hen của H'Hen Niê."),
    )
    date_of_birth = models.DateField(_("ngày sinh"))
    gender = models.CharField(_("giới tính"), max_length=6, choices=Gender)
    ethnicity_code = models.CharField(
        _("dân tộc"), max_length=2, choices=list(ETHNICITIES.items()), blank=True
    )
    ethnicity_as_written = models.CharField(
        _("dân tộc theo giấy khai sinh"),
        max_length=50,
        blank=True,
        validators=[validate_printable],
    )
    nationality = models.CharField(
        _("quốc tịch"), max_length=50, default="Việt Nam", validators=[validate_printable]
    )
    birth_place = models.CharField(
        _("nơi sinh"), max_length=250, blank=True, validators=[validate_printable]
    )
    birth_commune_code = models.CharField(_("mã xã nơi sinh"), max_length=5, blank=True)
    home_town = models.CharField(
        _("quê quán"), max_length=250, blank=True, validators=[validate_printable]
    )
    home_town_commune_code = models.CharField(_("mã xã quê quán"), max_length=5, blank=True)
    residence = models.CharField(
        _("nơi ở hiện nay"), max_length=250, blank=True, validators=[validate_printable]
    )
    residence_commune_code = models.CharField(_("mã xã nơi ở"), max_length=5, blank=True)
    disability = models.CharField(_("loại khuyết tật"), max_length=100, blank=True)
    father_name = models.CharField(
        _("họ và tên cha"), max_length=100, blank=True, validators=[validate_printable]
    )
    mother_name = models.CharField(
        _("họ và tên mẹ"), max_length=100, blank=True, validators=[validate_printable]
    )
    guardian_name = models.CharField(
        _("họ và tên người giám hộ"), max_length=100, blank=True, validators=[validate_printable]
    )
    contact_phone = models.CharField(_("số điện thoại liên hệ"), max_length=20, blank=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("học sinh")
        verbose_name_plural = _("học sinh")
        indexes = [models.Index(fields=["sort_key"])]
        constraints = [
            models.CheckConstraint(
                name="student_personal_id_twelve",
                condition=is_personal_id("personal_id"),
                violation_error_message=_("Số định danh cá nhân gồm đúng 12 chữ số."),
            ),
            models.CheckConstraint(
                name="student_ministry_code_not_empty",
                condition=~Q(ministry_code=""),
                violation_error_message=_("Mã học sinh để trống thì không ghi gì."),
            ),
            models.CheckConstraint(
                name="student_full_name_present",
                condition=~Q(full_name=""),
                violation_error_message=_("Hãy ghi họ và tên học sinh."),
            ),
            models.CheckConstraint(
                name="student_gender_known",
                condition=Q(gender__in=Gender.values),
                violation_error_message=_("Giới tính là Nam hoặc Nữ."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def calling_name(self) -> str:
        """What her teacher calls her: "Anh" of "Lê Minh Anh", but "H'Hen" of "H'Hen Niê"."""
        return self.given_name or guess_given_name(self.full_name)

    @property
    def ethnicity_name(self) -> str:
        """As the birth certificate says it, which may be a sub-group of the listed one."""
        return self.ethnicity_as_written or ETHNICITIES.get(self.ethnicity_code, "")
