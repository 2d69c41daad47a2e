"""PDF written by hand: such as no program writes it."""

import zlib


def file_with(*objects: bytes) -> bytes:
    """With these objects in it, and no table of them: what comes first is looked at first."""
    numbered = [b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, start=1)]
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer\n<< >>\nstartxref\n0\n%%EOF\n"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def deflated(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode")
