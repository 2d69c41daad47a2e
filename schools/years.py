import datetime

from schools.models import School, SchoolYear


def school_year_of(school: School, day: datetime.date) -> SchoolYear | None:
    """The year that contains the day; between two years, the one that has just ended."""
    return school.school_years.filter(starts_on__lte=day).order_by("-first_year").first()
