"""A card has one spelling, byte for byte: the one in which it was written.

A signature is over the canonical form, which many files share. Here each has to be the file that
was issued: no other quotes, no white space in or between tags, no character written as a number,
no name space declared for nothing.
"""

import re

from lxml import etree

from reportcards.signing.xmldsig import XMLDSIG

DECLARES_NAMESPACE = re.compile(rb"<[^<>]*\sxmlns[=:][^<>]*>")
SIGNATURE_START = re.compile(rb'<Signature xmlns="%s" Id="[^"]*">' % re.escape(XMLDSIG.encode()))


def is_spelled_as_written(card: bytes, root: etree._Element) -> bool:
    """`root` is what the parser made of the card."""
    return (
        etree.tostring(root, encoding="UTF-8", xml_declaration=False) == card
        and not any(_has_loose_text(element) for element in root.iter())
        and all(map(SIGNATURE_START.fullmatch, DECLARES_NAMESPACE.findall(card)))
    )


def _has_loose_text(element: etree._Element) -> bool:
    return element.tail is not None or (len(element) > 0 and element.text is not None)
