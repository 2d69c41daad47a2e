"""What several files of these tests begin with."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.assessments.late_entries import LATE_DAY, evening_of
from tests.assessments.year_ends import IN_JULY, signed_off
from tests.cast import IN_MAY, Cast


@pytest.fixture
def late(cast: Cast) -> Iterator[Cast]:
    """Three days after the end of term was closed."""
    with evening_of(LATE_DAY):
        yield cast


@pytest.fixture
def in_july(cast: Cast) -> Iterator[Cast]:
    """Class 4A's year is signed; Anh has not completed it."""
    with time_machine.travel(IN_MAY, tick=False):
        signed_off(cast)
    with time_machine.travel(IN_JULY, tick=False):
        yield cast
