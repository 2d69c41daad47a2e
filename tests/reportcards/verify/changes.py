"""Single bits of a card: those that a verification without the archive has to find changed."""

FOUND_OFFLINE = ("DU_LIEU_HOC_BA", "DANH_SACH_THONG_TIN_KY")


def places_of_bits(card: bytes) -> list[int]:
    """Of the data node and of the slots, each with its tags: places as 8 × byte + bit."""
    spans = [
        range(card.index(f"<{tag}".encode()), card.index(f"</{tag}>".encode()) + len(tag) + 3)
        for tag in FOUND_OFFLINE
    ]
    return [8 * byte + bit for span in spans for byte in span for bit in range(8)]


def flipped(card: bytes, place: int) -> bytes:
    changed = bytearray(card)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)
