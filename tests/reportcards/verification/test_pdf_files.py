"""A PDF that is uploaded: of an issued card, changed, printed, of another school."""

import pytest
import time_machine

from reportcards.archive import archive_storage, content_of, newest_file
from reportcards.documents.display_pdf import display_pdf
from reportcards.models import FileKind, ReportCard
from reportcards.verification.files import find_archived
from reportcards.verify.pdf_reading import LARGEST_PDF
from tests.reportcards.digital_cards import IN_JUNE
from tests.reportcards.verification.asking import signed_xml, text_of, upload
from tests.reportcards.verify.pdfs import (
    Signing,
    appended,
    laid_out,
    note,
    rewritten,
    update_lengths,
)
from tests.reportcards.withdrawing import withdrawn


@pytest.fixture
def card(issued_cards: list[ReportCard]) -> ReportCard:
    return issued_cards[0]


def signed_pdf(card: ReportCard) -> bytes:
    stored = newest_file(card, FileKind.PDF)
    assert stored is not None
    return content_of(stored)


def test_the_pdf_of_a_card_in_force_is_valid(card, cast):
    text = text_of(upload(signed_pdf(card)))
    assert "Hợp lệ Chữ ký, chứng thư số, dữ liệu và cấu trúc của tệp đều đúng quy định." in text
    assert f"Họ tên học sinh {card.payload['student']['full_name']}" in text
    assert "Dữ liệu kèm theo tệp PDF đúng quy định" in text
    assert "Trang in đúng từng chữ với dữ liệu đã ký" in text
    assert "Đối chiếu bản lưu giống từng byte với bản lưu của nhà trường" in text
    assert text.count("Toàn vẹn dữ liệu không bị thay đổi sau khi ký") == 3
    assert f"Người ký {cast.hanh.full_name}, {cast.school.name}" in text


def test_a_note_over_a_level_was_put_there_later(card):
    text = text_of(upload(appended(signed_pdf(card), note)))
    assert "Đã bị sửa" in text
    assert "Tệp PDF có phần được thêm vào hoặc sửa đi sau khi ký." in text
    assert text.count("Toàn vẹn dữ liệu ĐÃ BỊ THAY ĐỔI sau khi ký") == 3
    assert "Đối chiếu bản lưu" not in text


def test_a_pdf_that_lost_its_seal_has_no_value(card):
    content = signed_pdf(card)
    text = text_of(upload(content[: update_lengths(content)[2]]))
    assert "Không có giá trị" in text
    assert "Hãy dùng tệp nhà trường cấp" in text
    assert "Thiếu chữ ký này." in text


def test_a_pdf_that_was_saved_again_is_told_what_became_of_it(card):
    text = text_of(upload(rewritten(signed_pdf(card))))
    assert text.count("như lúc ký: tệp đã được lưu lại hoặc viết thêm.") == 3


def test_a_pdf_that_was_printed_to_a_file_is_no_card(card):
    """As a browser's printer writes it: the pages, and no data in them."""

    def detach(document):
        del document.Root.Names
        del document.Root.AF

    text = text_of(upload(rewritten(signed_pdf(card), detach)))
    assert "Không kiểm tra được" in text
    assert "hãy tra cứu bằng mã" in text


def test_the_pdf_of_a_withdrawn_card_has_no_value(card, cast):
    content = signed_pdf(card)
    withdrawn(cast, card)
    text = text_of(upload(content))
    assert "Không còn hiệu lực" in text


def test_the_pdf_of_another_school_is_verified_too(people, demo_authority, trusted_demo, db):
    pdf = Signing(people, demo_authority).all_three(laid_out())
    with time_machine.travel(IN_JUNE, tick=False):
        text = text_of(upload(pdf))
    assert "Hợp lệ" in text
    assert "Hệ thống này không có học bạ mang mã tra cứu ấy" in text


def test_pages_that_were_never_signed_have_no_value(card):
    unsigned = display_pdf(card.payload, digest=card.digest)
    text = text_of(upload(unsigned))
    assert "Không có giá trị" in text
    assert text.count("Thiếu chữ ký này.") == 3


def test_a_pdf_that_is_too_large_is_not_read(trusted_demo, db):
    text = text_of(upload(b"%PDF-1.7\n" + bytes(LARGEST_PDF)))
    assert "Tệp PDF lớn hơn 4 MB nên không được đọc" in text


def test_what_the_archive_holds_a_pdf_against(card):
    found = find_archived(str(card.uuid))
    assert found is not None
    assert found.content is not None
    kept = found.content()
    assert kept.xml == signed_xml(card)
    assert (kept.payload, kept.payload_digest) == (card.payload, card.digest)


def test_an_archive_that_lost_the_xml_says_so_to_nobody_who_has_no_right_pdf(card):
    content = signed_pdf(card)
    archive_storage().delete(newest_file(card, FileKind.XML).name)
    assert "Đã bị sửa" in text_of(upload(appended(content, note)))
    response = upload(content)
    assert response.status_code == 422
    assert "Tệp lưu trữ của học bạ này bị mất hoặc đã bị sửa." in text_of(response)
