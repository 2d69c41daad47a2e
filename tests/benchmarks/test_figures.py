import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Figure, peak_memory_in_mib, percentile, report, seconds


def test_a_figure_within_its_goal_is_met():
    assert Figure("grid.open.p95", 0.3, "s", at_most=0.3).is_met is True


def test_a_figure_over_its_goal_is_not_met():
    assert Figure("grid.open.p95", 0.31, "s", at_most=0.3).is_met is False


def test_a_figure_without_a_goal_is_neither():
    assert Figure("grid.rows", 45, "rows").is_met is None


def test_a_figure_is_reported_as_one_line_of_json(capsys):
    report(Figure("card.pdf", 0.16666, "s", at_most=0.17))

    output = capsys.readouterr().out
    assert output.count("\n") == 1
    assert json.loads(output) == {
        "name": "card.pdf",
        "value": 0.167,
        "unit": "s",
        "goal": 0.17,
        "met": True,
    }


def test_a_figure_that_only_rounds_to_its_goal_is_not_met(capsys):
    report(Figure("card.pdf", 0.1704, "s", at_most=0.17))

    assert json.loads(capsys.readouterr().out)["met"] is False


@pytest.mark.parametrize(("percent", "expected"), [(50, 10), (95, 19), (100, 20)])
def test_a_percentile_is_one_of_the_values(percent, expected):
    assert percentile(range(1, 21), percent) == expected


@given(st.lists(st.floats(0, 1000), min_size=1), st.integers(1, 100))
def test_so_many_percent_do_not_exceed_a_percentile(values, percent):
    limit = percentile(values, percent)

    assert sum(value <= limit for value in values) >= len(values) * percent / 100


def test_seconds_runs_the_work_once():
    calls = []

    assert seconds(lambda: calls.append(1)) >= 0
    assert calls == [1]


def test_peak_memory_of_a_python_is_more_than_a_mebibyte():
    assert 1 < peak_memory_in_mib() < 100_000
