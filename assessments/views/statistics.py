from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.calendar import period_name
from assessments.forms.statistics import StatisticsForm
from assessments.permissions import check_user_sees_statistics, user_sees_small_counts
from assessments.statistics.cuts import Cut
from assessments.statistics.lines import By
from assessments.statistics.measures import Topic, topic_name, topics_at
from assessments.statistics.moments import Moment, moments_of
from assessments.statistics.page import StatisticsPage
from assessments.statistics.school import Statistics, statistics_of
from assessments.statistics.suppression import SHOWN_CUTS
from schools.access import StaffRequest, staff_only


@staff_only
@require_safe
def school_statistics(request: StaffRequest, first_year: int, period: str) -> HttpResponse:
    """How many pupils of the school reached what; whoever may not see them sees no few."""
    check_user_sees_statistics(request.staff)
    moment = moment_or_404(request, first_year, period)
    form = _form(request, moment)
    page = StatisticsPage(
        statistics=_statistics(request, moment, form.chosen_topic),
        other=_statistics(request, form.chosen_moment, form.chosen_topic)
        if form.chosen_moment
        else None,
        topic=form.chosen_topic,
        by=form.chosen_by,
        cut=form.chosen_cut,
    )
    context = {"page": page, "form": form, "moment": moment, **_links(form, moment)}
    return render(request, "assessments/statistics.html", context)


def moment_or_404(request: StaffRequest, first_year: int, period: str) -> Moment:
    school_year = get_object_or_404(request.school.school_years, first_year=first_year)
    for known in school_year.ruleset.periods:
        if known == period:
            return Moment(school_year, known)
    raise Http404


def _form(request: StaffRequest, moment: Moment) -> StatisticsForm:
    sees_all = user_sees_small_counts(request.staff)
    return StatisticsForm(
        request.GET.dict(),
        topics=topics_at(moment.school_year.ruleset, moment.period),
        bys=list(By) if sees_all else [By.GRADE, By.CUT],
        cuts=Cut if sees_all else SHOWN_CUTS,
        others=[other for other in moments_of(request.school) if other.key != moment.key],
    )


def _statistics(request: StaffRequest, moment: Moment, topic: Topic) -> Statistics:
    offered = topics_at(moment.school_year.ruleset, moment.period)
    return statistics_of(
        moment.school_year,
        moment.period,
        [topic] if topic in offered else [],
        shows_all=user_sees_small_counts(request.staff),
    )


def _links(form: StatisticsForm, moment: Moment) -> dict[str, Any]:
    year, period = moment.school_year, moment.period
    return {
        "crumbs": [
            {"label": _("Bàn làm việc"), "url": reverse("desk")},
            {"label": _("Thống kê"), "url": ""},
        ],
        "periods": [
            {
                "label": period_name(each),
                "url": _url(Moment(year, each), form),
                "is_current": each == period,
            }
            for each in year.ruleset.periods
        ],
        "topics": [
            {
                "label": topic_name(topic),
                "url": _url(moment, form, show=topic.value),
                "is_current": topic == form.chosen_topic,
            }
            for topic in topics_at(year.ruleset, period)
        ],
    }


def _url(moment: Moment, form: StatisticsForm, **changed: str) -> str:
    """With the choices that stand, but for those that are changed."""
    chosen = {name: form.chosen(name) for name in form.fields} | changed
    query = urlencode({name: value for name, value in chosen.items() if value})
    address = reverse("school_statistics", args=[moment.school_year.first_year, moment.period])
    return f"{address}?{query}"
