from django.db import migrations, models
from django.db.models import F


def lock_what_is_signed(apps, schema_editor):
    decisions = apps.get_model("assessments", "YearDecision").objects
    decisions.filter(signed_off_at__isnull=False).update(locked_at=F("signed_off_at"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        migrations.AddField(
            "YearDecision", "locked_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(lock_what_is_signed, migrations.RunPython.noop),
        migrations.AddConstraint(
            "YearDecision",
            models.CheckConstraint(
                condition=models.Q(locked_at__isnull=True, signed_off_at__isnull=True)
                | models.Q(locked_at__isnull=False, signed_off_at__isnull=False),
                name="year_decision_locked_when_signed_off",
                violation_error_message="Quyết định đã ký duyệt thì bị khóa, và chỉ khi ấy.",
            ),
        ),
    ]
