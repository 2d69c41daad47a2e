"""On what a signature is believed here today: our authorities, and what each issuer said last."""

from django.conf import settings
from django.utils import timezone

from reportcards.trusted import newest_lists, trust_store
from reportcards.verify import Grounds


def grounds_of_today(school_names: tuple[str, ...] = ()) -> Grounds:
    """school_names: what the school's certificate may call it. Raises TrustFileUnreadable."""
    return Grounds(
        trust=trust_store(),
        at=timezone.now(),
        crls=newest_lists(),
        accepts_demo=not settings.IS_PRODUCTION,
        school_names=school_names,
    )
