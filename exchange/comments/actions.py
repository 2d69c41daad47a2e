from collections.abc import Sequence

from django.db import IntegrityError, transaction

from assessments.actions import write_comment_entries
from exchange.comments.plan import Plan, make_plan
from exchange.comments.sheet import DraftRow
from exchange.errors import PreviewOutdated
from schools.models import School, StaffMember


def import_comment_entries(
    *,
    school: School,
    owner: StaffMember | None,
    rows: Sequence[DraftRow],
    shown: str,
    by: StaffMember,
) -> Plan:
    """Writes the rows that are not refused, all or none, as they were shown (`Plan.digest`)."""
    try:
        with transaction.atomic():
            plan = make_plan(rows, school, owner)
            if plan.digest != shown:
                raise PreviewOutdated
            write_comment_entries(school=school, owner=owner, drafts=plan.to_write, by=by)
    except IntegrityError as error:
        raise PreviewOutdated from error
    return plan
