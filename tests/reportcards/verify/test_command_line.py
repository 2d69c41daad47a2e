"""python -m reportcards.verify: no database, no network, bounded time and memory."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.signing.demo_authority import DemoAuthority, Revocation, make_crl
from reportcards.verify.__main__ import main
from reportcards.verify.reading import LARGEST_CARD, MEBIBYTE, MOST_TAGS
from tests.reportcards.authorities import SIGNED_AT, People, pem, signed_card
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.verify.pdfs import Signing, with_other_pages
from tests.reportcards.verify.swollen import deflated, file_with
from tests.reportcards.verify.tampering import batch, respelled
from tests.source import ROOT

AT = ("--at", "2027-06-07T08:00:00")
MOST_MEMORY = 400 * MEBIBYTE
MOST_SECONDS = 30

Files = dict[str, Path]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def files(
    tmp_path: Path,
    card: bytes,
    demo_authority: DemoAuthority,
    empty_crl: x509.CertificateRevocationList,
) -> Files:
    contents = {
        "card": card,
        "ca": pem(*demo_authority.certificates),
        "crl": empty_crl.public_bytes(Encoding.DER),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents} | {"folder": tmp_path}


@pytest.fixture
def run(files: Files, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs it in this process: its exit code and what it prints."""

    def command(file: str | Path = files["card"], *options: str | Path) -> tuple[int, str]:
        code = main([str(file), "--trust", str(files["ca"]), *AT, *map(str, options)])
        return code, capsys.readouterr().out

    return command


def written(files: Files, content: bytes) -> Path:
    file = files["folder"] / "other.xml"
    file.write_bytes(content)
    return file


def test_prints_the_report_of_a_valid_card(run: Run, files: Files):
    code, text = run(files["card"], "--crl", files["crl"])
    assert code == 0
    lines = text.splitlines()
    assert lines[0] == "HỢP LỆ"
    assert lines[1] == "CHỨNG THƯ THỬ NGHIỆM: không có giá trị pháp lý"
    assert f"✓ · {UUID} · Lê Minh Anh · Trường Tiểu học Kim Đồng · 2026-2027" in lines
    assert "Cấu trúc XML: đúng quy định" in lines
    assert "Chữ ký: cán bộ quản lý" in lines
    assert "  Người ký: Nguyễn Thị Hạnh, Trường Tiểu học Kim Đồng" in lines
    assert "  Thời gian ký: 31/05/2027 10:00:00" in lines
    assert lines.count("  Trạng thái lúc ký: còn hiệu lực") == 3
    assert lines.count("  Toàn vẹn dữ liệu: không bị thay đổi sau khi ký") == 3
    assert "Bản lưu" not in text
    assert "Chưa đối chiếu được việc thu hồi" not in text


def test_says_where_revocation_could_not_be_checked(run: Run):
    code, text = run()
    assert code == 0
    assert "! Chưa đối chiếu được việc thu hồi chứng thư" in text


def test_says_what_is_wrong_with_a_changed_card(run: Run, files: Files, card: bytes):
    code, text = run(written(files, respelled(card, "Hoàn thành tốt<", "Hoàn thành xuất sắc<")))
    assert code == 1
    assert text.startswith("KHÔNG HỢP LỆ: học bạ số không có giá trị (QĐ 1789/2024, Điều 12)")
    assert text.count("✗ Dữ liệu học bạ đã bị thay đổi sau khi ký.") == 3
    assert text.count("Toàn vẹn dữ liệu: ĐÃ BỊ THAY ĐỔI sau khi ký") == 3


def test_says_what_is_wrong_with_the_structure(run: Run, files: Files, people: People):
    odd = signed_card(people, card_payload() | {"school_year": "2026-27"})
    code, text = run(written(files, odd))
    assert code == 1
    assert "Cấu trúc XML: sai quy định" in text
    assert "✗ Nội dung của thẻ TEN_NAM_HOC không đúng định dạng. (/HOC_BA/" in text


def test_reads_a_list_of_cards(run: Run, files: Files, card: bytes, people: People):
    other = signed_card(people, card_payload(uuid="6fa459ea-ee8a-4ca4-894e-db77e160355e"))
    code, text = run(written(files, batch(card, respelled(other, "Minh Anh<", "Minh An<"))))
    assert code == 1
    assert "1 trên 2 học bạ hợp lệ" in text


