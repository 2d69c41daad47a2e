"""The codes of what makes a file worthless."""

from collections.abc import Iterator

from reportcards.verify import FileReport


def refusals_in(report: FileReport) -> set[str]:
    """A file without any is valid."""
    codes = set(codes_in(report))
    assert report.is_valid is not bool(codes)
    return codes


def codes_in(report: FileReport) -> Iterator[str]:
    yield from (finding.code for finding in report.findings)
    for card in report.cards:
        yield from (found.code for found in card.all_findings if not found.is_warning)
        yield from (f"structure: {violation.code}" for violation in card.structure)
