import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcards.certificates.errors import (
    KeyFileUnreadable,
    SealingSecretMissing,
)
from reportcards.sealed_keys import seal, unseal

MINE, ANOTHER = "ab" * 32, "cd" * 32
FILE = b"a PKCS#12 file"
OLD, NEW = "an old secret " * 5, "a new secret " * 5


@given(st.binary(min_size=1, max_size=4096))
def test_what_is_sealed_comes_back(container):
    assert unseal(seal(container, fingerprint=MINE), fingerprint=MINE) == container


@given(st.binary(min_size=16, max_size=512))
def test_nothing_of_the_file_stands_in_what_is_stored(container):
    sealed = seal(container, fingerprint=MINE)
    assert container not in sealed
    assert not any(container[i : i + 8] in sealed for i in range(0, len(container) - 8, 8))


def test_the_same_file_is_never_sealed_alike():
    assert len({seal(FILE, fingerprint=MINE) for _ in range(100)}) == 100


def test_refuses_the_file_of_another_certificate():
    """Whoever can write into the database cannot lend one person's key to another."""
    with pytest.raises(KeyFileUnreadable):
        unseal(seal(FILE, fingerprint=ANOTHER), fingerprint=MINE)


@given(st.data())
def test_finds_any_changed_byte(data):
    sealed = bytearray(seal(FILE, fingerprint=MINE))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeyFileUnreadable):
        unseal(bytes(sealed), fingerprint=MINE)


@pytest.mark.parametrize("length", range(29))
def test_refuses_what_is_cut_short(length):
    sealed = seal(FILE, fingerprint=MINE)
    with pytest.raises(KeyFileUnreadable):
        unseal(sealed[:length], fingerprint=MINE)


def test_another_servers_secret_opens_nothing(settings):
    settings.KEY_SEALING_SECRET = OLD
    sealed = seal(FILE, fingerprint=MINE)
    settings.KEY_SEALING_SECRET = NEW
    with pytest.raises(KeyFileUnreadable):
        unseal(sealed, fingerprint=MINE)


def test_a_former_secret_still_opens_what_it_sealed(settings):
    settings.KEY_SEALING_SECRET = OLD
    sealed = seal(FILE, fingerprint=MINE)
    settings.KEY_SEALING_SECRET, settings.KEY_SEALING_SECRET_FALLBACKS = NEW, [OLD]
    assert unseal(sealed, fingerprint=MINE) == FILE


def test_the_newest_secret_seals(settings):
    settings.KEY_SEALING_SECRET, settings.KEY_SEALING_SECRET_FALLBACKS = NEW, [OLD]
    sealed = seal(FILE, fingerprint=MINE)
    settings.KEY_SEALING_SECRET_FALLBACKS = []
    assert unseal(sealed, fingerprint=MINE) == FILE


def test_the_key_of_other_things_seals_no_key_files(settings):
    settings.KEY_SEALING_SECRET = OLD
    sealed = seal(FILE, fingerprint=MINE)
    settings.SECRET_KEY = NEW
    assert unseal(sealed, fingerprint=MINE) == FILE


def test_refuses_to_seal_without_a_secret(settings):
    settings.KEY_SEALING_SECRET = ""
    with pytest.raises(SealingSecretMissing, match="KEY_SEALING_SECRET"):
        seal(FILE, fingerprint=MINE)


def test_refuses_to_open_without_a_secret(settings):
    """A former one alone would hide that the server was set up wrongly."""
    sealed = seal(FILE, fingerprint=MINE)
    settings.KEY_SEALING_SECRET_FALLBACKS = [settings.KEY_SEALING_SECRET]
    settings.KEY_SEALING_SECRET = ""
    with pytest.raises(SealingSecretMissing):
        unseal(sealed, fingerprint=MINE)
