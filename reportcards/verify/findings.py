"""What a verification finds, as codes; `verification_sentences` makes the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """A code and what its sentence names.

    One that is no warning makes the card worthless (QĐ 1789/2024, Điều 12); a warning leaves the
    decision to whoever reads the report.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    is_warning: bool = False


class FileRefused(ValueError):
    """The file is no report card that could be verified: `finding` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.finding = Finding(code, params)
