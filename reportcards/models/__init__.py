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
    "FileKind",
    "KeyPlace",
    "LookUpCount",
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
