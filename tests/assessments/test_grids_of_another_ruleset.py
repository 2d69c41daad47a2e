"""An invented regulation in the same grids: nothing in them knows the real one."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments.models import SubjectResult, TraitResult
from rulesets import Period, Ruleset
from schools.models import SchoolClass
from students.models import Enrollment
from tests import factories
from tests.assessments.pages import GridForm, log_in
from tests.cast import Cast
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]


@pytest.fixture
def kite_class(cast: Cast, kitetest: Ruleset) -> Iterator[SchoolClass]:
    school_year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    school_class = factories.make_class(school_year, "2K", (2,))
    factories.assign_homeroom(school_class, cast.ngoc)
    factories.assign_teacher(school_class, "wind", cast.ngoc)
    with time_machine.travel(datetime.datetime(2028, 5, 20, 3, tzinfo=datetime.UTC), tick=False):
        yield school_class


@pytest.fixture
def pupil(kite_class: SchoolClass) -> Enrollment:
    return factories.enroll(factories.make_student("Hà Văn Diều"), kite_class)


@pytest.fixture
def ngoc(client: Client, cast: Cast, pupil: Enrollment) -> Client:
    return log_in(client, cast.ngoc)


@pytest.fixture
def wind(kite_class: SchoolClass) -> str:
    return reverse("subject_grid", args=[kite_class.pk, Period.END_YEAR, "wind"])


def test_its_levels_and_its_scale_are_taken(ngoc: Client, pupil: Enrollment, wind: str):
    typed = {f"e{pupil.pk}_level": "CAO", f"e{pupil.pk}_score": "20"}

    assert ngoc.post(wind, GridForm(ngoc.get(wind)).typed(**typed)).status_code == 302

    result = SubjectResult.objects.get()
    assert (result.level, result.effective_score) == ("CAO", 20)


def test_where_it_allows_zero_zero_is_a_score(ngoc: Client, pupil: Enrollment, wind: str):
    ngoc.post(wind, GridForm(ngoc.get(wind)).typed(**{f"e{pupil.pk}_score": "0"}))

    assert SubjectResult.objects.get().effective_score == 0


def test_the_real_ones_levels_are_refused_with_its_own(ngoc: Client, pupil: Enrollment, wind: str):
    response = ngoc.post(wind, GridForm(ngoc.get(wind)).typed(**{f"e{pupil.pk}_level": "T"}))

    assert "Mức “T” không có trong quy định; chỉ nhận: CAO, VUA, ROI, X." in (
        response.content.decode()
    )


def test_its_exemption_excludes_a_score(ngoc: Client, pupil: Enrollment, wind: str):
    typed = {f"e{pupil.pk}_level": "X", f"e{pupil.pk}_score": "9"}

    assert ngoc.post(wind, GridForm(ngoc.get(wind)).typed(**typed)).status_code == 422


def test_a_period_that_it_does_not_know_is_not_found(ngoc: Client, wind: str):
    assert ngoc.get(wind.replace(Period.END_YEAR, Period.MID_TERM_1)).status_code == 404


def test_its_traits_stand_in_their_group(ngoc: Client, kite_class: SchoolClass, pupil: Enrollment):
    url = reverse("trait_grid", args=[kite_class.pk, Period.END_YEAR])
    response = ngoc.get(url)
    ngoc.post(url, GridForm(response).typed(**{f"e{pupil.pk}_patience": "G"}))

    assert response.context["page"].groups == [("Sự khéo léo", 2)]
    assert TraitResult.objects.get().level == "G"


def test_its_year_result_has_its_own_words(
    ngoc: Client, kite_class: SchoolClass, cast: Cast, pupil: Enrollment, wind: str
):
    factories.assign_teacher(kite_class, "knots", cast.ngoc)
    knots = wind.replace("/wind/", "/knots/")
    for url, score in ((wind, "14"), (knots, "15")):
        typed = {f"e{pupil.pk}_level": "CAO", f"e{pupil.pk}_score": score}
        ngoc.post(url, GridForm(ngoc.get(url)).typed(**typed))
    traits = reverse("trait_grid", args=[kite_class.pk, Period.END_YEAR])
    levels = {f"e{pupil.pk}_patience": "K", f"e{pupil.pk}_steadiness": "G"}
    ngoc.post(traits, GridForm(ngoc.get(traits)).typed(**levels))

    [row] = ngoc.get(reverse("year_results", args=[kite_class.pk])).context["page"].rows

    assert (row.outcome, row.better_outcome) == ("Bay được", "Lên cao")
    assert row.reasons == [
        "Đọc gió: 14 điểm, cần từ 15 trở lên",
        "Kiên nhẫn: mức Kém, cần mức Giỏi",
    ]
