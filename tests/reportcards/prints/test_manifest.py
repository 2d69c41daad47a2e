"""What lies in a print, as a table for people and for programs."""

import csv
import io
import json
from dataclasses import fields, replace

import pytest

from reportcards.prints.manifest import HEADINGS, Line, Manifest

pytestmark = pytest.mark.any_database

ANH = Line(
    number=1,
    class_name="4A",
    ministry_code="2700000001",
    full_name="Lê Minh Anh",
    document="Học bạ số",
    school_year="2026-2027",
    lookup_code="084da1fb-1da6-48c7-ac07-b2b338a77500",
    file="2700000001_4A.pdf",
    pages=4,
    size=82_828,
    sha256="a" * 64,
)
DUC = replace(ANH, number=2, full_name="Võ Trí Đức", ministry_code="", pages=3)


def manifest(*lines):
    return Manifest("Học bạ số lớp 4A", "2027-06-07T08:30:00+07:00", lines)


def rows_of(*lines):
    return list(csv.reader(io.StringIO(manifest(*lines).as_csv().decode("utf-8-sig"))))


def test_each_field_has_its_heading():
    assert list(HEADINGS) == [field.name for field in fields(Line)]


def test_a_line_of_the_table_is_a_document():
    assert rows_of(ANH) == [
        list(HEADINGS.values()),
        [
            "1",
            "4A",
            "2700000001",
            "Lê Minh Anh",
            "Học bạ số",
            "2026-2027",
            ANH.lookup_code,
            "2700000001_4A.pdf",
            "4",
            "82828",
            "a" * 64,
        ],
    ]


def test_a_spreadsheet_knows_the_letters():
    assert manifest(ANH).as_csv().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(name):
    [_headings, row] = rows_of(replace(ANH, full_name=name))
    assert row[3].startswith("'")


def test_a_name_with_commas_and_quotes_comes_back():
    [_headings, row] = rows_of(replace(ANH, full_name='Lê "Bi", Anh'))
    assert row[3] == 'Lê "Bi", Anh'


def test_programs_read_the_same_and_the_counts():
    described = json.loads(manifest(ANH, DUC, replace(DUC, document="Bìa")).as_json())
    assert (described["pupils"], described["documents"], described["pages"]) == (2, 3, 10)
    assert described["files"][0] == {field.name: getattr(ANH, field.name) for field in fields(Line)}
    assert described["made_at"] == "2027-06-07T08:30:00+07:00"


def test_the_letters_stand_as_they_are():
    assert "Võ Trí Đức".encode() in manifest(DUC).as_json()


def test_both_go_with_a_print():
    assert set(manifest(ANH).as_files()) == {"manifest.csv", "manifest.json"}
