"""The periods of a school that can be looked at and compared."""

from dataclasses import dataclass

from assessments.calendar import period_name
from rulesets import Period
from schools.models import School, SchoolYear


@dataclass(frozen=True)
class Moment:
    school_year: SchoolYear
    period: Period

    @property
    def key(self) -> str:
        return f"{self.school_year.first_year}-{self.period}"

    @property
    def name(self) -> str:
        return f"{period_name(self.period)}, {self.school_year.name}"


def moments_of(school: School) -> list[Moment]:
    """The newest year first; in it the periods as they follow each other."""
    return [
        Moment(school_year, period)
        for school_year in school.school_years.newest_first()
        for period in school_year.ruleset.periods
    ]
