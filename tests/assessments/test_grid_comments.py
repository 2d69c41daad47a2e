"""The comment bank of one grid, as its script fetches it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.banks import own_entry, school_entry
from tests.assessments.pages import log_in


def address(cast, name="subject_comments", **kwargs):
    extra = {"subject_code": "toan"} if name == "subject_comments" else {}
    period = {"school_class_id": cast.school_class.pk, "period": Period.END_TERM_1}
    return reverse(name, kwargs={**period, **extra, **kwargs})


def answer(client, staff, url):
    return log_in(client, staff).get(url)


@pytest.mark.parametrize("kind", ["subject", "record"])
def test_the_bank_lies_beside_its_grid(cast, kind):
    """The page asks for "comments/", whatever its own address is."""
    subject = {"subject_code": "toan"} if kind == "subject" else {}
    grid = address(cast, f"{kind}_grid", **subject)
    assert address(cast, f"{kind}_comments") == f"{grid}comments/"


def test_a_subject_has_its_entries_and_its_pupils(client, cast):
    own_entry(cast.ngoc)
    school_entry(cast, purpose="tieng_viet")
    bank = answer(client, cast.ngoc, address(cast)).json()
    assert [entry["code"] for entry in bank["entries"]] == ["T1"]
    names = {bank["pupils"][str(pupil.pk)]["name"] for pupil in (cast.anh, cast.hhen, cast.duc)}
    assert names == {"Anh", "H'Hen", "Đức"}
    assert len(bank["pupils"]) == 3


def test_the_record_has_the_comments_of_its_four_cells(client, cast):
    school_entry(cast, purpose="homeroom_comment")
    school_entry(cast, purpose="quality_comment")
    school_entry(cast, purpose="", code="X1")
    school_entry(cast, purpose="toan")
    bank = answer(client, cast.ngoc, address(cast, "record_comments")).json()
    purposes = [entry["purpose"] for entry in bank["entries"]]
    assert sorted(purposes) == ["", "homeroom_comment", "quality_comment"]


def test_the_record_says_which_levels_come_first(client, cast):
    states.filled(cast)
    bank = answer(client, cast.ngoc, address(cast, "record_comments")).json()
    assert bank["pupils"][str(cast.anh.pk)]["levels"] == {
        "homeroom_comment": "T",
        "quality_comment": "T",
        "general_competence_comment": "T",
        "specific_competence_comment": "T",
    }


def test_an_unchanged_bank_is_not_sent_again(client, cast):
    school_entry(cast)
    first = answer(client, cast.ngoc, address(cast))
    again = client.get(address(cast), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    school_entry(cast, code="T2")
    assert client.get(address(cast), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_shared_cache_keeps_a_bank(client, cast):
    assert answer(client, cast.ngoc, address(cast))["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("name", ["subject_comments", "record_comments"])
def test_the_queries_do_not_grow_with_the_class(client, cast, name):
    log_in(client, cast.ngoc)
    school_entry(cast)
    before = queries_of(client, address(cast, name))
    for number in range(42):
        factories.enroll(factories.make_student(f"Lê Văn {number}"), cast.school_class)
        school_entry(cast, code=f"N{number}")
    assert queries_of(client, address(cast, name)) == before


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_subject_that_the_class_does_not_take_has_none(client, cast):
    url = address(cast, subject_code="tieng_dan_toc")
    assert answer(client, cast.ngoc, url).status_code == 404


def test_a_period_that_the_ruleset_does_not_have_has_none(client, cast):
    url = address(cast).replace("end_term_1", "week_3")
    assert answer(client, cast.ngoc, url).status_code == 404
