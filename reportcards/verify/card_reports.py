"""The report on one card, of whichever file: what it says of itself, and what is wrong with it."""

from collections.abc import Iterable

from lxml import etree

from reportcards.profiles.structure import check_structure
from reportcards.verify.contents import findings_of_times, said
from reportcards.verify.findings import Finding
from reportcards.verify.grounds import Grounds
from reportcards.verify.report import Archive, CardReport, SignatureReport


def report_on_card(
    root: etree._Element,
    uuid: str,
    grounds: Grounds,
    *,
    signatures: tuple[SignatureReport, ...],
    findings: Iterable[Finding],
    answer: Archive,
    is_pdf: bool = False,
) -> CardReport:
    """`root`: its data. Those findings are added that its structure and its times tell of."""
    profile = grounds.profile
    return CardReport(
        uuid=uuid,
        full_name=said(root, profile, "student.full_name"),
        school=said(root, profile, "school.name"),
        school_year=said(root, profile, "school_year"),
        structure=tuple(check_structure(root, profile)) if profile.schema_file else (),
        signatures=signatures,
        archive=answer,
        findings=(*findings, *findings_of_times(signatures, grounds.at)),
        is_pdf=is_pdf,
    )
