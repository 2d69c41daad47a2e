import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe

SCHEMES = ["light", "dark"]
WIDTHS = [360, 768, 1366, 1920]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_component_can_be_used_by_everyone(page: Page, phone: Page, scheme):
    for window in (page, phone):
        window.emulate_media(color_scheme=scheme)
        window.goto("/components/")

        check_axe(window)


def test_no_width_makes_the_page_scroll_sideways(page: Page):
    page.goto("/components/")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_choice_of_dark_stays(page: Page):
    page.goto("/components/")
    light = ground(page)

    page.get_by_role("button", name="Tối").click()

    expect(page.get_by_role("button", name="Tối")).to_have_attribute("aria-pressed", "true")
    assert ground(page) != light


def test_icons_and_typefaces_pass_the_policy(page: Page):
    page.goto("/components/")

    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('15px \"Be Vietnam Pro\"'))"
    )
    icon = page.locator(".status .icon use").first
    assert icon.evaluate("use => use.getBBox().width") > 0


def test_on_a_phone_each_row_of_the_grid_is_a_card(phone: Page):
    phone.goto("/components/")

    row = phone.locator(".grid__row").first
    assert row.evaluate("row => getComputedStyle(row).display") in {"grid", "flex"}
    control = row.locator("textarea").bounding_box()
    assert control is not None
    assert control["height"] >= 44


def test_a_comment_grows_with_its_text(page: Page):
    page.goto("/components/")
    comment = page.get_by_label("Nhận xét, Vàng A Páo")
    before = comment.bounding_box()

    comment.fill("Em chăm chỉ, đọc to và rõ, biết hỏi lại điều chưa hiểu. " * 5)

    after = comment.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour
