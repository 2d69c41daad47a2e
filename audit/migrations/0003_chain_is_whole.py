import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_chain"),
    ]

    operations = [
        migrations.AlterField("auditevent", "chain", models.BigIntegerField()),
        migrations.AlterField("auditevent", "number", models.BigIntegerField()),
        migrations.AlterField("auditevent", "previous_digest", models.CharField(max_length=64)),
        migrations.AlterField("auditevent", "digest", models.CharField(max_length=64)),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.UniqueConstraint(fields=("chain", "number"), name="audit_event_one_of_each_number", violation_error_message="Chuỗi nhật ký đã có sự kiện mang số này."),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length("digest"), 64), django.db.models.lookups.Exact(django.db.models.functions.text.Length("previous_digest"), 64)), name="audit_event_digests_sha256", violation_error_message="Giá trị băm SHA-256 gồm 64 chữ số thập lục phân."),
        ),
    ]
