from django.db import transaction

from accounts.models import RowDensity, User
from audit.events import Actor, Scope, record_event


@transaction.atomic
def choose_row_density(*, user: User, row_density: RowDensity, by: Actor) -> User:
    """How tall the rows of her tables stand; the choice that she has already leaves no trace."""
    former = user.row_density
    if row_density == former:
        return user
    user.row_density = row_density
    user.save(update_fields=["row_density"])
    record_event(
        "user.row_density_chosen",
        by=by,
        target=user,
        scope=Scope(),
        changes={"row_density": (former, str(row_density))},
    )
    return user
