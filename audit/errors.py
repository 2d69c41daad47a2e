from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal that a person reads: views show `message`, which says what to do next."""

    message: str | Promise = ""

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class NotPermitted(DomainError):
    """The person may not do this; the answer is the 403 page with the sentence on it."""
