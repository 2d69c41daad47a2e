import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.database import arguments_of

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
from benchmarks.database import fresh_database

with fresh_database("what lies in a fresh database"):
    from django.db import connection
    from assessments.models import SubjectResult
    from schools.models import School
    from students.models import Student

    counts = [model.objects.count() for model in (School, Student, SubjectResult)]
    print(connection.settings_dict["NAME"], *counts)
"""


def run_benchmark(*arguments: str, **variables: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_a_benchmark_has_a_migrated_and_empty_file_while_it_runs():
    name, *counts = run_benchmark().split()

    assert name.endswith("benchmark.sqlite3")
    assert counts == ["0", "0", "0"]
    assert not Path(name).exists()


def test_beside_the_database_named_it_makes_other_schools_pupils_when_asked_for(tmp_path):
    named = tmp_path / "school.sqlite3"
    named.write_text("")

    output = run_benchmark("--database-url", f"sqlite:///{named}", "--pupils", "1055")
    name, *counts = output.split()

    assert name != str(named)
    assert named.read_text() == ""
    assert counts == ["2", "1055", "3165"]


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        (["benchmark"], "postgres://a/b"),
        (["benchmark", "--database-url", "postgres://c/d"], "postgres://c/d"),
    ],
    ids=["by the environment", "by the command"],
)
def test_the_database_is_named(arguments, chosen, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a/b")
    monkeypatch.setattr("sys.argv", arguments)

    assert arguments_of("speed").database_url == chosen
