"""The shape of a signed payload, for the OpenAPI document only.

A payload is served as it was signed and never passes through these: writing it anew could
change a byte, and its digest with it. The authority on the shape is assessments/payload.py.
"""

from rest_framework import serializers

from exchange.api.query import PERIODS


class PayloadSchool(serializers.Serializer):
    ministry_code = serializers.CharField()
    name = serializers.CharField()
    commune_name = serializers.CharField()
    district_name = serializers.CharField(allow_blank=True)
    province_name = serializers.CharField()
    department_name = serializers.CharField()


class PayloadClass(serializers.Serializer):
    name = serializers.CharField()
    grade_level = serializers.IntegerField(min_value=1, max_value=5)


class PayloadStudent(serializers.Serializer):
    id = serializers.IntegerField()
    ministry_code = serializers.CharField(allow_null=True)
    personal_id = serializers.CharField(allow_null=True)
    full_name = serializers.CharField()
    date_of_birth = serializers.DateField()
    gender = serializers.ChoiceField(["male", "female"])


class PayloadAttempt(serializers.Serializer):
    score = serializers.IntegerField(min_value=1, max_value=10)
    taken_on = serializers.DateField(allow_null=True, help_text="Known of a retest.")


class PayloadSubject(serializers.Serializer):
    code = serializers.CharField(help_text="Our code of the subject, e.g. `tieng_viet`.")
    name = serializers.CharField()
    language_name = serializers.CharField(
        allow_blank=True, help_text="Which language, where the subject is one of several."
    )
    level = serializers.CharField(
        allow_null=True, help_text="`T`, `H`, `C` (Circular 27/2020), `M` for exempt, or null."
    )
    level_name = serializers.CharField(allow_null=True)
    score = serializers.IntegerField(
        allow_null=True,
        min_value=1,
        max_value=10,
        help_text="Of the last test, or null.",
    )
    is_tested = serializers.BooleanField(help_text="Whether a test is due at this period.")
    comment = serializers.CharField(allow_blank=True)
    attempts = PayloadAttempt(
        many=True,
        required=False,
        help_text="The test and its retests in order, the last being `score`; cards that were "
        "signed before retests were kept have none.",
    )


class PayloadTrait(serializers.Serializer):
    code = serializers.CharField(help_text="Our code of the quality or competence.")
    name = serializers.CharField()
    group = serializers.CharField()
    level = serializers.CharField(
        allow_null=True, help_text="`T`, `Đ`, `C` (Circular 27/2020) or null."
    )
    level_name = serializers.CharField(allow_null=True)


class PayloadAttendance(serializers.Serializer):
    absences_with_leave = serializers.IntegerField(
        allow_null=True, help_text="Half days (buổi) since the school year began."
    )
    absences_without_leave = serializers.IntegerField(allow_null=True)


class PayloadBody(serializers.Serializer):
    height_cm = serializers.CharField(allow_null=True, help_text="A decimal as text: `128.5`.")
    weight_kg = serializers.CharField(allow_null=True, help_text="A decimal as text: `26.0`.")


class PayloadComments(serializers.Serializer):
    quality = serializers.CharField(allow_blank=True)
    general_competence = serializers.CharField(allow_blank=True)
    specific_competence = serializers.CharField(allow_blank=True)
    homeroom = serializers.CharField(allow_blank=True)


class PayloadYearDecision(serializers.Serializer):
    result = serializers.CharField()
    result_name = serializers.CharField()
    has_completed = serializers.BooleanField()
    is_promoted = serializers.BooleanField(
        allow_null=True, help_text="Null in grade 5, which ends primary school."
    )
    reward = serializers.CharField(allow_blank=True)
    extraordinary_reward = serializers.CharField(allow_blank=True)


class PayloadSupplementary(serializers.Serializer):
    """Only in the period `supplementary`: what was planned, put forward and decided."""

    plan = serializers.CharField()
    case_reason = serializers.CharField(allow_blank=True)
    decision_reason = serializers.CharField(allow_blank=True)
    prints_later_levels = serializers.BooleanField(
        help_text="Whether the paper form shows the later levels, or only the later scores."
    )


class PayloadSigner(serializers.Serializer):
    full_name = serializers.CharField()
    position_title = serializers.CharField()


class Payload(serializers.Serializer):
    """What was signed, byte for byte.

    The digest is the SHA-256 of its canonical form: UTF-8, keys sorted at every depth, no white
    space between tokens, no escapes of non-ASCII letters.
    """

    format = serializers.ChoiceField(["hocba.period-record/1"])
    ruleset = serializers.CharField(help_text="The regulation that applied, e.g. `tt27`.")
    school = PayloadSchool()
    school_year = serializers.CharField(help_text="`2026-2027`")
    period = serializers.ChoiceField(PERIODS)
    school_class = PayloadClass()
    homeroom_teacher = serializers.CharField(allow_null=True)
    student = PayloadStudent()
    is_not_assessed = serializers.BooleanField()
    subjects = PayloadSubject(many=True)
    traits = PayloadTrait(many=True)
    attendance = PayloadAttendance()
    body = PayloadBody()
    comments = PayloadComments()
    year_decision = PayloadYearDecision(allow_null=True)
    supplementary = PayloadSupplementary(required=False)
    signed_by = PayloadSigner()
    signed_at = serializers.DateTimeField()