def test_reads_revocation_lists(
    run: Run, files: Files, people: People, demo_authority: DemoAuthority
):
    revocation = Revocation(people.hanh.certificate.serial_number, SIGNED_AT)
    crl = make_crl(demo_authority.issuer, (revocation,), number=2, at=SIGNED_AT)
    file = files["folder"] / "revoked.crl"
    file.write_bytes(crl.public_bytes(Encoding.PEM))
    code, text = run(files["card"], "--crl", files["crl"], "--crl", file)
    assert code == 1
    assert (
        "✗ Chứng thư của Nguyễn Thị Hạnh bị thu hồi từ 31/05/2027 09:00:00, trước lúc ký." in text
    )
    assert "Trạng thái khi kiểm tra: đã bị thu hồi từ 31/05/2027 09:00:00" in text


def test_prints_json_for_programs(run: Run, files: Files):
    code, text = run(files["card"], "--json")
    report = json.loads(text)
    assert code == 0
    assert report["is_valid"] is report["is_demo"] is True
    [card] = report["cards"]
    assert card["uuid"] == UUID
    assert card["is_valid"] is True
    leader = card["signatures"][1]
    assert leader["signed_at"] == "2027-05-31T10:00:00+07:00"
    assert leader["certificate"]["at_signing"] == "valid"
    assert {finding["code"] for finding in leader["findings"]} == {
        "crl_missing",
        "demo_certificate",
    }
    assert all(finding["sentence"] for finding in leader["findings"])


def test_prints_json_of_a_structure_and_a_refusal(run: Run, files: Files, people: People):
    odd = signed_card(people, card_payload() | {"school_year": "2026-27"})
    _code, text = run(written(files, odd), "--json")
    [violation] = json.loads(text)["cards"][0]["structure"]
    assert violation["code"] == "invalid_value"
    assert "TEN_NAM_HOC" in violation["sentence"]
    _code, text = run(written(files, b"PK\x03\x04"), "--json")
    report = json.loads(text)
    assert report["cards"] == []
    assert report["findings"][0]["code"] == "archive"


def test_prints_the_report_of_a_pdf(run: Run, files: Files, pdf: bytes):
    code, text = run(written(files, pdf), "--crl", files["crl"])
    lines = text.splitlines()
    assert (code, lines[0]) == (0, "HỢP LỆ")
    assert f"✓ · PDF · {UUID} · Lê Minh Anh · Trường Tiểu học Kim Đồng · 2026-2027" in lines
    assert "Dữ liệu kèm theo: đúng quy định" in lines
    assert "Trang in: đúng từng chữ với dữ liệu đã ký" in lines
    assert lines.count("  Toàn vẹn dữ liệu: không bị thay đổi sau khi ký") == 3


def test_holds_a_pdf_against_its_xml(run: Run, files: Files, pdf: bytes, people: People):
    code, text = run(written(files, pdf), "--xml", files["card"])
    assert code == 0
    assert text.count("✓ · ") == 2
    other = files["folder"] / "of_another.xml"
    other.write_bytes(signed_card(people, card_payload(student={"full_name": "Lê Minh Ánh"})))
    code, text = run(written(files, pdf), "--xml", other)
    assert code == 1
    assert "✗ Dữ liệu kèm theo tệp PDF khác dữ liệu đã ký trong XML của học bạ." in text
    assert f"✓ · {UUID} · Lê Minh Ánh" in text


def test_says_which_word_of_a_page_is_not_what_was_signed(
    run: Run, files: Files, pdf: bytes, signing: Signing
):
    """Signed by the three all the same, with the data of the one and the pages of the other."""
    code, text = run(written(files, signing.all_three(with_other_pages())))
    assert code == 1
    assert (
        "✗ Trang in không đúng với dữ liệu học bạ ở mục “Nơi sinh”: trang ghi “Buôn Hồ”, "
        "dữ liệu là “Bệnh viện Đa khoa thị xã Buôn Hồ”." in text
    )
    assert "Trang in: đúng từng chữ" not in text


def test_prints_json_of_a_pdf(run: Run, files: Files, pdf: bytes):
    code, text = run(written(files, pdf), "--json")
    [card] = json.loads(text)["cards"]
    assert (code, card["is_pdf"], card["has_agreeing_pages"]) == (0, True, True)


def test_a_schools_other_name_may_be_given(run: Run, files: Files):
    code, _text = run(files["card"], "--school-name", "TRƯỜNG TH KIM ĐỒNG")
    assert code == 0


