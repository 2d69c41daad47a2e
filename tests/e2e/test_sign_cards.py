"""A class's cards are signed by three people: by keyboard, from elsewhere, by the worker."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hocba.demo.signing_keys import DEMO_PASSPHRASE
from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow, log_in
from tests.e2e.signing_site import SigningSite, running_signing_site

SECRET = "Mật khẩu của tệp khóa (.p12, .pfx)"
TO_SIGN = re.compile(r"^Ký \d+ học bạ")


@pytest.fixture(scope="module")
def signing(
    tmp_path_factory: pytest.TempPathFactory, prepared_database, static_files, token_shelf
) -> Iterator[SigningSite]:
    folder = tmp_path_factory.mktemp("signing")
    with running_signing_site(folder, prepared_database, token_shelf.add()) as site:
        yield site


@pytest.fixture
def site(signing: SigningSite) -> str:
    return signing.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_load_state()
    check_axe(page)


def by_keyboard(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=re.compile(name)).first.focus()  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_secret(page: Page, secret: str) -> None:
    page.get_by_label(SECRET).focus()
    page.keyboard.type(secret)
    page.keyboard.press("Enter")


def test_a_class_is_signed_by_three_people(
    open_window: OpenWindow, browser: Browser, signing: SigningSite
) -> None:
    # Given a homeroom teacher who works by keyboard and mistypes her passphrase
    teacher = open_window()
    log_in(teacher, signing.teachers[0]["username"])
    by_keyboard(teacher, "link", "^Ký ở ô chủ nhiệm")
    pupils = number_to_sign(teacher)
    expect(teacher.get_by_text(f"{pupils} học bạ sẽ được ký")).to_be_visible()
    expect(teacher.get_by_text("CHỨNG THƯ THỬ NGHIỆM")).to_be_visible()
    check_axe(teacher)
    by_keyboard(teacher, "button", TO_SIGN.pattern)
    check_axe(teacher)
    mistype_secret(teacher)

    # When she types it right, every card of her class has her signature
    type_secret(teacher, DEMO_PASSPHRASE)
    expect(teacher.get_by_text(f"Đã ký xong cả {pupils} học bạ.")).to_be_visible()
    expect(teacher.get_by_text("Đã ký số")).to_have_count(pupils)
    check_axe(teacher)

    # And the principal, whose browser runs no scripts, signs what waits for her
    principal = browser.new_context(base_url=signing.url, java_script_enabled=False).new_page()
    log_in(principal, "hieutruong")
    count = sign_without_scripts(principal)
    principal.context.close()

    # Then the clerk seals it with the school's HSM, and looks on while the worker signs
    clerk = open_window()
    log_in(clerk, "vanthu")
    follow(clerk, "Đóng dấu số và phát hành")
    expect(clerk.get_by_text("Đóng dấu là phát hành")).to_be_visible()
    clerk.get_by_role("radio").first.check()
    expect(clerk.get_by_text("Khóa ở USB token hoặc HSM")).to_be_visible()
    press(clerk, f"^Đóng dấu {count} học bạ")
    expect(clerk.get_by_text("Máy ký của nhà trường đang ký.")).to_be_visible()
    with signing.running_worker():
        expect(clerk.get_by_text(f"Đã ký xong cả {count} học bạ.")).to_be_visible(timeout=60_000)
    check_axe(clerk)


def mistype_secret(page: Page) -> None:
    type_secret(page, "hocba-ky-so-2062")
    expect(page.get_by_role("alert")).to_contain_text("sai mật khẩu của tệp")
    expect(page.get_by_label(SECRET)).to_be_focused()
    expect(page.get_by_label(SECRET)).to_have_value("")
    check_axe(page)


def sign_without_scripts(page: Page) -> int:
    page.get_by_role("link", name="Ký ở ô lãnh đạo").first.click()
    count = number_to_sign(page)
    page.get_by_role("button", name=TO_SIGN).click()
    expect(page.get_by_text("Mỗi lần bấm ký được 50 học bạ.")).to_be_visible()
    page.get_by_label(SECRET).fill(DEMO_PASSPHRASE)
    page.get_by_role("button", name=TO_SIGN).click()
    expect(page.get_by_text(f"Đã ký xong cả {count} học bạ.")).to_be_visible()
    return count


def number_to_sign(page: Page) -> int:
    [number] = re.findall(r"\d+", page.get_by_role("button", name=TO_SIGN).inner_text())
    return int(number)


def test_a_lost_connection_is_waited_for(open_window: OpenWindow, signing: SigningSite) -> None:
    teacher = open_window()
    log_in(teacher, signing.teachers[2]["username"])
    follow(teacher, "Ký ở ô chủ nhiệm")
    pupils = number_to_sign(teacher)
    press(teacher, TO_SIGN.pattern)

    # Given a line that breaks before the first answer has come
    lost = 0

    def lose(route: Route) -> None:
        nonlocal lost
        lost += 1
        route.abort("connectionreset")

    teacher.route("**/sign/", lose)
    type_secret(teacher, DEMO_PASSPHRASE)
    expect(teacher.get_by_role("status")).to_contain_text("Mất kết nối.")
    assert lost

    # When it is there again, the page goes on by itself, and asks nothing
    teacher.unroute("**/sign/")
    expect(teacher.get_by_text(f"Đã ký xong cả {pupils} học bạ.")).to_be_visible(timeout=60_000)


def test_a_program_on_her_machine_signs_and_she_refuses_one(
    open_window: OpenWindow, signing: SigningSite
) -> None:
    # Given a teacher whose key is known to a program on her own machine alone
    teacher = open_window()
    log_in(teacher, signing.teachers[1]["username"])
    follow(teacher, "Ký ở ô chủ nhiệm")
    expect(teacher.get_by_text("ký từ xa hoặc dịch vụ ký trên máy")).to_be_visible()
    pupils = number_to_sign(teacher)
    refused = teacher.locator("tbody th").first.inner_text()
    signing.signer.refuses = {refused}
    press(teacher, TO_SIGN.pattern)

    # When it signs and she says no to one card
    press(teacher, "Ký bằng chương trình trên máy này")
    expect(teacher.get_by_text("1 học bạ chưa ký được").first).to_be_visible()
    expect(teacher.get_by_text("Người ký bấm từ chối.")).to_be_visible()
    expect(teacher.get_by_text("Đã ký số")).to_have_count(pupils - 1)
    [asked] = signing.signer.asked
    assert asked["algorithm"] == "ECDSA-SHA256"
    assert len(asked["digests"]) == 2 * pupils

    # Then she can sign that one after all
    signing.signer.refuses = set()
    press(teacher, "Ký lại các học bạ chưa ký được")
    press(teacher, "Ký bằng chương trình trên máy này")
    expect(teacher.get_by_text(f"Đã ký xong cả {pupils} học bạ.")).to_be_visible()
