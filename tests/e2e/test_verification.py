from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import check_axe

NUMBER = "123e4567-e89b-42d3-a456-556642440000"


def test_a_stranger_looks_up_a_card_on_a_phone(phone: Page) -> None:
    # Given somebody who holds a card and has no account
    phone.goto("/login/")
    phone.get_by_role("link", name="Kiểm tra một học bạ số").click()
    check_axe(phone)

    # When she presses the button before she has typed anything
    phone.get_by_role("button", name="Tra cứu học bạ").click()

    # Then she is told what is missing
    expect(phone.get_by_text("Hãy ghi mã tra cứu in trên học bạ.").first).to_be_visible()
    check_axe(phone)

    # When she types a number that nobody has issued
    phone.get_by_label("Mã tra cứu học bạ").fill(NUMBER)
    phone.get_by_label("Ngày sinh của học sinh").fill("02/09/2016")
    phone.get_by_role("button", name="Tra cứu học bạ").click()

    # Then the answer is one sentence in large type, and no wider than her screen
    expect(phone.get_by_role("heading", name="Không tìm thấy")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    check_axe(phone)


def test_the_page_behind_the_qr_code_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/verify/{NUMBER}/")
    expect(page.get_by_label("Mã tra cứu học bạ")).to_have_value(NUMBER)
    page.get_by_label("Ngày sinh của học sinh").fill("02/09/2016")
    page.get_by_role("button", name="Tra cứu học bạ").click()
    expect(page.get_by_role("heading", name="Không tìm thấy")).to_be_visible()
    context.close()


def test_a_stranger_is_told_that_a_printout_is_no_signed_card(phone: Page) -> None:
    # Given somebody who was sent a PDF
    phone.goto("/verify/")

    # When she chooses it, and it is not the signed file
    printout = {"name": "hoc-ba.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    phone.get_by_label("Tệp XML hoặc PDF đã ký của học bạ").set_input_files(printout)  # type: ignore[arg-type]
    phone.get_by_role("button", name="Kiểm tra tệp").click()

    # Then she is told why, and the way to go on
    expect(phone.get_by_role("heading", name="Không kiểm tra được")).to_be_visible()
    expect(phone.get_by_text("Tệp PDF bị hỏng, bị cắt")).to_be_visible()
    check_axe(phone)
    phone.get_by_role("link", name="Kiểm tra học bạ khác").click()
    expect(phone.get_by_role("heading", name="Kiểm tra học bạ số")).to_be_visible()
