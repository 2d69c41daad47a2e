"""The QR code that leads from a card to the page that says whether it is valid."""

import io

import segno


def qr_svg(address: str) -> bytes:
    """Black on white whatever the screen's scheme: it is read by cameras."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return drawn.getvalue()
