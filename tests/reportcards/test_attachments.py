import pytest

from reportcards.attachments import LARGEST, Attachment, AttachmentRefused
from tests.reportcards.withdrawing import JPEG, PDF, PNG


@pytest.mark.parametrize(("content", "ending"), [(PDF, "pdf"), (JPEG, "jpg"), (PNG, "png")])
def test_a_file_is_what_its_bytes_say(content, ending):
    assert Attachment(content).ending == ending


def test_a_telephone_may_write_more_behind_a_picture():
    assert Attachment(JPEG + b"a second picture" * 500).ending == "jpg"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04 a document of an office program",
        PDF.removesuffix(b"%%EOF\n"),
        PNG[:-4],
        JPEG.removesuffix(b"\xff\xd9"),
        b" " + PDF,
    ],
    ids=["empty", "program", "page", "archive", "half PDF", "half PNG", "half JPEG", "shifted"],
)
def test_anything_else_is_refused(content):
    with pytest.raises(AttachmentRefused, match="PDF"):
        Attachment(content).ending  # noqa: B018


def test_the_largest_file_is_taken():
    assert Attachment(PDF[:-6] + b" " * (LARGEST - len(PDF)) + PDF[-6:]).ending == "pdf"


def test_a_larger_file_is_refused():
    with pytest.raises(AttachmentRefused, match="5 MB"):
        Attachment(PDF + b" " * LARGEST).ending  # noqa: B018
