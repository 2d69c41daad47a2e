"""A verification's report as text for a terminal, and as JSON for programs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from reportcards.verification_sentences import (
    ARCHIVE_ANSWERS,
    SLOTS,
    rows_of,
    sentence_of,
    sentence_of_violation,
)
from reportcards.verify import Archive, CardReport, FileReport, Finding, SignatureReport

DEMO = "CHỨNG THƯ THỬ NGHIỆM"


def as_text(report: FileReport) -> str:
    return "\n".join([*_lines(report), ""])


def as_json(report: FileReport) -> str:
    """The report's fields, `is_valid` and `is_demo` of the file and of each card, and beside each
    code its sentence. Times are ISO 8601."""
    content = asdict(report) | {"is_valid": report.is_valid, "is_demo": report.is_demo}
    content["cards"] = [_card_as_json(card) for card in report.cards]
    content["findings"] = _findings_as_json(report.findings)
    return json.dumps(content, ensure_ascii=False, indent=2, default=_iso) + "\n"


def verdict(report: FileReport) -> str:
    if report.is_valid:
        return _("HỢP LỆ")
    return _("KHÔNG HỢP LỆ: học bạ số không có giá trị (QĐ 1789/2024, Điều 12)")


def _lines(report: FileReport) -> Iterator[str]:
    yield verdict(report)
    if report.is_demo:
        yield _("%(demo)s: không có giá trị pháp lý") % {"demo": DEMO}
    yield from _finding_lines(report.findings)
    if len({card.uuid for card in report.cards}) > 1:
        valid = sum(card.is_valid for card in report.cards)
        yield _("%(valid)s trên %(count)s học bạ hợp lệ") % {
            "valid": valid,
            "count": len(report.cards),
        }
    for card in report.cards:
        yield ""
        yield from _card_lines(card)


def _card_lines(card: CardReport) -> Iterator[str]:
    mark = "✓" if card.is_valid else "✗"
    names = ["PDF" if card.is_pdf else "", card.uuid, card.full_name, card.school, card.school_year]
    yield " · ".join([mark, *(name for name in names if name)])
    yield from _finding_lines(card.findings)
    yield _structure_line(card)
    yield from (f"  ✗ {sentence_of_violation(each)} ({each.path})" for each in card.structure)
    if card.has_agreeing_pages:
        yield _("Trang in: đúng từng chữ với dữ liệu đã ký")
    if card.archive != Archive.NOT_ASKED:
        yield _("Bản lưu: %(answer)s") % {"answer": ARCHIVE_ANSWERS[card.archive]}
    for signature in card.signatures:
        yield from _signature_lines(signature)


def _structure_line(card: CardReport) -> str:
    if card.is_pdf:
        wrong, right = _("Dữ liệu kèm theo: sai quy định"), _("Dữ liệu kèm theo: đúng quy định")
    else:
        wrong, right = _("Cấu trúc XML: sai quy định"), _("Cấu trúc XML: đúng quy định")
    return wrong if card.structure else right


def _signature_lines(signature: SignatureReport) -> Iterator[str]:
    yield _("Chữ ký: %(slot)s") % {"slot": SLOTS.get(signature.slot, signature.slot)}
    yield from (f"  {label}: {text}" for label, text in rows_of(signature))
    yield from _finding_lines(signature.findings)


def _finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield f"  {'!' if finding.is_warning else '✗'} {sentence_of(finding)}"


def _card_as_json(card: CardReport) -> dict[str, Any]:
    content = asdict(card) | {"is_valid": card.is_valid, "is_demo": card.is_demo}
    content["findings"] = _findings_as_json(card.findings)
    for written, violation in zip(content["structure"], card.structure, strict=True):
        written["sentence"] = sentence_of_violation(violation)
    for written, signature in zip(content["signatures"], card.signatures, strict=True):
        written["findings"] = _findings_as_json(signature.findings)
    return content


def _findings_as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [asdict(finding) | {"sentence": sentence_of(finding)} for finding in findings]


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
