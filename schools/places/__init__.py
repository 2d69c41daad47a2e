"""Provinces and communes with their current codes, to stand beside names as written."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Province:
    code: str
    name: str
    full_name: str


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    full_name: str
    province_code: str


@cache
def provinces() -> dict[str, Province]:
    return {row["code"]: Province(**row) for row in _rows("provinces.csv")}


@cache
def communes() -> dict[str, Commune]:
    return {row["code"]: Commune(**row) for row in _rows("communes.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
