"""The display form of a card (Công văn 2088, Phụ lục 2) as PDF/A-3b, with its data in it.

A pure function of the frozen payload, byte for byte: the file that is laid out again is the one
that was signed.
"""

import datetime

from django.template.loader import render_to_string
from weasyprint import Attachment

from reportcards.display.form import DisplayForm, display_form
from reportcards.documents.addresses import verification_address
from reportcards.documents.code_mark import code_for
from reportcards.documents.measures import MILLIMETRE
from reportcards.documents.paper_form import Payload, signing_capacity
from reportcards.documents.typesetting import Place, render_archival_pdf
from reportcards.profiles import get_profile
from reportcards.profiles.document import DATA_FILE, data_node
from reportcards.signing.card_stamps import signature_boxes
from reportcards.signing.pades import FieldBox, add_signature_fields

TEMPLATE = "reportcards/document/display.html"
STYLESHEET = "css/documents/display.css"
ROOM = "signatures"  # the id of the row that is left to the stamps

# As the stylesheet has it.
LEADER_WIDTH, HOMEROOM_WIDTH = 93 * MILLIMETRE, 80 * MILLIMETRE
ROOM_HEIGHT = 43 * MILLIMETRE


def display_pdf(payload: Payload, *, digest: str, public_address: str = "") -> bytes:
    """With three empty signature fields, named by the keys of the slots, on its last page.

    `digest`: of the payload. `public_address`: of the installation, for the QR code that leads
    to the verification of this card; "" where it has none, and there is no code.
    """
    laid_out = render_archival_pdf(
        display_html(payload, digest=digest),
        STYLESHEET,
        attachments=[_data_file(payload)],
        finish=code_for(verification_address(payload["uuid"], public_address)),
        is_compressed=False,
    )
    return add_signature_fields(laid_out.content, _boxes(laid_out.places[ROOM]))


def display_html(payload: Payload, *, digest: str) -> str:
    return render_to_string(TEMPLATE, _context(display_form(payload, digest=digest), payload))


def _boxes(place: Place) -> dict[str, FieldBox]:
    bottom, middle = place.top - ROOM_HEIGHT, place.left + LEADER_WIDTH
    return signature_boxes(
        FieldBox(place.page, place.left, bottom, middle, place.top),
        FieldBox(place.page, middle, bottom, middle + HOMEROOM_WIDTH, place.top),
    )


def _context(form: DisplayForm, payload: Payload) -> dict[str, object]:
    return {
        "author": payload["school"]["name"],
        "made_at": payload["made_at"],
        "title": f"Học bạ {form.full_name} {form.school_year}",
        "form": form,
        "capacity": signing_capacity(form.leader_title or ""),
        "signed_on": (form.issued_on or "").split("/"),
    }


def _data_file(payload: Payload) -> Attachment:
    # WeasyPrint writes the time as it stands and says that it is UTC.
    made_at = datetime.datetime.fromisoformat(payload["made_at"]).astimezone(datetime.UTC)
    return Attachment(
        string=data_node(payload, get_profile(payload["profile"])),
        name=DATA_FILE,
        description="Dữ liệu học bạ (DU_LIEU_HOC_BA)",
        relationship="Data",
        created=made_at,
        modified=made_at,
    )
