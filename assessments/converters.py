from rulesets import Period


class PeriodConverter:
    """A period in an address; any other word is another page, or none."""

    regex = "|".join(Period)

    def to_python(self, value: str) -> Period:
        return Period(value)

    def to_url(self, value: str) -> str:
        return str(value)
