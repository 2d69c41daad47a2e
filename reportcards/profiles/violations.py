"""What is wrong with a payload or a card, as codes; the screen makes the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, str | int]


@dataclass(frozen=True)
class Violation:
    """`path`: of the value in the payload ("student.full_name") or of the element in the card."""

    path: str
    code: str
    params: Params = field(default_factory=dict)


class CardRefused(ValueError):
    """No card can be made or read of this."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__(", ".join(f"{one.path}: {one.code}" for one in violations))
        self.violations = violations
