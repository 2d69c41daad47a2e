"""A frozen model of the tests' own, with its table and triggers."""

from django.db import connection, models
from django.db.models import Q
from django.test.utils import isolate_apps

from audit.models import FrozenModel, FrozenQuerySet
from audit.triggers import triggers_of
from tests.audit.triggers import run_sql

MOVES = frozenset({("created", "signed"), ("signed", "issued"), ("issued", "it's over")})

with isolate_apps("audit"):

    class Charter(FrozenModel):
        living_fields = ("state", "state_changed_at")
        living_moves = {"state": MOVES}

        text = models.TextField()
        payload = models.JSONField(default=dict)
        copy = models.BinaryField(null=True)
        number = models.PositiveSmallIntegerField(unique=True)
        state = models.CharField(max_length=20, default="created")
        state_changed_at = models.DateTimeField(null=True)

        objects = FrozenQuerySet.as_manager()

        class Meta:
            app_label = "audit"
            constraints = [
                models.UniqueConstraint(
                    fields=["text"], condition=Q(state="issued"), name="charter_one_issued"
                )
            ]


def create_charters() -> None:
    editor = connection.schema_editor()
    editor.deferred_sql = []
    statement, parameters = editor.table_sql(Charter)
    run_sql(statement, *parameters or [])
    for deferred in editor.deferred_sql:
        run_sql(str(deferred))
    for trigger in triggers_of(Charter, Charter, connection):
        for statement in trigger.sql_to_create(connection.vendor):
            with connection.cursor() as cursor:
                cursor.execute(statement)
