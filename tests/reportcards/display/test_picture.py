"""The pages look as they did when somebody last looked at them."""

from pathlib import Path

import pytest

from reportcards.documents.display_pdf import display_pdf
from tests.reportcards.cards import card_payload
from tests.reportcards.display.pages import DIGEST
from tests.reportcards.seen import assert_looks_as_seen, on_the_versions_that_drew

pytestmark = [pytest.mark.any_database, on_the_versions_that_drew]

DRAWN = Path(__file__).with_name("display_form.png")


def test_the_pages_look_as_they_were_seen(tmp_path: Path):
    document = display_pdf(
        card_payload(), digest=DIGEST, public_address="https://hocba.example.edu.vn"
    )
    assert_looks_as_seen([document], DRAWN, tmp_path)
