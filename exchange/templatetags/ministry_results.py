"""The links to the files for the sector database, for pages of apps below this one."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.ministry_results.columns import template_for
from schools.models import SchoolClass

register = template.Library()


@register.inclusion_tag("exchange/ministry_links.html")
def ministry_results_links(
    school_class: SchoolClass, period: str, grade_levels: Iterable[int]
) -> dict[str, Any]:
    found = [
        (grade_level, each)
        for grade_level in grade_levels
        if (each := template_for(school_class.school_year.ruleset_key, period, grade_level))
    ]
    return {
        "links": [link for grade, _each in found for link in _links(school_class, period, grade)],
        "is_unconfirmed": any(not each.is_confirmed for _grade, each in found),
    }


def _links(school_class: SchoolClass, period: str, grade_level: int) -> list[dict[str, str]]:
    year = school_class.school_year.first_year
    of_class = reverse("ministry_results_of_class", args=[school_class.pk, period])
    words = {"name": school_class.name, "grade": grade_level}
    label = _("Lớp %(name)s, khối %(grade)s") if school_class.is_multigrade else _("Lớp %(name)s")
    return [
        {"label": label % words, "url": f"{of_class}?grade={grade_level}"},
        {
            "label": _("Cả khối %(grade)s") % words,
            "url": reverse("ministry_results_of_grade", args=[year, period, grade_level]),
        },
    ]
