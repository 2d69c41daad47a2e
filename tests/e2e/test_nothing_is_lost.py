"""The server is killed in mid-save, and every keystroke is saved or offered, on both engines."""

import random
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import listen, prepare
from tests.e2e.grids import CELLS, SAVED, GridWindow
from tests.e2e.killing import Killing
from tests.e2e.server import Database, Server
from tests.postgres import make_durable, temporary_postgres

SEED = 27
ROUNDS = 4

KILL_BACKENDS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """With fsync and synchronous commit, as a school has it."""
    with temporary_postgres() as url:
        prepare(url)
        make_durable(url)
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def any_database(request: pytest.FixtureRequest) -> Database:
    name = "own_database" if request.param == "sqlite" else "postgres"
    chosen: Database = request.getfixturevalue(name)
    return chosen


@pytest.fixture
def server(any_database: Database, static_files: None, tmp_path: Path) -> Iterator[Server]:
    server = Server(database=any_database, log=tmp_path / "server.log")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(15_000)
    complaints: list[str] = []
    yield listen(context.new_page(), complaints=complaints)
    context.close()
    assert not complaints


def test_a_killed_server_loses_no_keystroke_and_no_save(server: Server, page: Page) -> None:
    killing = Killing(server, page, random.Random(SEED))
    for _number in range(ROUNDS):
        killing.round()

    tally = killing.tally
    assert tally.kills == ROUNDS
    assert tally.kills_in_mid_save
    assert not tally.answers_lost
    assert not tally.texts_lost


def test_a_page_that_stays_open_goes_on_by_itself(server: Server, page: Page) -> None:
    # Given a grid whose server has been killed
    window = GridWindow(page)
    window.log_in()
    window.open_grid()
    server.kill()

    # When something is typed
    window.type(1, "comment", "Gõ khi máy chủ đã tắt.")
    window.save()

    # Then the page says that it waits, and saves once the server is back
    expect(window.state).to_have_text("1 ô chưa lưu, đang chờ mạng")
    expect(window.row(1).get_by_text("Chờ mạng")).to_be_visible()
    server.start()
    expect(window.state).to_have_text(SAVED)
    window.expect_shelf(0)


@pytest.mark.parametrize("any_database", ["postgres"], indirect=True)
def test_a_killed_connection_of_the_database_is_retried(
    server: Server, page: Page, any_database: str
) -> None:
    window = GridWindow(page)
    window.log_in()
    window.open_grid()
    for number in range(3):
        with page.expect_request(CELLS):
            window.type(number, "comment", f"Lần {number}.")
            window.save()
        kill_backends(any_database)
        expect(window.state).to_have_text(SAVED)

    page.reload()
    for number in range(3):
        expect(window.cell(number, "comment")).to_have_value(f"Lần {number}.")


def kill_backends(url: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(KILL_BACKENDS)
    connection.close()
