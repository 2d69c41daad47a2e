"""How often a stranger may ask: from one address, and about one card from anywhere."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.lockout import address_of
from reportcards.models import LookUpCount

# Of an IPv6 address: what a household or a school is given.
NETWORK_BITS = 64


@dataclass(frozen=True)
class Limit:
    """So many in a window that begins with the first of them."""

    purpose: str
    most: int
    window: timedelta


# A whole parents' meeting stands behind one address of the school.
LOOK_UPS = Limit("look-ups from an address", 60, timedelta(hours=1))
# The days on which the pupils of a grade were born are some hundreds.
GUESSES = Limit("look-ups of a card", 10, timedelta(days=1))
FILES = Limit("files from an address", 30, timedelta(hours=1))
LONGEST_WINDOW = max(limit.window for limit in (LOOK_UPS, GUESSES, FILES))


def network_of(request: HttpRequest) -> str:
    """The address, or the network of an IPv6 address, of which one person has millions."""
    address = address_of(request)
    if address is None:
        return ""
    bits = 32 if ipaddress.ip_address(address).version == 4 else NETWORK_BITS
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def take(limit: Limit, subject: str) -> datetime | None:
    """Counts one, or says from when on there will be another; then nothing is written."""
    now = timezone.now()
    key = _key(limit, subject)
    counted = LookUpCount.objects.filter(key=key)
    current = counted.filter(started_at__gt=now - limit.window)
    full = current.filter(count__gte=limit.most).first()
    if full is not None:
        return full.started_at + limit.window
    if current.filter(count__lt=limit.most).update(count=F("count") + 1):
        return None
    if counted.exclude(started_at__gt=now - limit.window).update(count=1, started_at=now):
        return None
    return None if _begin(key, now) else take(limit, subject)


def _begin(key: str, now: datetime) -> bool:
    """False where another worker has just done so."""
    LookUpCount.objects.filter(started_at__lte=now - LONGEST_WINDOW).delete()
    try:
        with transaction.atomic():
            LookUpCount.objects.create(key=key, count=1, started_at=now)
    except IntegrityError:
        return False
    return True


def _key(limit: Limit, subject: str) -> str:
    return salted_hmac(limit.purpose, subject, algorithm="sha256").hexdigest()
