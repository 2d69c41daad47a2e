"""Why something is not signed or not believed, as codes; the screens make the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """A code and what its sentence names; a warning leaves the decision to a person."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    is_warning: bool = False


class SigningRefused(Exception):
    """No signature came about. Carries no key, PIN or passphrase: only the refusal."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, params)

    @property
    def code(self) -> str:
        return self.refusal.code