def test_verifies_at_another_time(files: Files, capsys: pytest.CaptureFixture[str]):
    trust = ["--trust", str(files["ca"])]
    card = str(files["card"])
    assert main([card, *trust, "--at", "2040-01-01"]) == 0
    assert "Trạng thái khi kiểm tra: đã hết hạn" in capsys.readouterr().out
    assert main([card, *trust, "--at", "2027-05-30T08:00:00+07:00"]) == 1
    assert "Thời gian ký muộn hơn lúc kiểm tra." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.xml", "--trust", "{ca}"], "Không mở được tệp nowhere.xml"),
        (["{card}", "--trust", "nowhere.pem"], "Không mở được tệp nowhere.pem"),
        (["{card}", "--trust", "{card}"], "không có chứng thư gốc nào dạng PEM"),
        (
            ["{card}", "--trust", "{ca}", "--crl", "{card}"],
            "không phải là danh sách thu hồi chứng thư",
        ),
        (["{card}", "--trust", "{ca}", "--at", "hôm qua"], "không phải thời điểm"),
        (["{card}"], "--trust"),
        (["{card}", "--trust", "{ca}", "--xml", "nowhere.xml"], "Không mở được tệp nowhere.xml"),
        (["{folder}", "--trust", "{ca}"], "Không mở được tệp"),
    ],
)
def test_says_why_nothing_was_verified(
    arguments: list[str], sentence: str, files: Files, capsys: pytest.CaptureFixture[str]
):
    filled = [argument.format_map({**files}) for argument in arguments]
    with pytest.raises(SystemExit) as stopped:
        main(filled)
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def in_a_process(files: Files, file: Path) -> subprocess.CompletedProcess[str]:
    """Without settings or database, in 400 MB of memory and 30 seconds of a processor."""
    bare = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    command = [sys.executable, "-m", "reportcards.verify", file, "--trust", files["ca"], *AT]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=bare | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )


def test_runs_by_itself(files: Files):
    finished = in_a_process(files, files["card"])
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.startswith("HỢP LỆ\n")


def test_reads_a_pdf_by_itself(files: Files, pdf: bytes):
    finished = in_a_process(files, written(files, pdf))
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.startswith("HỢP LỆ\n")


def sparse(file: Path, size: int) -> None:
    with file.open("wb") as stream:
        stream.write(b"<HOC_BA>")
        stream.truncate(size)


def test_needs_little_memory_for_a_file_of_100_mb(files: Files):
    file = files["folder"] / "huge.xml"
    sparse(file, 100 * MEBIBYTE)
    finished = in_a_process(files, file)
    assert (finished.returncode, finished.stderr) == (1, "")
    assert "Tệp lớn hơn 10 MB" in finished.stdout


WORST = {
    "the largest list": lambda card: batch(*[card] * 600),
    "cards full of tags": lambda _card: batch(
        *[b"<HOC_BA>" + b"<A/>" * (MOST_TAGS - 2) + b"</HOC_BA>"] * 500
    ),
    "cards full of attributes": lambda _card: batch(
        *[b"<HOC_BA>" + b"<A b='' c='' d='' e=''/>" * 900 + b"</HOC_BA>"] * 400
    ),
    "cards full of text": lambda _card: batch(
        *[b"<HOC_BA>" + (b"<A>" + b"x" * 15_000 + b"</A>") * 69 + b"</HOC_BA>"] * 9
    ),
    "cards of one text": lambda _card: batch(
        b"<HOC_BA><A>" + b"x" * (LARGEST_CARD - 30) + b"</A></HOC_BA>"
    ),
    "a pdf that swells": lambda _card: file_with(*[deflated(bytes(31 * MEBIBYTE))] * 99),
    "a pdf of signs": lambda _card: b"%PDF-1.7\n" + b"<<" * MEBIBYTE + b"\nstartxref\n9\n%%EOF\n",
    "a thousand empty cards": lambda _card: batch(*[b"<HOC_BA></HOC_BA>"] * 1000),
}


@pytest.mark.parametrize("make", WORST.values(), ids=list(WORST))
def test_needs_little_memory_for_the_worst_of_files(
    make: Callable[[bytes], bytes], files: Files, card: bytes
):
    content = make(card)
    assert len(content) < 10 * MEBIBYTE
    finished = in_a_process(files, written(files, content))
    assert (finished.returncode, finished.stderr) == (1, "")
    assert finished.stdout.startswith("KHÔNG HỢP LỆ")
