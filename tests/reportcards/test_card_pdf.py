"""The PDF of a card at each step: what was laid out, and what each signature appended."""

import pytest

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions._card_pdfs import laid_out_pdf
from reportcards.actions._renderings import lease_rendering
from reportcards.card_pdf import pdf_of
from reportcards.errors import (
    NotIssued,
    PdfNotMade,
    RenderingFailed,
    RenderingLost,
    RenderingUnderWay,
    SignedWithoutPdf,
    StepNotAllowed,
)
from reportcards.models import FileKind, Rendering, RenderingState, SlotKey
from reportcards.renderings.cards import cards_laid_out, display_rendering
from reportcards.renderings.files import pdf_in, rendered_storage
from tests.reportcards.digital_cards import freeze, issue, pupils_of, sign, sign_xml_alone
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.reading import text_of


@pytest.fixture
def frozen(signed_class, own_storages):
    """Anh's card, which no worker has come to yet."""
    [card] = freeze(signed_class, pupils_of(signed_class)[:1])
    return card


def set_display(card, **fields):
    Rendering.objects.filter(report_card=card, kind="display").update(**fields)


def refuse(card):
    set_display(card, state=RenderingState.FAILED, refusal="Trang in khác nội dung ở ô Toán.")


class TestAsItStands:
    def test_before_any_signature_it_is_what_was_laid_out(self, cards, tmp_path):
        assert pdf_of(cards[0]) == pdf_in(display_rendering(cards[0]))
        assert pdfsig_of(tmp_path, pdf_of(cards[0])) == {}

    def test_each_signature_is_appended_to_what_was_there(
        self, signed_class, cards, certificates, tmp_path
    ):
        card, cast = cards[0], signed_class
        before = pdf_of(card)
        sign(SlotKey.HOMEROOM, [card], certificates.ngoc, certificates, by=cast.ngoc)
        after = pdf_of(card)
        assert after.startswith(before)
        assert pdfsig_of(tmp_path, after) == {"homeroom": VALID}

        sign(SlotKey.LEADER, [card], certificates.hanh, certificates, by=cast.hanh)
        assert pdf_of(card).startswith(after)
        assert pdfsig_of(tmp_path, pdf_of(card)) == {"homeroom": VALID, "leader": VALID}

    def test_it_was_not_laid_out_yet(self, frozen):
        with pytest.raises(PdfNotMade):
            pdf_of(frozen)

    def test_a_lost_file_is_told(self, cards):
        rendered_storage().delete(display_rendering(cards[0]).name)
        with pytest.raises(RenderingLost):
            pdf_of(cards[0])

    def test_a_signature_of_the_xml_alone_is_none_of_the_pdf(
        self, signed_class, cards, certificates
    ):
        sign_xml_alone(cards[0], certificates.ngoc, signed_class.ngoc)
        with pytest.raises(SignedWithoutPdf, match="khởi tạo lại"):
            pdf_of(cards[0])


class TestLaidOutNow:
    def test_where_no_worker_came_it_is_laid_out(self, frozen, signed_class):
        pdf = laid_out_pdf(frozen, by=signed_class.ngoc.acting_user)
        assert str(frozen.uuid) in text_of(pdf)
        assert cards_laid_out([frozen]) == {frozen.pk}

    def test_a_card_that_was_frozen_before_pdfs_were_signed_is_asked_for(
        self, frozen, signed_class
    ):
        Rendering.objects.all().delete()
        assert laid_out_pdf(frozen, by=signed_class.ngoc.acting_user) == pdf_of(frozen)

    def test_what_failed_before_is_tried_once_more(self, frozen, signed_class):
        refuse(frozen)
        assert laid_out_pdf(frozen, by=signed_class.ngoc.acting_user) == pdf_of(frozen)

    def test_what_fails_again_says_why(self, frozen, signed_class):
        payload = {**frozen.payload, "ruleset": "nobody knows it"}
        body = {"payload": payload, "digest": frozen.digest}
        set_display(frozen, state=RenderingState.FAILED, refusal="Hỏng", content=body)
        with pytest.raises(RenderingFailed):
            laid_out_pdf(frozen, by=signed_class.ngoc.acting_user)
        assert display_rendering(frozen).state == RenderingState.FAILED

    def test_what_a_worker_has_in_hand_is_left_to_it(self, frozen, signed_class):
        in_hand(frozen)
        with pytest.raises(RenderingUnderWay):
            laid_out_pdf(frozen, by=signed_class.ngoc.acting_user)


def in_hand(card):
    """Of a worker that lives."""
    lease_rendering(display_rendering(card))


class TestOpening:
    """Whoever will sign sees what she signs."""

    @pytest.mark.parametrize("person", ["ngoc", "hanh", "van", "tam"])
    def test_who_sees_the_card_opens_it(self, cards, signed_class, person):
        file = actions.open_unissued_pdf(report_card=cards[0], by=getattr(signed_class, person))
        assert file.content == pdf_of(cards[0])
        assert (file.name, file.ending) == (
            "Học bạ Lê Minh Anh 2026-2027, chưa phát hành",
            "pdf",
        )

    @pytest.mark.parametrize("person", ["binh", "kien", "quang"])
    def test_nobody_else_does(self, cards, signed_class, person):
        with pytest.raises(NotPermitted):
            actions.open_unissued_pdf(report_card=cards[0], by=getattr(signed_class, person))

    def test_it_is_recorded(self, cards, signed_class):
        actions.open_unissued_pdf(report_card=cards[0], by=signed_class.ngoc)
        event = AuditEvent.objects.get(event="report_card.downloaded")
        assert event.actor == signed_class.ngoc.user
        assert event.changes["file_name"][1].endswith("chưa phát hành.pdf")

    def test_the_second_signer_sees_the_first_ones_signature(
        self, cards, signed_class, certificates, tmp_path
    ):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        file = actions.open_unissued_pdf(report_card=cards[0], by=signed_class.hanh)
        assert pdfsig_of(tmp_path, file.content) == {"homeroom": VALID}

    def test_an_issued_card_has_a_file_instead(self, cards, signed_class, certificates):
        issue(signed_class, cards[:1], certificates)
        cards[0].refresh_from_db()
        with pytest.raises(StepNotAllowed):
            actions.open_unissued_pdf(report_card=cards[0], by=signed_class.ngoc)
        file = actions.download_card_file(
            report_card=cards[0], kind=FileKind.PDF, by=signed_class.ngoc
        )
        assert file.content == pdf_of(cards[0])

    def test_before_the_issue_nothing_is_handed_out(self, cards, signed_class):
        with pytest.raises(NotIssued):
            actions.download_card_file(
                report_card=cards[0], kind=FileKind.PDF, by=signed_class.ngoc
            )
