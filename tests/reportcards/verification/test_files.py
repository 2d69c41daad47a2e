"""A file that is uploaded: its report for whoever holds it, and nothing kept of it."""

import datetime
import gzip
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files import uploadhandler
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from reportcards.models import ReportCard, RevocationList
from reportcards.signing.demo_authority import Revocation, make_crl
from reportcards.signing.revocations import RevocationList as ReadList
from reportcards.trusted import newest_lists
from reportcards.verification.files import find_archived
from reportcards.verify.reading import LARGEST_FILE
from tests.reportcards.authorities import People, signed_card
from tests.reportcards.cards import card_payload
from tests.reportcards.digital_cards import IN_JUNE
from tests.reportcards.verification.asking import UNKNOWN_UUID, signed_xml, text_of, upload
from tests.reportcards.verify.tampering import batch, respelled
from tests.reportcards.withdrawing import refused_by_department, withdrawn

DAY = datetime.timedelta(days=1)
DEMO = "CHỨNG THƯ THỬ NGHIỆM Chữ ký bằng chứng thư này chỉ để dùng thử"


@pytest.fixture
def card(issued_cards: list[ReportCard]) -> ReportCard:
    return issued_cards[0]


def stored_list(crl: x509.CertificateRevocationList) -> RevocationList:
    content = crl.public_bytes(Encoding.DER)
    read = ReadList(crl)
    return RevocationList.objects.create(
        issuer_name=read.issuer,
        this_update=read.this_update,
        next_update=read.next_update,
        content=content,
        digest=sha256(content).hexdigest(),
    )


def test_the_file_of_a_card_in_force_is_valid(card, cast):
    response = upload(signed_xml(card))
    assert response.status_code == 200
    text = text_of(response)
    assert "Hợp lệ Chữ ký, chứng thư số, dữ liệu và cấu trúc của tệp đều đúng quy định." in text
    assert DEMO in text
    assert f"Họ tên học sinh {card.payload['student']['full_name']}" in text
    assert f"Mã tra cứu học bạ {card.uuid}" in text
    assert "Cấu trúc tệp XML đúng quy định" in text
    assert "Đối chiếu bản lưu giống từng byte với bản lưu của nhà trường" in text
    assert "Chữ ký: Giáo viên chủ nhiệm" in text
    assert "Chữ ký: Cán bộ quản lý" in text
    assert "Chữ ký: Dấu của trường" in text
    assert f"Người ký {cast.hanh.full_name}, {cast.school.name}" in text
    assert text.count("Đơn vị cấp chữ ký số CHỨNG THƯ THỬ NGHIỆM - Cấp phát") == 3
    assert text.count("Toàn vẹn dữ liệu không bị thay đổi sau khi ký") == 3
    assert text.count("Trạng thái lúc ký còn hiệu lực") == 3
    assert text.count("Trạng thái khi kiểm tra còn hiệu lực") == 3


def test_a_changed_file_was_changed(card):
    name = card.payload["student"]["full_name"]
    text = text_of(upload(respelled(signed_xml(card), f"{name}<", f"{name}h<")))
    assert "Đã bị sửa" in text
    assert text.count("Dữ liệu học bạ đã bị thay đổi sau khi ký.") == 3
    assert "Đối chiếu bản lưu" not in text


def test_a_file_that_was_saved_again_differs_from_the_archive(card):
    text = text_of(upload(signed_xml(card) + b"\n"))
    assert "Không có giá trị" in text
    assert "Tệp khác bản lưu của nhà trường." in text


def test_the_file_of_a_withdrawn_card_has_no_value(card, cast):
    content = signed_xml(card)
    withdrawn(cast, card)
    text = text_of(upload(content))
    assert "Không còn hiệu lực" in text
    assert "Học bạ này đã bị thu hồi, được thay thế hoặc không được Sở chấp nhận." in text


def test_the_file_of_a_refused_card_has_no_value(card, cast):
    content = signed_xml(card)
    refused_by_department(cast, card)
    assert "Không còn hiệu lực" in text_of(upload(content))


def test_the_file_of_another_school_is_verified_too(
    people: People, demo_authority, trusted_demo, db
):
    with time_machine.travel(IN_JUNE, tick=False):
        text = text_of(upload(signed_card(people, card_payload())))
    assert "Hợp lệ" in text
    assert "Hệ thống này không có học bạ mang mã tra cứu ấy" in text


def test_production_believes_no_demo_certificate(card, settings):
    settings.IS_PRODUCTION = True
    text = text_of(upload(signed_xml(card)))
    assert "Không có giá trị" in text
    assert "không có giá trị ngoài bản dùng thử" in text


def test_a_list_is_told_card_by_card(issued_cards):
    contents = [signed_xml(card) for card in issued_cards]
    broken = respelled(contents[1], "<KET_QUA_XEP_LOAI>", "<KET_QUA_XEP_LOAI>x")
    response = upload(batch(contents[0], broken, contents[2]))
    text = text_of(response)
    assert "2 trên 3 học bạ hợp lệ" in text
    assert response.content.decode().count("<details") == 3
    names = [card.payload["student"]["full_name"] for card in issued_cards]
    assert text.index(f"{names[1]}: không có giá trị") < text.index(f"{names[0]}: hợp lệ")


