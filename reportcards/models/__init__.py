from reportcards.models.archive import ArchivedFile, CertifiedCopy, CopyKind, FileKind
from reportcards.models.cards import (
    AllottedUuid,
    CardKind,
    CardYearClosing,
    ReportCard,
    ReportCardEvent,
)
from reportcards.models.certificates import (
    KeyPlace,
    RevocationList,
    SigningCertificate,
    StoredKey,
)
from reportcards.models.look_ups import LookUpCount
from reportcards.models.prints import PrintedDocument, PrintOutput, PrintPart, PrintRun
from reportcards.models.renderings import DocumentKind, Rendering, RenderingState
from reportcards.models.runs import SigningRun, SigningTask, TaskState
from reportcards.models.signatures import DigitalSignature, SlotKey
from reportcards.models.withdrawals import WithdrawalCause, WithdrawalRequest

__all__ = [
    "AllottedUuid",
    "ArchivedFile",
    "CardKind",
    "CardYearClosing",
    "CertifiedCopy",
    "CopyKind",
    "DigitalSignature",
    "DocumentKind",
    "FileKind",
    "KeyPlace",
    "LookUpCount",
    "PrintOutput",
    "PrintPart",
    "PrintRun",
    "PrintedDocument",
    "Rendering",
    "RenderingState",
    "ReportCard",
    "ReportCardEvent",
    "RevocationList",
    "SigningCertificate",
    "SigningRun",
    "SigningTask",
    "SlotKey",
    "StoredKey",
    "TaskState",
    "WithdrawalCause",
    "WithdrawalRequest",
]
