"""What several files of these tests begin with."""

from collections.abc import Iterator

import pytest

from tests.assessments.late_entries import LATE_DAY, evening_of
from tests.cast import Cast


@pytest.fixture
def late(cast: Cast) -> Iterator[Cast]:
    """Three days after the end of term was closed."""
    with evening_of(LATE_DAY):
        yield cast
