"""Verifying report cards offline, in pure Python: a file, authorities and lists to a report.

`python -m reportcards.verify FILE --trust ca.pem [--xml FILE] [--crl FILE …]` is the same for
whoever has nothing else; only that `__main__` knows Django, for the language of its sentences.
"""

from reportcards.verify.archived import Archived, ArchivedContent, FindArchived
from reportcards.verify.findings import FileRefused, Finding
from reportcards.verify.grounds import Grounds, Standing
from reportcards.verify.pdf import verify_pdf
from reportcards.verify.report import (
    Archive,
    CardReport,
    CertificateReport,
    FileReport,
    SignatureReport,
)
from reportcards.verify.verification import verify_file, verify_stream, verify_with_xml

__all__ = [
    "Archive",
    "Archived",
    "ArchivedContent",
    "CardReport",
    "CertificateReport",
    "FileRefused",
    "FileReport",
    "FindArchived",
    "Finding",
    "Grounds",
    "SignatureReport",
    "Standing",
    "verify_file",
    "verify_pdf",
    "verify_stream",
    "verify_with_xml",
]
