"""python -m reportcards.verify FILE --trust ca.pem [--xml FILE] [--crl FILE …] [--at TIME] [--json]

Verifies the PDF of a report card, or the XML of one card or a list of them, with no database and
no network, and prints the report of QĐ 1789/2024, Điều 12. With --xml a PDF is held against the
card's XML, which is verified too. Exit code: 0 valid, 1 not valid, 2 not verified (wrong arguments,
a file that cannot be opened, no usable authorities).
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import IO, NoReturn

from django.conf import settings

from reportcards.signing.refusals import SigningRefused
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from reportcards.verify import FileReport, Grounds, verify_stream, verify_with_xml

VIETNAM = timezone(timedelta(hours=7))
VALID, NOT_VALID, NOT_VERIFIED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False)  # the sentences' own language is Vietnamese
    from reportcards.verification_text import as_json, as_text

    options = _parser().parse_args(arguments)
    report = _report(options)
    sys.stdout.write(as_json(report) if options.json else as_text(report))
    return VALID if report.is_valid else NOT_VALID


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reportcards.verify",
        description="Kiểm tra tệp XML hoặc PDF của học bạ số, không cần mạng và cơ sở dữ liệu.",
        epilog="Mã kết thúc: 0 hợp lệ, 1 không hợp lệ, 2 không kiểm tra được.",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="tệp PDF của một học bạ, hoặc tệp XML của một học bạ hay một danh sách",
    )
    parser.add_argument(
        "--trust", required=True, help="chứng thư của các đơn vị được tin cậy, tệp PEM"
    )
    parser.add_argument("--xml", help="tệp XML của chính học bạ ấy, để đối chiếu với tệp PDF")
    parser.add_argument(
        "--crl", action="append", default=[], help="danh sách thu hồi chứng thư, DER hoặc PEM"
    )
    parser.add_argument(
        "--school-name",
        action="append",
        default=[],
        help="tên khác của trường mà Sở đã phê duyệt trong chứng thư",
    )
    parser.add_argument(
        "--at", type=_time, help="thời điểm kiểm tra, dạng 2027-06-01T08:00:00; mặc định là bây giờ"
    )
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON cho máy đọc")
    return parser


def _report(options: argparse.Namespace) -> FileReport:
    grounds = Grounds(
        trust=_trust(options.trust),
        at=options.at or datetime.now(UTC),
        crls=tuple(_revocation_list(name) for name in options.crl),
        accepts_demo=True,
        school_names=tuple(options.school_name),
    )
    with _opened(options.file) as stream:
        if not options.xml:
            return verify_stream(stream, grounds)
        with _opened(options.xml) as xml:
            return verify_with_xml(stream, xml, grounds)


def _opened(name: str) -> IO[bytes]:
    try:
        return Path(name).open("rb")
    except OSError as error:
        _give_up(f"Không mở được tệp {name}: {error.strerror}.")


def _trust(name: str) -> TrustStore:
    try:
        trust = TrustStore.from_pem(_content(name))
    except SigningRefused:
        trust = TrustStore(())
    if not trust.roots:
        _give_up(f"Tệp {name} không có chứng thư gốc nào dạng PEM.")
    return trust


def _revocation_list(name: str) -> RevocationList:
    try:
        return RevocationList.read(_content(name))
    except SigningRefused:
        _give_up(f"Tệp {name} không phải là danh sách thu hồi chứng thư.")


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        _give_up(f"Không mở được tệp {name}: {error.strerror}.")


def _time(text: str) -> datetime:
    """Without an offset it is Vietnam's time."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"không phải thời điểm: {text}") from None
    return time if time.tzinfo else time.replace(tzinfo=VIETNAM)


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(NOT_VERIFIED)


if __name__ == "__main__":
    sys.exit(main())
