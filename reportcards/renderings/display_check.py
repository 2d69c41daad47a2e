"""What is signed is what was frozen: the pages are read back before anybody may sign them."""

from django.utils.translation import gettext_lazy as _

from reportcards.display.comparison import first_difference
from reportcards.display.form import DisplayForm, display_form
from reportcards.display.reading import data_node_in, page_texts
from reportcards.display.xml_form import form_of_xml
from reportcards.documents.paper_form import Payload
from reportcards.errors import PagesDiffer
from reportcards.profiles import get_profile
from reportcards.profiles.document import data_node


def check_pages_say_the_card(pdf: bytes, payload: Payload, *, digest: str) -> None:
    """All of the payload, nothing else, and what the XML in the file says; or PagesDiffer."""
    profile, texts = get_profile(payload["profile"]), page_texts(pdf)
    _check(texts, display_form(payload, digest=digest))
    data = data_node(payload, profile)
    if data_node_in(pdf) != data:
        raise PagesDiffer(
            _(
                "Tệp dữ liệu trong PDF không phải là dữ liệu của học bạ này, nên chưa ký được. "
                "Xin báo người quản trị hệ thống."
            )
        )
    _check(texts, form_of_xml(data, profile))


def _check(texts: tuple[str, ...], form: DisplayForm) -> None:
    difference = first_difference(texts, form)
    if difference is None:
        return
    raise PagesDiffer(
        _(
            "Trang PDF khác với học bạ ở mục “%(field)s”: học bạ ghi “%(expected)s”, trang PDF "
            "ghi “%(found)s”, nên chưa ký được. Xin báo người quản trị hệ thống."
        )
        % {
            "field": difference.caption or difference.field,
            "expected": difference.expected,
            "found": difference.found,
        }
    )
