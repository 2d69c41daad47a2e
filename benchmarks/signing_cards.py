"""Signing 1,000 cards in their three slots as the pages do it: XML, PDF, database and archive.

python -m benchmarks.signing_cards

In batches of 50, each of which opens the PKCS#12 file anew. How long the signatures alone take
is measured by benchmarks/signing.py.
"""

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import time_machine

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, report, seconds

if TYPE_CHECKING:
    from reportcards.models import ReportCard, SigningCertificate, SigningRun
    from schools.models import StaffMember
    from students.models import Enrollment
    from tests.cast import Cast

CLASSES, PUPILS_OF_A_CLASS = 25, 40
CARDS = CLASSES * PUPILS_OF_A_CLASS


def main() -> None:
    with (
        fresh_database("Signing 1,000 cards through the actions"),
        tempfile.TemporaryDirectory(prefix="hocba-archive-") as folder,
    ):
        from tests.reportcards.digital_cards import IN_JUNE

        with time_machine.travel(IN_JUNE, tick=True):
            for figure in figures(Path(folder)):
                report(figure)


def figures(folder: Path) -> Iterator[Figure]:
    from reportcards.models import SlotKey

    cast = make_signed_school()
    certificates = register_certificates(cast, folder)
    cards: list[ReportCard] = []
    yield Figure("freeze", seconds(lambda: cards.extend(freeze(cast))), "s")
    yield Figure("lay_out", seconds(lambda: lay_out(cards, cast.van)), "s")
    signers = {SlotKey.HOMEROOM: cast.ngoc, SlotKey.LEADER: cast.hanh, SlotKey.SEAL: cast.van}
    total, begun = 0.0, time.process_time()
    for slot, staff in signers.items():
        taken = seconds(partial(sign, cards, slot, certificates[slot], staff))
        total += taken
        yield Figure(f"sign.{slot}", taken, "s")
    yield Figure("sign.all_three", total, "s")
    yield Figure("sign.processor", time.process_time() - begun, "s")
    yield Figure("sign.one_card_one_slot", 1000 * total / (3 * CARDS), "ms")
    check_issued()


def make_signed_school() -> "Cast":
    """25 classes of 40, signed off in May."""
    from assessments import actions
    from tests import factories
    from tests.assessments.filling import assign_every_subject, fill_class
    from tests.cast import IN_MAY, make_cast

    cast = make_cast()
    for number in range(CLASSES):
        school_class = factories.make_class(cast.school_year, f"4{number + 1:02}", (4,))
        factories.assign_homeroom(school_class, cast.ngoc)
        assign_every_subject(school_class, cast.ngoc)
        for place in range(PUPILS_OF_A_CLASS):
            student = factories.make_student(f"Trần Thị Số {number}.{place}")
            factories.enroll(student, school_class)
        with time_machine.travel(IN_MAY, tick=False):
            fill_class(school_class, "end_year", homeroom=cast.ngoc)
            class_period = actions.submit_class_period(
                school_class=school_class, period="end_year", by=cast.ngoc
            )
            actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    return cast


def register_certificates(cast: "Cast", folder: Path) -> "dict[str, SigningCertificate]":
    from django.conf import settings

    from reportcards.models import SlotKey
    from reportcards.signing.demo_authority import (
        issue_for_person,
        issue_for_school,
        make_authority,
    )
    from tests.reportcards.authorities import IN_SEPTEMBER, pem
    from tests.reportcards.digital_cards import register

    authority = make_authority(at=IN_SEPTEMBER)
    trusted = folder / "trust.pem"
    trusted.write_bytes(pem(*authority.certificates))
    settings.SIGNING_TRUST_FILE = str(trusted)
    for name in ("archive", "renderings"):
        settings.STORAGES[name]["OPTIONS"]["location"] = str(folder / name)
    school, at = cast.school, IN_SEPTEMBER

    def person(staff: "StaffMember") -> "SigningCertificate":
        issued = issue_for_person(
            authority, staff.full_name, staff.personal_id or "", school.name, at=at
        )
        return register(cast, staff, issued, authority)

    seal = issue_for_school(authority, school.name, school.ministry_code, at=at)
    return {
        SlotKey.HOMEROOM: person(cast.ngoc),
        SlotKey.LEADER: person(cast.hanh),
        SlotKey.SEAL: register(cast, None, seal, authority),
    }


def freeze(cast: "Cast") -> "list[ReportCard]":
    """Class by class, as the clerk does it."""
    from tests.reportcards import digital_cards

    frozen = []
    for school_class in cast.school_year.classes.exclude(pk=cast.school_class.pk):
        frozen += digital_cards.freeze(cast, list(pupils_of(school_class.pk)))
    return frozen


def lay_out(cards: "list[ReportCard]", by: "StaffMember") -> None:
    """What the worker has done by the time that somebody signs."""
    from tests.reportcards import digital_cards

    digital_cards.lay_out(cards, by=by)


def pupils_of(school_class_id: int) -> "Iterator[Enrollment]":
    from students.models import Enrollment

    yield from (
        Enrollment.objects.filter(school_class=school_class_id)
        .select_related("student", "school_class__school_year__school__department")
        .in_roll_order()
    )


def sign(
    cards: "list[ReportCard]", slot: str, certificate: "SigningCertificate", by: "StaffMember"
) -> None:
    from reportcards import actions
    from reportcards.server_keys import opened_signer
    from tests.reportcards.digital_cards import PASSPHRASE

    run: SigningRun = actions.start_signing_run(
        report_cards=cards, slot=slot, certificate=certificate, by=by
    )
    while run.tasks.filter(state="waiting").exists():
        with opened_signer(certificate, PASSPHRASE) as signer:
            actions.sign_next_cards(run=run, signer=signer, by=by)


def check_issued() -> None:
    from reportcards.models import ReportCard

    issued = ReportCard.objects.filter(state="issued").count()
    if issued != CARDS:
        raise RuntimeError(f"{issued} cards issued instead of {CARDS}")


if __name__ == "__main__":
    main()