def test_a_long_list_is_shown_as_far_as_a_class(card):
    response = upload(batch(*[signed_xml(card)] * 40))
    text = text_of(response)
    assert "Danh sách có hai học bạ cùng mã tra cứu" in text
    assert response.content.decode().count("<details") == 35
    assert "Còn 5 học bạ không liệt kê ở đây" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (gzip.compress(b"<HOC_BA/>", mtime=0), "Đây là tệp nén."),
        (b"%PDF-1.7", "Tệp PDF bị hỏng, bị cắt hoặc được viết lại bằng phần mềm khác. Hãy tải lại"),
        (b"xin", "Hãy chọn tệp đã ký, như nhà trường cấp."),
        (b"<!DOCTYPE x><HOC_BA></HOC_BA>", "Tệp có khai báo kiểu tài liệu (DTD)"),
        (b"<HOC_BA>", "Tệp không bắt đầu và kết thúc bằng thẻ HOC_BA"),
    ],
)
def test_says_why_a_file_is_not_verified(content, sentence, trusted_demo, db):
    response = upload(content)
    text = text_of(response)
    assert response.status_code == 200
    assert "Không kiểm tra được" in text
    assert sentence in text


def test_a_card_that_cannot_be_read_is_told(trusted_demo, db):
    text = text_of(upload(b"<HOC_BA><A></HOC_BA>"))
    assert "Không có giá trị" in text
    assert "Tệp không phải là XML đúng cú pháp (dòng 1)." in text


def test_asks_for_a_file(db):
    response = Client().post(reverse("verify_file"))
    assert response.status_code == 422
    assert "Hãy chọn tệp XML hoặc PDF của học bạ." in text_of(response)
    response = upload(b"")
    assert response.status_code == 422
    assert "Tệp này không có nội dung." in text_of(response)


def test_says_that_nothing_is_trusted_here(db, settings, tmp_path):
    settings.SIGNING_TRUST_FILE = str(tmp_path / "nowhere.pem")
    assert upload(b"<HOC_BA></HOC_BA>").status_code == 422


def test_opening_the_address_leads_to_the_form(db):
    response = Client().get(reverse("verify_file"))
    assert (response.status_code, response["Location"]) == (302, reverse("verify"))


# Bounds


class Unread:
    """A body that nobody may read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body of a request that is too large was read")

    readline = read


def test_an_upload_of_100_mb_is_refused_before_it_is_read(db):
    response = Client().generic(
        "POST",
        reverse("verify_file"),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(100 * 1024 * 1024)},
    )
    assert response.status_code == 413
    assert "Tệp lớn hơn 10 MB" in text_of(response)


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_an_upload_of_no_known_length_is_refused(length, db):
    response = Client().generic(
        "POST",
        reverse("verify_file"),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": length},
    )
    assert response.status_code == 413


def test_the_largest_file_is_read(trusted_demo, db):
    response = upload(b"<HOC_BA>".ljust(LARGEST_FILE, b" "))
    assert response.status_code == 200
    assert "Tệp không bắt đầu và kết thúc" in text_of(response)


def test_no_upload_touches_the_disk(card, monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("an upload was written to a file")

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", refuse)
    padded = signed_xml(card) + b" " * (5 * 1024 * 1024)  # beyond what Django keeps in memory
    assert upload(padded).status_code == 200


def test_nothing_of_a_file_is_kept(card):
    before = (AuditEvent.objects.count(), stored_files())
    upload(signed_xml(card))
    assert (AuditEvent.objects.count(), stored_files()) == before


def stored_files() -> set[Path]:
    archive = Path(storages["archive"].location)
    return {path for path in archive.rglob("*") if path.is_file()}


def test_a_page_of_another_site_cannot_post(db):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("verify_file"), {}).status_code == 403
    assert client.post(reverse("verify"), {}).status_code == 403


# What the installation knows


def test_the_archive_knows_an_issued_card(card):
    archived = find_archived(str(card.uuid))
    assert archived.is_in_force
    assert archived.digest == card.archived_files.get(kind="xml").digest


def test_the_archive_knows_no_card_in_the_making(cards):
    assert find_archived(str(cards[0].uuid)) is None
    assert find_archived(UNKNOWN_UUID) is None


def test_of_each_issuer_the_newest_list_is_asked(db, demo_authority):
    old = stored_list(make_crl(demo_authority.issuer, number=1, at=IN_JUNE - 9 * DAY))
    new = stored_list(make_crl(demo_authority.issuer, number=2, at=IN_JUNE - DAY))
    root = stored_list(make_crl(demo_authority.root, number=1, at=IN_JUNE - 5 * DAY))
    assert RevocationList.objects.count() == 3
    numbers = {crl.number: crl.issuer for crl in newest_lists()}
    assert len(newest_lists()) == 2
    assert set(numbers.values()) == {new.issuer_name, root.issuer_name}
    assert old.issuer_name == new.issuer_name


def test_a_certificate_that_was_revoked_is_told(card, certificates, demo_authority):
    serial = certificates.signer(certificates.hanh).certificate.serial_number
    revocation = Revocation(serial, IN_JUNE - DAY)
    stored_list(make_crl(demo_authority.issuer, (revocation,), number=2, at=IN_JUNE))
    text = text_of(upload(signed_xml(card)))
    assert "Không có giá trị" in text
    assert "bị thu hồi từ 06/06/2027 08:30:00, trước lúc ký." in text
