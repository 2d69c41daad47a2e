"""POST <grid>/cells/: JSON in, JSON out, whatever happens."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.forms.cells_request import MOST_CELLS
from assessments.models import PeriodRecord, SubjectResult, TraitNote, TraitResult
from rulesets import TT27, Period
from schools.models import SchoolClass
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.assessments.filling import fill_class
from tests.assessments.pages import log_in, result_of, save_cells, subject_url
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
JSON = "application/json"
MOST_QUERIES = 17
SAVEPOINTS = 2  # a test's own transaction stands around the action's


def cell(pupil: Enrollment, field: str, typed: str, base: str | None = "") -> dict[str, Any]:
    return {"pupil": pupil.pk, "field": field, "base": base, "typed": typed}


def send(client: Client, url: str, body: object) -> HttpResponse:
    return client.post(url, body if isinstance(body, bytes | str) else json.dumps(body), JSON)


def answer(client: Client, url: str, *cells: dict[str, Any], preview: bool = False) -> Any:
    response = send(client, url, {"preview": preview, "cells": cells})
    assert response.status_code == 200
    return response.json()


@pytest.fixture
def url(cast: Cast) -> str:
    return f"{subject_url(cast)}cells/"


@pytest.fixture
def ngoc(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.ngoc)


def test_the_page_tells_its_script_where_its_cells_are_saved(ngoc: Client, cast: Cast, url: str):
    pages = {
        subject_url(cast): url,
        **{
            reverse(f"{name}_grid", args=[cast.school_class.pk, END_TERM_1]): reverse(
                f"{name}_cells", args=[cast.school_class.pk, END_TERM_1]
            )
            for name in ("trait", "record")
        },
        reverse("trait_notes", args=[cast.school_class.pk, END_TERM_1]): reverse(
            "note_cells", args=[cast.school_class.pk, END_TERM_1]
        ),
    }

    for page, endpoint in pages.items():
        assert f'data-cells-url="{endpoint}"' in ngoc.get(page).content.decode()
    assert reverse("subject_cells", args=[cast.school_class.pk, END_TERM_1, "toan"]) == url


def test_a_saved_cell(ngoc: Client, cast: Cast, url: str):
    assert answer(ngoc, url, cell(cast.anh, "level", "T")) == {
        "cells": [
            {
                "pupil": cast.anh.pk,
                "field": "level",
                "fate": "saved",
                "value": "T",
                "sentence": "",
                "warning": "",
                "saved_by": "",
                "saved_at": "",
            }
        ],
        "saved_at": "20:30",
    }
    assert result_of(cast.anh).level == "T"


def test_a_conflict(ngoc: Client, cast: Cast, url: str):
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, level=("", "H"))

    [told] = answer(ngoc, url, cell(cast.anh, "level", "T"))["cells"]

    assert (told["fate"], told["value"]) == ("conflict", "H")
    assert (told["saved_by"], told["saved_at"]) == ("Lê Thị Sương", "20:30 05/01/2027")


def test_the_base_may_be_left_out(ngoc: Client, cast: Cast, url: str):
    save_cells(cast, cast.anh, level=("", "H"))
    without = {"pupil": cast.anh.pk, "field": "level", "typed": "T"}

    fates = [
        answer(ngoc, url, asked, preview=True)["cells"][0]["fate"]
        for asked in (without, without | {"base": None})
    ]

    assert fates == ["changes", "changes"]


def test_a_preview_writes_nothing(ngoc: Client, cast: Cast, url: str):
    [told] = answer(ngoc, url, cell(cast.anh, "score", "9"), preview=True)["cells"]

    assert (told["fate"], told["value"]) == ("changes", "9")
    assert not PeriodRecord.objects.exists()


def test_no_cells_are_no_mistake(ngoc: Client, url: str):
    assert answer(ngoc, url) == {"cells": [], "saved_at": "20:30"}


def test_one_bad_cell_among_good_ones(ngoc: Client, cast: Cast, url: str):
    told = answer(
        ngoc,
        url,
        cell(cast.anh, "score", "9,5"),
        cell(cast.stranger, "level", "T"),
        cell(cast.duc, "level", "T"),
    )["cells"]

    assert [row["fate"] for row in told] == ["refused", "refused", "saved"]
    assert "thập phân" in told[0]["sentence"]
    assert SubjectResult.objects.count() == 1


def test_other_grids(ngoc: Client, cast: Cast):
    args = [cast.school_class.pk, END_TERM_1]
    trait = TT27.traits[0].code

    told = [
        answer(ngoc, reverse(name, args=args), asked)["cells"][0]["fate"]
        for name, asked in {
            "trait_cells": cell(cast.anh, trait, "Đ"),
            "record_cells": cell(cast.anh, "height_cm", "132,5"),
            "note_cells": cell(cast.anh, "text", "Hay giúp bạn."),
        }.items()
    ]

    assert told == ["saved"] * 3
    assert TraitResult.objects.get().level == "Đ"
    assert TraitNote.objects.get().author == cast.ngoc


def test_in_english_the_sentences_are_english(ngoc: Client, cast: Cast, url: str):
    ngoc.cookies["django_language"] = "en"

    [told] = answer(ngoc, url, cell(cast.anh, "score", "11"))["cells"]

    assert told["sentence"] == "A score is a whole number from 1 to 10."


# Refusals of the whole request


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"cells",
        b"\xff\xfe",
        b"[" * 200_000,
        b"null",
        b"[]",
        b'{"cells": {}}',
        b'{"preview": 1, "cells": []}',
        b'{"cells": [[]]}',
        b'{"cells": [{"pupil": "1", "field": "level", "typed": "T"}]}',
        b'{"cells": [{"pupil": true, "field": "level", "typed": "T"}]}',
        b'{"cells": [{"pupil": 1.0, "field": "level", "typed": "T"}]}',
        b'{"cells": [{"pupil": 1, "field": "level"}]}',
        b'{"cells": [{"pupil": 1, "field": "level", "typed": 9}]}',
        b'{"cells": [{"pupil": 1, "field": ["level"], "typed": "T"}]}',
        b'{"cells": [{"pupil": 1, "field": "level", "typed": "T", "base": 7}]}',
    ],
    ids=lambda body: str(body[:40]),
)
def test_what_is_no_such_request_gets_a_sentence(ngoc: Client, url: str, body: bytes):
    response = send(ngoc, url, body)

    assert response.status_code == 400
    assert "hãy tải lại trang" in response.json()["sentence"]


def test_too_many_cells(ngoc: Client, cast: Cast, url: str):
    response = send(ngoc, url, {"cells": [cell(cast.anh, "level", "T")] * (MOST_CELLS + 1)})

    assert response.status_code == 400
    assert "nhiều nhất 5000 ô" in response.json()["sentence"]


def test_more_bytes_than_the_server_reads(ngoc: Client, cast: Cast, url: str, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = send(ngoc, url, {"cells": [cell(cast.anh, "comment", "ă" * 100)]})

    assert response.status_code == 400
    assert response.json()["sentence"]


def test_a_key_that_no_database_knows(ngoc: Client, url: str):
    asked = {"pupil": 10**40, "field": "level", "base": "", "typed": "T"}

    assert answer(ngoc, url, asked)["cells"][0]["fate"] == "refused"


def test_whoever_is_not_logged_in(client: Client, cast: Cast, url: str):
    response = send(client, url, {"cells": [cell(cast.anh, "level", "T")]})

    assert response.status_code == 401
    assert "đăng nhập lại" in response.json()["sentence"]


def test_a_session_that_ended_meanwhile(ngoc: Client, cast: Cast, url: str):
    ngoc.session.flush()

    assert send(ngoc, url, {"cells": [cell(cast.anh, "level", "T")]}).status_code == 401
    assert not SubjectResult.objects.exists()


def test_without_the_token_of_the_site(cast: Cast, url: str):
    client = log_in(Client(enforce_csrf_checks=True), cast.ngoc)

    response = send(client, url, {"cells": [cell(cast.anh, "level", "T")]})

    assert response.status_code == 403
    assert "mở quá lâu" in response.json()["sentence"]


def test_with_the_token_from_the_cookie(cast: Cast, url: str):
    client = log_in(Client(enforce_csrf_checks=True), cast.ngoc)
    client.get(subject_url(cast))
    token = client.cookies["csrftoken"].value

    response = client.post(
        url,
        json.dumps({"cells": [cell(cast.anh, "level", "T")]}),
        JSON,
        headers={"X-CSRFToken": token},
    )

    assert response.json()["cells"][0]["fate"] == "saved"


@pytest.mark.parametrize("preview", [True, False])
def test_a_colleague_who_does_not_teach_here(client: Client, cast: Cast, url: str, preview: bool):
    response = send(log_in(client, cast.binh), url, {"preview": preview, "cells": []})

    assert response.status_code == 403
    assert response.json()["sentence"]


def test_the_principal_looks_but_does_not_write(client: Client, cast: Cast, url: str):
    body = {"cells": [cell(cast.anh, "level", "T")]}

    assert send(log_in(client, cast.hanh), url, body).status_code == 403
    assert not SubjectResult.objects.exists()


def test_a_stranger(client: Client, cast: Cast, url: str):
    response = send(log_in(client, cast.quang), url, {"cells": []})

    assert response.status_code == 404
    assert response.json()["sentence"]


def test_another_schools_class(ngoc: Client, cast: Cast):
    theirs = reverse("subject_cells", args=[cast.other_class.pk, END_TERM_1, "toan"])
    response = send(ngoc, theirs, {"cells": [cell(cast.stranger, "level", "T")]})

    assert response.status_code == 404
    assert response["Content-Type"] == JSON


def test_signed_results(ngoc: Client, cast: Cast, url: str):
    states.signed_off(cast)

    [told] = answer(ngoc, url, cell(cast.anh, "level", "C", "T"))["cells"]

    assert (told["fate"], told["value"]) == ("refused", "T")


# As few queries for a class as for a cell


@pytest.fixture
def class_of_45(cast: Cast) -> SchoolClass:
    school_class = factories.make_class(cast.school_year, "4C", (4,))
    for number in range(45):
        factories.enroll(factories.make_student(f"Hà Thị {number}"), school_class)
    factories.assign_homeroom(school_class, cast.ngoc)
    for subject_code in {offering.subject_code for offering in offerings(school_class)}:
        factories.assign_teacher(school_class, subject_code, cast.ngoc)
    fill_class(school_class, END_TERM_1, homeroom=cast.ngoc)
    return school_class


def offerings(school_class: SchoolClass) -> list[Any]:
    return list(school_class.subject_offerings.all())


BLOCKS = {
    "subject_cells": {"level": ("T", "H"), "score": ("9", "8"), "comment": ("", "Chăm.")},
    "trait_cells": {trait.code: ("T", "Đ") for trait in TT27.traits[:3]},
    "record_cells": {
        "absences_with_leave": ("2", "3"),
        "height_cm": ("132,5", "133"),
        "homeroom_comment": ("Em chăm học và lễ phép.", "Ngoan."),
    },
    "note_cells": {"text": ("", "Hay giúp bạn.")},
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_takes_no_more_queries_than_one_cell(
    ngoc: Client, class_of_45: SchoolClass, name: str, django_assert_max_num_queries
):
    args = [class_of_45.pk, END_TERM_1, *(["toan"] if name == "subject_cells" else [])]
    pupils = list(class_of_45.enrollments.all())
    counts = []
    for some in (pupils[:1], pupils[1:]):
        cells = [
            cell(pupil, field, new, old)
            for pupil in some
            for field, (old, new) in BLOCKS[name].items()
        ]
        with django_assert_max_num_queries(30) as queries:
            told = answer(ngoc, reverse(name, args=args), *cells)["cells"]
        assert {row["fate"] for row in told} == {"saved"}
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("name", "field", "old", "new"),
    [
        ("subject_cells", "level", "T", "H"),
        ("trait_cells", TT27.traits[0].code, "T", "Đ"),
        ("record_cells", "height_cm", "132,5", "133"),
        ("note_cells", "text", "", "Hay giúp bạn."),
    ],
)
def test_one_cell_takes_few_queries(
    ngoc: Client,
    class_of_45: SchoolClass,
    name: str,
    field: str,
    old: str,
    new: str,
    django_assert_max_num_queries,
):
    args = [class_of_45.pk, END_TERM_1, *(["toan"] if name == "subject_cells" else [])]
    asked = cell(class_of_45.enrollments.first(), field, new, old)

    with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINTS):
        assert answer(ngoc, reverse(name, args=args), asked)["cells"][0]["fate"] == "saved"
