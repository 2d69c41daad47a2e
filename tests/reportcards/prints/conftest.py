import datetime
import uuid

import pytest

from assessments.payload import digest_of
from reportcards.models import ReportCard
from reportcards.workflow import CardState
from tests import factories


@pytest.fixture
def an_older_card(signed_class):
    """Of Anh's third grade; this year's card stands already."""
    earlier = factories.make_class(
        factories.make_school_year(signed_class.school, first_year=2025), "3A", (3,)
    )
    enrollment = factories.enroll(
        signed_class.anh.student,
        earlier,
        ended_on=datetime.date(2026, 5, 31),
        exit_reason="year_ended",
    )
    older = ReportCard.objects.get(enrollment=signed_class.anh)
    older.pk, older.uuid = None, uuid.UUID("0f0e0d0c-0b0a-4908-8706-050403020100")
    older.enrollment, older.school_year = enrollment, earlier.school_year
    older.state, older._state.adding = CardState.ISSUED, True
    older.payload = older.payload | {"uuid": str(older.uuid), "school_year": "2025-2026"}
    older.digest = digest_of(older.payload)
    older.save(force_insert=True)
    return older
