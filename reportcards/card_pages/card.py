"""One digital card as its school sees it: what is frozen, who signed, what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.event_sentences import look_of
from assessments.payload import digest_of
from assessments.wording import translated
from reportcards.card_marks import CardMark, marks_of
from reportcards.card_pages.card_pdf import pdf_sentence
from reportcards.card_pages.changes import changes_since_frozen
from reportcards.card_pages.frozen import FrozenCard
from reportcards.card_pages.steps import NextStep, card_steps, slot_in_turn
from reportcards.card_policies import year_is_closed
from reportcards.differences import Difference, differences
from reportcards.models import DigitalSignature, ReportCard, ReportCardEvent, SlotKey
from reportcards.permissions import user_can_print
from reportcards.profiles import get_profile
from reportcards.readiness import Readiness, readiness_of
from reportcards.signers import leaders_in_post
from reportcards.workflow import CardState
from schools.models import StaffMember


@dataclass(frozen=True)
class SlotLine:
    """A slot of the XML: who signs there, and the signature when there is one."""

    label: str
    signer: str
    stands_in_for: str
    signature: DigitalSignature | None
    is_in_turn: bool

    @property
    def certificate(self) -> list[dict[str, str]]:
        """As components/summary_list.html shows it."""
        if self.signature is None:
            return []
        certificate = self.signature.certificate
        validity = {
            "start": date_format(localtime(certificate.valid_from)),
            "end": date_format(localtime(certificate.valid_until)),
        }
        return [
            {"term": _("Chủ thể"), "value": certificate.subject_name},
            {"term": _("Nơi cấp"), "value": certificate.issuer_name},
            {"term": _("Số sê-ri"), "value": certificate.serial_number},
            {"term": _("Hiệu lực"), "value": _("từ %(start)s đến %(end)s") % validity},
            {"term": _("Nơi giữ khóa"), "value": certificate.get_key_place_display()},
            {"term": _("Ký trên"), "value": _("XML và PDF") if self.signs_pdf else "XML"},
        ]

    @property
    def signs_pdf(self) -> bool:
        return bool(self.signature and self.signature.signs_pdf)


@dataclass(frozen=True)
class CardPage:
    card: ReportCard
    reader: StaffMember

    @property
    def frozen(self) -> FrozenCard:
        sees_everything = user_can_print(self.reader, self.card.enrollment.school_class)
        return FrozenCard(self.card.payload, sees_everything)

    @cached_property
    def marks(self) -> list[CardMark]:
        return marks_of(self.card)

    @cached_property
    def steps(self) -> list[NextStep]:
        is_closed = year_is_closed(self.card.school_year)
        return card_steps(self.card, self.reader, is_closed=is_closed)

    @property
    def is_whole(self) -> bool:
        """Nobody but the database's owner could have changed what is frozen."""
        return digest_of(self.card.payload) == self.card.digest

    @property
    def identity(self) -> list[dict[str, Any]]:
        card = self.card
        made = {
            "name": card.made_by.full_name,
            "time": date_format(localtime(card.made_at), "H:i d/m/Y"),
        }
        return [
            {"term": _("Mã tra cứu học bạ"), "value": str(card.uuid)},
            {"term": _("Loại"), "value": card.get_kind_display()},
            {"term": _("Ngày ký ghi trên học bạ"), "value": date_format(card.issued_on)},
            {"term": _("Khởi tạo"), "value": _("%(name)s, %(time)s") % made},
            {"term": _("Kết quả ký duyệt lúc"), "value": ", ".join(self.frozen.sign_offs)},
            {
                "term": _("Chuẩn XML"),
                "value": get_profile(card.profile_key).title,
                "lang": "vi",
            },
            {"term": _("Quy định đánh giá"), "value": self.frozen.ruleset.title, "lang": "vi"},
            {"term": _("Giá trị băm SHA-256"), "value": card.digest},
        ]

    @cached_property
    def changes(self) -> list[str]:
        """While it is made: what is no longer as it was frozen."""
        if not self.card.is_in_making:
            return []
        return changes_since_frozen(self.card, self._now, self._leaders)

    @property
    def differences(self) -> list[Difference]:
        """What would be otherwise if it were frozen today, by the same leader."""
        if not self._now.is_signed_off:
            return []
        kept = ("uuid", "made_at", "supersedes", "issued_on")
        today = self._now.payload | {
            **{name: self.card.payload[name] for name in kept},
            "relaxations": [{"key": use.key, "tag": use.tag} for use in self._now.uses],
        }
        return differences(self.card.payload, today)

    @cached_property
    def _leaders(self) -> list[StaffMember]:
        return leaders_in_post(self.card.school)

    @cached_property
    def _now(self) -> Readiness:
        leader = self.card.leader if self.card.leader in self._leaders else None
        [reading] = readiness_of([self.card.enrollment], leader=leader)
        return reading

    @property
    def slots(self) -> list[SlotLine]:
        in_turn, signed = slot_in_turn(self.card), self._signatures
        return [
            SlotLine(
                label=str(SlotKey(slot.key).label),
                signer=self._signer_of(slot.key),
                stands_in_for=self._stands_in_for(slot.key),
                signature=signed.get(slot.key),
                is_in_turn=slot.key == in_turn,
            )
            for slot in get_profile(self.card.profile_key).slots
        ]

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """The oldest first, as components/history.html shows them."""
        rows = self.card.events.select_related("by").in_order()
        return [_event(row, self.card.payload["student"]["full_name"]) for row in rows]

    @cached_property
    def successors(self) -> list[ReportCard]:
        return list(self.card.successors.order_by("pk"))

    @cached_property
    def other_attempts(self) -> list[ReportCard]:
        """Of the same pupil and year, those that neither follow nor precede it."""
        related = [self.card.pk, *(row.pk for row in self.successors)]
        if self.card.supersedes_id is not None:
            related.append(self.card.supersedes_id)
        others = ReportCard.objects.filter(enrollment=self.card.enrollment_id)
        return list(others.exclude(pk__in=related).order_by("-pk"))

    @property
    def was_issued(self) -> bool:
        """Only then has it files."""
        return not self.card.is_in_making and self.card.state != CardState.DISCARDED

    @property
    def pdf_sentence(self) -> str:
        return pdf_sentence(self.card, len(self._signatures))

    @cached_property
    def _signatures(self) -> Mapping[str, DigitalSignature]:
        rows = self.card.signatures.select_related("certificate", "signer").without_documents()
        return {row.slot: row for row in rows}

    def _signer_of(self, slot: str) -> str:
        """For the seal whoever of the clerks sealed it."""
        if slot == SlotKey.SEAL:
            sealed = self._signatures.get(slot)
            return sealed.signer.full_name if sealed else _("văn thư")
        row = self.card.payload["homeroom_signer" if slot == SlotKey.HOMEROOM else "leader"]
        return f"{row['full_name']}, {translated(row['position_title'])}" if row else ""

    def _stands_in_for(self, slot: str) -> str:
        row = self.card.payload["homeroom_signer"]
        return (row or {}).get("stands_in_for") or "" if slot == SlotKey.HOMEROOM else ""


def _event(row: ReportCardEvent, pupil: str) -> dict[str, Any]:
    look = look_of(f"report_card.{row.event}")
    sentence = str(look.sentence) % {"pupil": _("em %(name)s") % {"name": pupil}}
    if row.reference:
        sentence = f"{sentence} ({row.reference})"
    return {
        "at": row.at,
        "by": row.by.full_name,
        "sentence": sentence,
        "reason": row.reason,
        "tone": look.tone,
    }
