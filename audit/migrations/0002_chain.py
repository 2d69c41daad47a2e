from collections.abc import Iterator
from typing import Any

from django.db import migrations, models

from audit.chain import OF_NO_SCHOOL, START, link

AT_ONCE = 2000


def chain_what_exists(apps, schema_editor):
    """In the order of their ids, which is that of their writing."""
    event_model = apps.get_model("audit", "AuditEvent")
    head_model = apps.get_model("audit", "AuditChain")
    schools = event_model.objects.order_by("school_id").values_list("school_id", flat=True)
    for school_id in schools.distinct():
        head = head_model(chain=school_id or OF_NO_SCHOOL, length=0, digest=START)
        for events in pages(event_model.objects.filter(school_id=school_id)):
            for event in events:
                event.chain = head.chain
                link(event, head)
            write(schema_editor.connection, event_model, events)
        head.save(force_insert=True)


def pages(events: Any) -> Iterator[list[Any]]:
    last = 0
    while page := list(events.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield page
        last = page[-1].pk


def write(connection, event_model, events):
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{event_model._meta.db_table}" SET chain = %s, number = %s,'
            " previous_digest = %s, digest = %s WHERE id = %s",
            [
                (event.chain, event.number, event.previous_digest, event.digest, event.pk)
                for event in events
            ],
        )


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                ("chain", models.BigIntegerField(primary_key=True, serialize=False)),
                ("length", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "chuỗi nhật ký",
                "verbose_name_plural": "chuỗi nhật ký",
            },
        ),
        migrations.AddField("auditevent", "chain", models.BigIntegerField(null=True)),
        migrations.AddField("auditevent", "number", models.BigIntegerField(null=True)),
        migrations.AddField(
            "auditevent", "previous_digest", models.CharField(max_length=64, null=True)
        ),
        migrations.AddField("auditevent", "digest", models.CharField(max_length=64, null=True)),
        migrations.RunPython(chain_what_exists, migrations.RunPython.noop),
    ]
