import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from reportcards.signing.demo_authority import (
    DemoAuthority,
    as_pkcs12,
    issue_for_person,
    issue_for_school,
)
from reportcards.signing.demo_files import read_authority
from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow, log_in

PASSPHRASE = "mở-tệp-khóa-2027"
SCHOOL = "Trường Tiểu học Hoa Pơ Lang"


@pytest.fixture
def authority(prepared_database: Path) -> DemoAuthority:
    """That the running site trusts."""
    return read_authority(Path(os.environ["SIGNING_TRUST_FILE"]).parent)


def personal_data_of(username: str, database: Path) -> tuple[str, str]:
    """The name and the personal ID that the school knows."""
    query = (
        "SELECT staff.full_name, staff.personal_id FROM schools_staffmember staff"
        " JOIN accounts_user user ON user.id = staff.user_id WHERE user.username = ?"
    )
    with closing(sqlite3.connect(database)) as connection:
        name, personal_id = connection.execute(query, (username,)).fetchone()
    return name, personal_id


def file(content: bytes) -> FilePayload:
    return {"name": "khoa.p12", "mimeType": "application/x-pkcs12", "buffer": content}


def upload(window: Page, content: bytes, passphrase: str) -> None:
    window.get_by_label("Tệp khóa").set_input_files(file(content))
    window.get_by_label("Mật khẩu của tệp").fill(passphrase)
    window.get_by_role("button", name="Đăng ký chứng thư").click()


def test_a_teacher_registers_her_key_file_and_ends_it(
    open_window: OpenWindow, database: Path, authority: DemoAuthority
) -> None:
    # Given the English teacher, who has been given a file by a certification authority
    name, personal_id = personal_data_of("tienganh", database)
    issued = issue_for_person(authority, name, personal_id, SCHOOL, at=timezone.now())
    content = as_pkcs12(issued, authority, PASSPHRASE)
    teacher = open_window(width=360, height=800)
    log_in(teacher, "tienganh")

    # When she opens her certificates from the menu under her name, there is none
    teacher.locator("summary", has_text=name.split()[-1]).click()
    follow(teacher, "Chứng thư số của tôi")
    expect(teacher.get_by_text("Chưa có chứng thư nào")).to_be_visible()

    # And a mistyped passphrase is told, and not shown again
    follow(teacher, "Từ tệp khóa .p12, .pfx")
    upload(teacher, content, "mở-tệp-khóa-2026")
    expect(teacher.get_by_role("alert")).to_contain_text("sai mật khẩu của tệp")
    expect(teacher.get_by_label("Mật khẩu của tệp")).to_have_value("")
    check_axe(teacher)

    # Then the right one registers the certificate, which says that it is for tests
    upload(teacher, content, PASSPHRASE)
    expect(teacher.get_by_text("Đã đăng ký chứng thư số")).to_be_visible()
    expect(teacher.get_by_text("Dùng được")).to_be_visible()
    expect(teacher.get_by_text("không có giá trị pháp lý")).to_be_visible()
    check_axe(teacher)

    # And when she no longer uses it, she is told what follows, and it ends
    follow(teacher, "Ngừng dùng")
    expect(teacher.get_by_text("tệp khóa đã cất giữ bị xóa hẳn")).to_be_visible()
    teacher.get_by_role("button", name="Ngừng dùng chứng thư").click()
    expect(teacher.get_by_text("Đã ngừng dùng", exact=True)).to_be_visible()


def test_the_clerk_registers_a_new_seal_and_the_departments_approval(
    open_window: OpenWindow, database: Path, authority: DemoAuthority
) -> None:
    # Given the clerk, who has been given a new certificate for the school
    issued = issue_for_school(authority, SCHOOL, "66243051", at=timezone.now())
    clerk = open_window()
    log_in(clerk, "vanthu")
    follow(clerk, "Chứng thư số")

    # When she registers it
    follow(clerk, "Từ tệp khóa .p12, .pfx")
    upload(clerk, as_pkcs12(issued, authority, PASSPHRASE), PASSPHRASE)

    # Then it waits for the department
    expect(clerk.get_by_text("Chờ Sở phê duyệt")).to_be_visible()
    expect(clerk.get_by_text("Sở chưa phê duyệt chứng thư này")).to_be_visible()
    check_axe(clerk)

    # And once she has recorded the approval, cards can be sealed with it
    follow(clerk, "Ghi phê duyệt của Sở")
    clerk.get_by_label("Ngày Sở phê duyệt").fill(timezone.localdate().isoformat())
    clerk.get_by_label("Văn bản phê duyệt").fill("345/SGDĐT-GDMNTH")
    clerk.get_by_role("button", name="Ghi phê duyệt").click()
    expect(clerk.get_by_text("Đã ghi phê duyệt của Sở.")).to_be_visible()
    expect(clerk.get_by_text("345/SGDĐT-GDMNTH")).to_be_visible()
    expect(clerk.get_by_text("Dùng được")).to_be_visible()
    check_axe(clerk)
