import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from audit.chain import OF_NO_SCHOOL
from audit.triggers import faulty_triggers
from audit.verification import EXPLANATIONS, ChainReport, Finding, Head, chains, verify_chain
from schools.models import School

FORMAT = "hocba.audit-report/1"


class Command(BaseCommand):
    help = (
        "Walks the chains of audit events and finds what was changed, removed or put in past the "
        "program. Exits with 1 when anything was found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", metavar="CODE", help="ministry code: its chain alone")
        parser.add_argument("--json", action="store_true", help="the report as JSON")
        parser.add_argument(
            "--since",
            metavar="FILE",
            type=Path,
            help="an earlier report as JSON, kept elsewhere: finds chains that were computed anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        earlier = _heads_in(options["since"]) if options["since"] else {}
        wanted = _chains_of(options["school"]) if options["school"] else _all_chains(earlier)
        reports = [verify_chain(chain, earlier=earlier.get(chain)) for chain in wanted]
        faulty = faulty_triggers(connection)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(reports, faulty), indent=2))
        else:
            for line in _as_text(reports, faulty):
                self.stdout.write(line)
        if faulty or any(report.count for report in reports):
            sys.exit(1)


def _all_chains(earlier: dict[int, Head]) -> list[int]:
    return sorted({*chains(), *earlier})


def _chains_of(code: str) -> list[int]:
    found = list(School.objects.filter(ministry_code=code).values_list("pk", flat=True))
    if not found:
        raise CommandError(f"No school has the ministry code {code}")
    return found


def _heads_in(path: Path) -> dict[int, Head]:
    try:
        report = json.loads(path.read_text())
        return {row["chain"]: Head(row["length"], row["digest"]) for row in report["chains"]}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CommandError(f"{path} is no report of this command: {error}") from error


def _as_json(reports: list[ChainReport], faulty: list[str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "chains": [
            {
                "chain": report.chain,
                "length": report.head.length,
                "digest": report.head.digest,
                "count": report.count,
                "findings": [
                    {"kind": row.kind, "number": row.number, "event_id": row.event_id}
                    for row in report.findings
                ],
            }
            for report in reports
        ],
        "faulty_triggers": faulty,
    }


def _as_text(reports: list[ChainReport], faulty: list[str]) -> Iterator[str]:
    names = {school.pk: f"{school.ministry_code} {school.name}" for school in School.objects.all()}
    names[OF_NO_SCHOOL] = "of no school"
    for report in reports:
        name = names.get(report.chain, "of a school that is gone")
        state = f"{report.count} finding(s)" if report.count else "whole"
        yield f"Chain {report.chain}, {name}: {report.head.length} event(s), {state}"
        yield f"  head {report.head.digest}"
        yield from map(_sentence, report.findings)
        if report.count > len(report.findings):
            yield f"  and {report.count - len(report.findings)} more"
    for trigger in faulty:
        yield f"Trigger {trigger} is gone, switched off or changed; `migrate` installs it anew"


def _sentence(finding: Finding) -> str:
    row = f" (id {finding.event_id})" if finding.event_id else ""
    return f"  event {finding.number}{row}: {finding.kind}: {EXPLANATIONS[finding.kind]}"
