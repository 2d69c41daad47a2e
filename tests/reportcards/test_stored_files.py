"""Files under names that hold their digests: never written over, never given out changed."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from reportcards.stored_files import digest_of_bytes, is_there, put, read, read_unchanged

pytestmark = pytest.mark.any_database

NAME = "79000123/2026-2027/card.pdf"
CONTENT = b"%PDF-1.7 of an invented card"


class Unreachable(InMemoryStorage):
    """As a bucket whose network is down."""

    def _open(self, name, mode="rb"):
        raise ConnectionRefusedError(name)


class Broken(InMemoryStorage):
    def _open(self, name, mode="rb"):
        raise PermissionError(name)


@pytest.fixture(params=["files", "memory"])
def storage(request, tmp_path):
    return FileSystemStorage(tmp_path) if request.param == "files" else InMemoryStorage()


@pytest.fixture
def counted(storage, monkeypatch):
    """How often something was written."""
    written = []
    save = storage.save
    monkeypatch.setattr(
        storage, "save", lambda name, content: written.append(name) or save(name, content)
    )
    return written


class TestPut:
    def test_what_is_put_is_read_again(self, storage):
        assert read(storage, put(storage, NAME, CONTENT)) == CONTENT

    def test_it_stands_under_the_name_that_was_asked_for(self, storage):
        assert put(storage, NAME, CONTENT) == NAME

    def test_the_same_file_is_written_once(self, storage, counted):
        assert put(storage, NAME, CONTENT) == put(storage, NAME, CONTENT)
        assert counted == [NAME]

    def test_a_file_that_was_left_half_written_is_gone_around(self, storage):
        storage.save(NAME, ContentFile(CONTENT[:7]))
        elsewhere = put(storage, NAME, CONTENT)
        assert elsewhere != NAME
        assert read(storage, elsewhere) == CONTENT

    def test_and_it_is_not_written_over(self, storage):
        storage.save(NAME, ContentFile(CONTENT[:7]))
        put(storage, NAME, CONTENT)
        assert read(storage, NAME) == CONTENT[:7]

    def test_an_empty_file_is_a_file(self, storage):
        assert read(storage, put(storage, NAME, b"")) == b""


class TestIsThere:
    def test_a_file_of_that_length_is(self, storage):
        put(storage, NAME, CONTENT)
        assert is_there(storage, NAME, len(CONTENT))

    @pytest.mark.parametrize("more", [-1, 1])
    def test_one_of_another_length_is_not(self, storage, more):
        put(storage, NAME, CONTENT)
        assert not is_there(storage, NAME, len(CONTENT) + more)

    def test_where_there_is_none_there_is_none(self, storage):
        assert not is_there(storage, NAME, 0)


class TestRead:
    def test_of_no_file_nothing_is_read(self, storage):
        assert read(storage, NAME) is None

    @pytest.mark.parametrize("kind", [Unreachable, Broken])
    def test_what_the_system_refuses_is_no_file(self, kind):
        assert read(kind(), NAME) is None

    def test_a_storage_that_fails_otherwise_says_so(self, storage, monkeypatch):
        def fail(name):
            raise RuntimeError(name)

        monkeypatch.setattr(storage, "open", fail)
        with pytest.raises(RuntimeError, match=NAME):
            read(storage, NAME)


class TestReadUnchanged:
    def test_the_bytes_as_they_were_stored(self, storage):
        put(storage, NAME, CONTENT)
        assert read_unchanged(storage, NAME, digest_of_bytes(CONTENT)) == CONTENT

    def test_a_single_other_bit_is_not_given_out(self, storage):
        changed = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]
        put(storage, NAME, changed)
        assert read_unchanged(storage, NAME, digest_of_bytes(CONTENT)) is None

    def test_a_lost_file_is_not_given_out(self, storage):
        assert read_unchanged(storage, NAME, digest_of_bytes(CONTENT)) is None

    def test_an_empty_file_with_its_digest_is(self, storage):
        put(storage, NAME, b"")
        assert read_unchanged(storage, NAME, digest_of_bytes(b"")) == b""


def test_the_digest_is_sha_256_in_hex():
    assert digest_of_bytes(CONTENT) == hashlib.sha256(CONTENT).hexdigest()
