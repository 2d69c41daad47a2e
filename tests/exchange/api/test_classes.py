import datetime

import time_machine

from schools.models import SchoolClass
from tests import factories
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get


def test_a_row(get: Get, cast: Cast):
    assert get(f"classes/{cast.school_class.pk}/").json() == {
        "id": cast.school_class.pk,
        "school": cast.school.ministry_code,
        "school_year": "2026-2027",
        "name": "4A",
        "kind": "regular",
        "lowest_grade": 4,
        "highest_grade": 4,
        "updated_at": "2027-01-05T20:30:00+07:00",
    }


def test_a_multigrade_class_names_both_ends(get: Get, cast: Cast):
    school_class = factories.make_class(cast.school_year, "Ghép 1", (2, 3))
    row = get(f"classes/{school_class.pk}/").json()
    assert (row["lowest_grade"], row["highest_grade"]) == (2, 3)


def test_the_list_holds_the_clients_classes_only(get: Get, cast: Cast):
    assert [row["id"] for row in get("classes/").json()["results"]] == [cast.school_class.pk]


def test_a_list_row_and_a_single_row_are_the_same(get: Get, cast: Cast):
    single = get(f"classes/{cast.school_class.pk}/").json()
    assert get("classes/").json()["results"] == [single]


def test_a_class_of_another_school_does_not_exist(get: Get, cast: Cast):
    assert get(f"classes/{cast.other_class.pk}/").status_code == 404


def test_the_filter_by_school_year(get: Get, cast: Cast):
    past = factories.make_class(factories.make_school_year(cast.school, 2025), "3A", (3,))
    names = {
        year: [row["id"] for row in get("classes/", {"school_year": year}).json()["results"]]
        for year in ("2025-2026", "2026-2027", "2027-2028")
    }
    assert names == {
        "2025-2026": [past.pk],
        "2026-2027": [cast.school_class.pk],
        "2027-2028": [],
    }


def test_the_filter_by_school(get: Get, api_client, cast: Cast):
    api_client.schools.add(cast.other_school)
    body = get("classes/", {"school": cast.other_school.ministry_code}).json()
    assert [row["id"] for row in body["results"]] == [cast.other_class.pk]


def test_what_changed_since(get: Get, cast: Cast):
    later = NOW + datetime.timedelta(seconds=1)
    since = {"updated_since": later.isoformat()}
    assert not get("classes/", since).json()["results"]
    with time_machine.travel(later, tick=False):
        SchoolClass.objects.filter(pk=cast.school_class.pk).update(name="4B")
    assert [row["name"] for row in get("classes/", since).json()["results"]] == ["4B"]


def test_queries_do_not_grow_with_the_rows(get: Get, cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(get("classes/").json()["results"]) == 1
    SchoolClass.objects.bulk_create(
        SchoolClass(
            school_year=cast.school_year, name=f"1A{number}", lowest_grade=1, highest_grade=1
        )
        for number in range(44)
    )
    with django_assert_num_queries(4):
        assert len(get("classes/").json()["results"]) == 45
