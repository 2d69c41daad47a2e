from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A PDF and the name of its file, which is its title too."""

    name: str
    content: bytes
