"""One row of each list."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from assessments.models import SignOff
from assessments.workflow import Status
from exchange.api.payload_serializers import Payload, PayloadSigner
from exchange.api.query import PERIODS
from schools.models import ClassKind
from students.models import EntryReason, ExitReason, Gender, Student

SCHOOL_HELP = "The school's ministry code."
UPDATED_HELP = "Moves with every change of the row; what `updated_since` compares."


class DepartmentRow(serializers.Serializer):
    code = serializers.CharField(help_text="Two digits.")
    name = serializers.CharField()


class SchoolRow(serializers.Serializer):
    """A school that the client may read."""

    id = serializers.IntegerField()
    ministry_code = serializers.CharField()
    name = serializers.CharField()
    department = DepartmentRow()
    commune_name = serializers.CharField()
    commune_code = serializers.CharField(allow_blank=True)
    district_name = serializers.CharField(allow_blank=True, help_text="As it was before 7/2025.")
    province_name = serializers.CharField()
    province_code = serializers.CharField(allow_blank=True)
    updated_at = serializers.DateTimeField(source="changed_at", help_text=UPDATED_HELP)


class ClassRow(serializers.Serializer):
    """A class of one school year. A multi-grade class spans several grades."""

    id = serializers.IntegerField()
    school = serializers.CharField(source="school_year.school.ministry_code", help_text=SCHOOL_HELP)
    school_year = serializers.CharField(source="school_year.name", help_text="`2026-2027`")
    name = serializers.CharField()
    kind = serializers.ChoiceField(
        ClassKind.values, help_text="`special`: a class for pupils with disabilities."
    )
    lowest_grade = serializers.IntegerField(min_value=1, max_value=5)
    highest_grade = serializers.IntegerField(min_value=1, max_value=5)
    updated_at = serializers.DateTimeField(source="changed_at", help_text=UPDATED_HELP)


class ClassReference(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class EnrollmentRow(serializers.Serializer):
    id = serializers.IntegerField()
    school = serializers.CharField(
        source="school_class.school_year.school.ministry_code", help_text=SCHOOL_HELP
    )
    school_year = serializers.CharField(
        source="school_class.school_year.name", help_text="`2026-2027`"
    )
    school_class = ClassReference()
    grade_level = serializers.IntegerField(min_value=1, max_value=5)
    enrolled_on = serializers.DateField()
    entry_reason = serializers.ChoiceField(EntryReason.values)
    ended_on = serializers.DateField(
        allow_null=True, help_text="Null while the pupil is in this class."
    )
    exit_reason = serializers.ChoiceField(ExitReason.values, allow_null=True)


class StudentRow(serializers.Serializer):
    """A pupil who is or was enrolled at a school of the client."""

    id = serializers.IntegerField()
    ministry_code = serializers.CharField(allow_null=True)
    personal_id = serializers.CharField(allow_null=True, help_text="Twelve digits, as text.")
    full_name = serializers.CharField()
    date_of_birth = serializers.DateField()
    gender = serializers.ChoiceField(Gender.values)
    ethnicity_code = serializers.CharField(
        allow_blank=True, help_text="Two digits: QĐ 121-TCTK/PPCĐ, 55 foreigner, 56 unknown."
    )
    ethnicity_as_written = serializers.CharField(
        allow_blank=True, help_text="As the birth certificate has it, where that differs."
    )
    nationality = serializers.CharField()
    birth_place = serializers.CharField(allow_blank=True)
    birth_commune_code = serializers.CharField(allow_blank=True)
    home_town = serializers.CharField(allow_blank=True)
    home_town_commune_code = serializers.CharField(allow_blank=True)
    residence = serializers.CharField(allow_blank=True)
    residence_commune_code = serializers.CharField(allow_blank=True)
    enrollment = serializers.SerializerMethodField(
        help_text=(
            "The newest at a school of the client, within the filters of the request; "
            "the pupil left it when `ended_on` is set."
        ),
    )
    updated_at = serializers.DateTimeField(source="changed_at", help_text=UPDATED_HELP)

    @extend_schema_field(EnrollmentRow)
    def get_enrollment(self, student: Student) -> dict[str, Any]:
        return EnrollmentRow(student.enrollments.all()[0]).data


class StudentReference(serializers.Serializer):
    id = serializers.IntegerField()
    ministry_code = serializers.CharField(allow_null=True)
    personal_id = serializers.CharField(allow_null=True)


@extend_schema_field(Payload)
class SignedPayloadField(serializers.JSONField):
    pass


class PeriodRecordRow(serializers.Serializer):
    """A pupil at a period, as last signed off. What never was signed off is not here."""

    id = serializers.IntegerField(source="record_id")
    school = serializers.CharField(
        source="record.class_period.school_class.school_year.school.ministry_code",
        help_text=SCHOOL_HELP,
    )
    school_year = serializers.CharField(source="payload.school_year", help_text="`2026-2027`")
    school_class = serializers.SerializerMethodField(help_text="Its name when it was signed.")
    grade_level = serializers.IntegerField(
        source="payload.school_class.grade_level", min_value=1, max_value=5
    )
    period = serializers.ChoiceField(PERIODS, source="payload.period")
    student = StudentReference(source="payload.student", help_text="As it was signed.")
    status = serializers.ChoiceField(Status.values, source="record.status")
    is_under_review = serializers.SerializerMethodField(
        help_text=(
            "True from the moment that the principal reopens the record until it is signed "
            "again: payload and digest are still the last signed ones."
        )
    )
    signed_at = serializers.DateTimeField()
    signed_by = PayloadSigner(source="payload.signed_by")
    updated_at = serializers.DateTimeField(source="changed_at", help_text=UPDATED_HELP)
    digest = serializers.RegexField(
        "^[0-9a-f]{64}$", help_text="SHA-256 of the payload's canonical form, hexadecimal."
    )
    payload = SignedPayloadField()

    @extend_schema_field(ClassReference)
    def get_school_class(self, sign_off: SignOff) -> dict[str, Any]:
        return {
            "id": sign_off.record.class_period.school_class_id,
            "name": sign_off.payload["school_class"]["name"],
        }

    def get_is_under_review(self, sign_off: SignOff) -> bool:
        return sign_off.record.status != Status.SIGNED_OFF


class Refusal(serializers.Serializer):
    code = serializers.CharField(help_text="For programs; the texts may change, this does not.")
    message = serializers.CharField(
        help_text="For people: Vietnamese, or English with `Accept-Language: en`."
    )
    parameter = serializers.CharField(allow_null=True, help_text="The parameter at fault.")


class RefusalBody(serializers.Serializer):
    error = Refusal()


NEXT_HELP = "The address of the next page, to be used as it is; null after the last row."


@extend_schema_serializer(many=False)
class SchoolPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True, help_text=NEXT_HELP)
    results = SchoolRow(many=True)


@extend_schema_serializer(many=False)
class ClassPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True, help_text=NEXT_HELP)
    results = ClassRow(many=True)


@extend_schema_serializer(many=False)
class StudentPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True, help_text=NEXT_HELP)
    results = StudentRow(many=True)


@extend_schema_serializer(many=False)
class PeriodRecordPage(serializers.Serializer):
    next = serializers.URLField(allow_null=True, help_text=NEXT_HELP)
    results = PeriodRecordRow(many=True)
