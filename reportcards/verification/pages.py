"""What the public pages say: an answer or a report as sentences and rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reportcards.verification.look_ups import Answer, LookUp
from reportcards.verification_sentences import (
    ARCHIVE_ANSWERS,
    SLOTS,
    rows_of,
    sentence_of,
    sentence_of_violation,
)
from reportcards.verify import Archive, CardReport, FileReport, Finding, SignatureReport

Row = dict[str, object]

MOST_CARDS_IN_FULL = 35
SAID_ABOVE = "demo_certificate"  # once, and before everything else
CHANGED = {
    "changed_after_signing",
    "data_changed",
    "pages_differ",
    "pages_say_more",
    "respelled",
    "signature_invalid",
    "signing_time_changed",
}


@dataclass(frozen=True)
class Verdict:
    """One sentence in large type, with what it means."""

    tone: str
    icon: str
    title: str
    text: str


@dataclass(frozen=True)
class Told:
    """A finding as its sentence."""

    sentence: str
    tone: str
    icon: str


@dataclass(frozen=True)
class SignaturePage:
    title: str
    rows: list[Row]
    findings: list[Told]


@dataclass(frozen=True)
class CardPage:
    report: CardReport
    title: str
    rows: list[Row]
    findings: list[Told]
    signatures: list[SignaturePage]


@dataclass(frozen=True)
class FilePage:
    verdict: Verdict
    is_demo: bool
    findings: list[Told]
    cards: list[CardPage]
    count: int

    @property
    def not_shown(self) -> int:
        return self.count - len(self.cards)


ANSWERED = {
    Answer.VALID: (
        "done",
        "check",
        gettext_lazy("Hợp lệ"),
        gettext_lazy("Học bạ này do nhà trường phát hành và đang có hiệu lực."),
    ),
    Answer.WITHDRAWN: (
        "attention",
        "cross",
        gettext_lazy("Đã thu hồi"),
        gettext_lazy("Học bạ này không còn hiệu lực. Hãy hỏi nhà trường về bản hiện hành."),
    ),
    Answer.SUPERSEDED: (
        "attention",
        "history",
        gettext_lazy("Đã được thay thế"),
        gettext_lazy("Học bạ này đã được thay bằng bản khác. Hãy hỏi nhà trường về bản ấy."),
    ),
    Answer.NOT_IN_FORCE: (
        "attention",
        "cross",
        gettext_lazy("Không có hiệu lực"),
        gettext_lazy("Học bạ này chưa được chấp nhận. Hãy hỏi nhà trường."),
    ),
    Answer.UNKNOWN: (
        "locked",
        "search",
        gettext_lazy("Không tìm thấy"),
        gettext_lazy(
            "Không có học bạ đã phát hành nào mang mã tra cứu và ngày sinh này. "
            "Hãy xem lại cả hai trên học bạ; nếu vẫn không thấy, hãy hỏi nhà trường."
        ),
    ),
}


def verdict_on_look_up(found: LookUp) -> Verdict:
    """Nothing that is signed for demonstration is shown in the colour of what counts."""
    tone, icon, title, text = ANSWERED[found.answer]
    is_only_shown = found.is_demo and found.answer == Answer.VALID
    return Verdict("waiting" if is_only_shown else tone, icon, str(title), str(text))


def rows_of_look_up(found: LookUp) -> list[Row]:
    if found.issued_on is None:
        return []
    signed = [
        _row(
            _("Ký: %(slot)s") % {"slot": SLOTS[signature.slot]},
            _("%(name)s, lúc %(time)s")
            % {
                "name": signature.name,
                "time": date_format(localtime(signature.signed_at), "DATETIME_FORMAT"),
            },
        )
        for signature in found.signatures
    ]
    return [
        _row(_("Trường"), found.school),
        _row(_("Năm học"), found.school_year),
        _row(_("Ngày ký phát hành"), date_format(found.issued_on)),
        *signed,
    ]


def file_page(report: FileReport) -> FilePage:
    """Of a long list the cards that are not valid first, and no more than a class."""
    cards = sorted(report.cards, key=lambda card: card.is_valid)[:MOST_CARDS_IN_FULL]
    return FilePage(
        verdict=verdict_on_file(report),
        is_demo=report.is_demo,
        findings=_told(report.findings),
        cards=[_card_page(card) for card in cards],
        count=len(report.cards),
    )


def verdict_on_file(report: FileReport) -> Verdict:
    if not report.cards:
        text = _("Tệp này không phải là học bạ số đọc được.")
        return Verdict("attention", "alert", _("Không kiểm tra được"), text)
    if report.is_valid:
        text = _("Chữ ký, chứng thư số, dữ liệu và cấu trúc của tệp đều đúng quy định.")
        return Verdict("waiting" if report.is_demo else "done", "check", _("Hợp lệ"), text)
    title, icon = _reason(report)
    text = _(
        "Một nội dung phải kiểm tra không hợp lệ nên học bạ số được coi là không có giá trị "
        "(QĐ 1789/2024, Điều 12). Hãy dùng tệp nhà trường cấp; tra cứu bằng mã thì biết học bạ "
        "còn hiệu lực hay không."
    )
    return Verdict("attention", icon, title, text)


def _reason(report: FileReport) -> tuple[str, str]:
    if len(report.cards) > 1:
        valid = sum(card.is_valid for card in report.cards)
        counts = {"valid": valid, "count": len(report.cards)}
        return _("%(valid)s trên %(count)s học bạ hợp lệ") % counts, "alert"
    codes = {finding.code for finding in report.cards[0].all_findings if not finding.is_warning}
    if codes & CHANGED:
        return _("Đã bị sửa"), "alert"
    if "not_in_force" in codes:
        return _("Không còn hiệu lực"), "cross"
    return _("Không có giá trị"), "cross"


def _card_page(card: CardReport) -> CardPage:
    violations = [
        Told(f"{sentence_of_violation(each)} ({each.path})", "attention", "cross")
        for each in card.structure
    ]
    return CardPage(
        report=card,
        title=card.full_name or card.uuid or _("Học bạ không đọc được"),
        rows=_card_rows(card) if card.uuid else [],
        findings=[*_told(card.findings), *violations],
        signatures=[_signature_page(each) for each in card.signatures],
    )


def _card_rows(card: CardReport) -> list[Row]:
    is_built = _("sai quy định") if card.structure else _("đúng quy định")
    rows = [
        _row(_("Họ tên học sinh"), card.full_name),
        _row(_("Trường"), card.school),
        _row(_("Năm học"), card.school_year),
        _row(_("Mã tra cứu học bạ"), card.uuid),
        _row(_("Dữ liệu kèm theo tệp PDF") if card.is_pdf else _("Cấu trúc tệp XML"), is_built),
    ]
    if card.has_agreeing_pages:
        rows.append(_row(_("Trang in"), _("đúng từng chữ với dữ liệu đã ký")))
    if card.archive != Archive.NOT_ASKED:
        rows.append(_row(_("Đối chiếu bản lưu"), str(ARCHIVE_ANSWERS[card.archive])))
    return rows


def _signature_page(signature: SignatureReport) -> SignaturePage:
    return SignaturePage(
        title=capfirst(str(SLOTS.get(signature.slot, signature.slot))),
        rows=[_row(str(label), text) for label, text in rows_of(signature)],
        findings=_told(found for found in signature.findings if found.code != SAID_ABOVE),
    )


def _told(findings: Iterable[Finding]) -> list[Told]:
    looks = {True: ("waiting", "info"), False: ("attention", "cross")}
    return [Told(sentence_of(finding), *looks[finding.is_warning]) for finding in findings]


def _row(term: str, value: object) -> Row:
    return {"term": term, "value": value}
