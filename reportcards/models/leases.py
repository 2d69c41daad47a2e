"""Rows that a worker takes for a while, so that a dead one's are taken up by the next."""

import datetime

from django.db.models import Q
from django.utils import timezone

LEASE = datetime.timedelta(minutes=2)
MOST_ATTEMPTS = 5  # whoever takes a row and dies of it each time stops there


def taken_by_nobody() -> Q:
    """Or by somebody who does not live any more."""
    return Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())


def is_taken(leased_until: datetime.datetime | None) -> bool:
    """By somebody who may live."""
    return leased_until is not None and leased_until >= timezone.now()
