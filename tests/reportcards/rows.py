"""A valid row of each model of digital cards (see tests/rows.py)."""

import datetime
import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from reportcards.models import (
    AllottedUuid,
    ArchivedFile,
    CardYearClosing,
    CertifiedCopy,
    CopyKind,
    DigitalSignature,
    DocumentKind,
    FileKind,
    KeyPlace,
    LookUpCount,
    PrintedDocument,
    PrintOutput,
    PrintPart,
    PrintRun,
    Rendering,
    ReportCard,
    ReportCardEvent,
    RevocationList,
    SigningCertificate,
    SigningRun,
    SigningTask,
    SlotKey,
    StoredKey,
    WithdrawalCause,
    WithdrawalRequest,
)
from reportcards.workflow import CardState
from tests.cast import Cast

DIGEST = hashlib.sha256(b"").hexdigest()
DAY = datetime.date(2027, 6, 7)
NOW = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)

SavedRow = Callable[..., Any]
Fields = dict[type[models.Model], Callable[[Cast], dict[str, Any]]]


def fields(saved_row: SavedRow) -> Fields:
    """`saved_row` makes the rows that others hang on."""
    return {
        **_of_cards(saved_row),
        **_of_signing(saved_row),
        **_of_documents(saved_row),
        **_of_what_is_given(saved_row),
    }


def _of_cards(saved_row: SavedRow) -> Fields:
    return {
        ReportCard: lambda cast: {
            "uuid": uuid.uuid4(),
            "student": cast.anh.student,
            "school_year": cast.school_year,
            "enrollment": cast.anh,
            "profile_key": "v1.0",
            "ruleset_key": "tt27",
            "payload": {"format": "hocba.report-card/1"},
            "digest": DIGEST,
            "homeroom_signer": cast.ngoc,
            "leader": cast.hanh,
            "issued_on": DAY,
            "made_at": timezone.now(),
            "made_by": cast.van.user,
        },
        ReportCardEvent: lambda cast: {
            "report_card": saved_row(ReportCard, cast),
            "event": "created",
            "to_state": CardState.CREATED,
            "by": cast.van.user,
        },
        AllottedUuid: lambda cast: {"school": cast.school, "uuid": uuid.uuid4()},
        CardYearClosing: lambda cast: {
            "school_year": cast.school_year,
            "closed_on": DAY,
            "reference": "120/SGDĐT-TH",
            "recorded_by": cast.hanh.user,
        },
    }


def _of_signing(saved_row: SavedRow) -> Fields:
    return {
        SigningCertificate: lambda cast: {
            "school": cast.school,
            "staff_member": cast.ngoc,
            "key_place": KeyPlace.PKCS12,
            "pem": "-----BEGIN CERTIFICATE-----",
            "subject_name": "CN=Trần Thị Ngọc",
            "issuer_name": "CN=Nơi cấp thử",
            "serial_number": "0A",
            "personal_id": "066180000001",
            "valid_from": NOW,
            "valid_until": NOW + datetime.timedelta(days=365),
            "fingerprint": DIGEST,
            "added_by": cast.ngoc.user,
        },
        StoredKey: lambda cast: {
            "certificate": saved_row(SigningCertificate, cast),
            "sealed": b"\x00\x01",
        },
        RevocationList: lambda cast: {
            "issuer_name": "CN=Nơi cấp thử",
            "this_update": NOW,
            "content": b"\x30\x00",
            "digest": DIGEST,
        },
        DigitalSignature: lambda cast: {
            "report_card": saved_row(ReportCard, cast),
            "slot": SlotKey.HOMEROOM,
            "certificate": saved_row(SigningCertificate, cast),
            "signer": cast.ngoc,
            "document": "<HOC_BA/>",
        },
        SigningRun: lambda cast: {
            "school": cast.school,
            "slot": SlotKey.HOMEROOM,
            "certificate": saved_row(SigningCertificate, cast),
            "signer": cast.ngoc,
        },
        SigningTask: lambda cast: {
            "run": saved_row(SigningRun, cast),
            "report_card": saved_row(ReportCard, cast),
        },
    }


def _of_documents(saved_row: SavedRow) -> Fields:
    return {
        Rendering: lambda cast: {
            "school": cast.school,
            "kind": DocumentKind.FRONT,
            "enrollment": cast.anh,
            "content": {"cover": {}},
            "content_digest": DIGEST,
        },
        PrintRun: lambda cast: {
            "school": cast.school,
            "document": PrintedDocument.YEAR,
            "output": PrintOutput.MERGED,
            "title": "Học bạ lớp 4A 2026-2027",
            "started_by": cast.hanh.user,
        },
        PrintPart: lambda cast: {
            "run": saved_row(PrintRun, cast),
            "position": 1,
            "rendering": saved_row(Rendering, cast),
        },
    }


def _of_what_is_given(saved_row: SavedRow) -> Fields:
    return {
        ArchivedFile: lambda cast: {
            "report_card": saved_row(ReportCard, cast),
            "kind": FileKind.XML,
            "name": "48491401/2026-2027/card/xml.xml",
            "digest": DIGEST,
            "size": 0,
        },
        CertifiedCopy: lambda cast: {
            "school": cast.school,
            "number": 1,
            "report_card": saved_row(ReportCard, cast),
            "kind": CopyKind.FILE_AGAIN,
            "recipient_name": "Phạm Thị Hòa",
            "recipient_identity": "CCCD 066180000099",
            "purpose": "Xin học trường mới",
            "given_by": cast.van.user,
        },
        LookUpCount: lambda cast: {"key": DIGEST, "count": 1},
        WithdrawalRequest: lambda cast: {
            "report_card": saved_row(ReportCard, cast),
            "cause": WithdrawalCause.MISTAKE,
            "reason": "Ghi nhầm mức Toán",
            "asked_at": timezone.now(),
            "asked_by": cast.hanh.user,
        },
    }
