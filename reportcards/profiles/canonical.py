"""The form in which XML is digested and compared: exclusive, so that it is the same in a list."""

from lxml import etree


def canonical(element: etree._Element) -> bytes:
    """Exclusive XML Canonicalization 1.0. A comment stays: no card has one."""
    return etree.tostring(element, method="c14n", exclusive=True)
