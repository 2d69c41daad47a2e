"""What the benchmark of the whole school counts as verified is what poppler verifies."""

import pytest

from benchmarks import demo_school
from benchmarks.signed_forms import SLOTS, a_display_form, make_signing, sign_in_order

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def signing():
    return make_signing("P-256")


@pytest.fixture(scope="module")
def form():
    return a_display_form()


@pytest.fixture(scope="module")
def signed(signing, form):
    return sign_in_order(signing, form)


def test_a_card_with_all_three_signatures_counts(signed, tmp_path):
    assert demo_school.is_signed_by_all(signed, tmp_path)


def test_one_that_nobody_signed_does_not(form, tmp_path):
    assert not demo_school.is_signed_by_all(form, tmp_path)


def test_one_without_the_seal_does_not(signing, form, tmp_path):
    for slot_key in SLOTS[:-1]:
        form = form + signing.update(form, slot_key)
    assert not demo_school.is_signed_by_all(form, tmp_path)


def test_one_that_was_changed_since_does_not(signed, tmp_path):
    at = len(signed) // 3
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert not demo_school.is_signed_by_all(changed, tmp_path)


def test_one_that_was_added_to_since_does_not(signed, tmp_path):
    assert not demo_school.is_signed_by_all(signed + b"\n% more\n", tmp_path)


def test_a_file_that_is_no_pdf_does_not(tmp_path):
    assert not demo_school.is_signed_by_all(b"no PDF", tmp_path)


def test_what_is_timed_is_told_in_seconds(capsys):
    with demo_school.timed("demo_school_slept"):
        pass
    assert '"name": "demo_school_slept"' in capsys.readouterr().out


def test_a_failure_is_no_figure(capsys):
    with pytest.raises(ValueError, match="stopped"), demo_school.timed("demo_school_slept"):
        raise ValueError("stopped")
    assert capsys.readouterr().out == ""
