"""The display form of a card (Công văn 2088, Phụ lục 2) as PDF/A-3b, with its data in it.

A pure function of the frozen payload, byte for byte: the file that is laid out again is the one
that was signed.
"""

import datetime

from django.template.loader import render_to_string
from weasyprint import Attachment

from reportcards.display.form import DisplayForm, display_form
from reportcards.documents.paper_form import Payload, signing_capacity
from reportcards.documents.typesetting import render_archival_pdf
from reportcards.profiles import get_profile
from reportcards.profiles.document import data_node

TEMPLATE = "reportcards/document/display.html"
STYLESHEET = "css/documents/display.css"
DATA_FILE = "du_lieu_hoc_ba.xml"


def display_pdf(payload: Payload, *, digest: str, public_address: str = "") -> bytes:
    """With three empty signature fields, named by the keys of the slots, on its last page.

    `digest`: of the payload. `public_address`: of the installation, for the QR code that leads
    to the verification of this card; "" where it has none, and there is no code.
    """
    form = display_form(payload, digest=digest)
    html = render_to_string(TEMPLATE, _context(form))
    return render_archival_pdf(html, STYLESHEET, attachments=[_data_file(payload)])


def _context(form: DisplayForm) -> dict[str, object]:
    return {
        "title": f"Học bạ {form.full_name} {form.school_year}",
        "form": form,
        "capacity": signing_capacity(form.leader_title or ""),
        "signed_on": (form.issued_on or "").split("/"),
    }


def _data_file(payload: Payload) -> Attachment:
    made_at = datetime.datetime.fromisoformat(payload["made_at"])
    return Attachment(
        string=data_node(payload, get_profile(payload["profile"])),
        name=DATA_FILE,
        description="Dữ liệu học bạ (DU_LIEU_HOC_BA)",
        relationship="Data",
        created=made_at,
        modified=made_at,
    )
