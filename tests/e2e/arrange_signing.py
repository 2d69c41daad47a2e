"""Arranges the demo's past year for signing, in a process of its own on the demo's database.

python -m tests.e2e.arrange_signing FOLDER TOKEN_LABEL

Cards of every class that has none. The homeroom teacher of the second class has a key elsewhere,
which is written to FOLDER; the school has a second seal, on the token. FOLDER/teachers.json names
the homeroom teachers of the classes, in their order.
"""

import json
import sys
from pathlib import Path

import django
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def main(folder: Path, token_label: str) -> None:
    from schools.models import StaffMember

    clerk = StaffMember.objects.get(user__username="vanthu")
    teachers = freeze_classes(clerk)
    register_remote_key(teachers[1], folder)
    register_seal_on_token(clerk, token_label)
    names = [
        {"username": teacher.acting_user.username, "full_name": teacher.full_name}
        for teacher in teachers
    ]
    (folder / "teachers.json").write_text(json.dumps(names))


def freeze_classes(clerk):
    from django.utils import timezone

    from reportcards import actions
    from reportcards.models import ReportCard
    from reportcards.readiness import readiness_of
    from schools.models import StaffMember
    from students.models import Enrollment

    principal = StaffMember.objects.get(user__username="hieutruong")
    year = clerk.school.school_years.order_by("first_year")[0]
    plan, teachers = actions.Plan(principal, timezone.localdate()), []
    for school_class in year.classes.in_order():
        if ReportCard.objects.of_class(school_class).exists():
            continue
        pupils = Enrollment.objects.filter(school_class=school_class).select_related(
            "student", "school_class__school_year__school__department"
        )
        readings = readiness_of(list(pupils.in_roll_order()))
        ready = [reading.enrollment for reading in readings if reading.is_ready]
        cards = actions.create_report_cards(enrollments=ready, plan=plan, by=clerk)
        teachers.append(cards[0].homeroom_signer)
    return teachers


def register_remote_key(teacher, folder: Path) -> None:
    from django.utils import timezone

    from reportcards.actions.certificates import register_remote_certificate
    from reportcards.signing.demo_authority import issue_for_person

    issued = issue_for_person(
        the_authority(),
        teacher.full_name,
        teacher.personal_id,
        teacher.school.name,
        at=timezone.now(),
    )
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "remote.key.pem").write_bytes(key)
    content = issued.certificate.public_bytes(Encoding.PEM)
    register_remote_certificate(certificate=content, owner=teacher, by=teacher)


def register_seal_on_token(clerk, token_label: str) -> None:
    from django.utils import timezone

    from reportcards.actions.certificates import (
        record_certificate_approval,
        register_token_certificate,
    )
    from reportcards.signing.demo_authority import issue_for_school
    from tests.reportcards.tokens import SoftToken

    school = clerk.school
    issued = issue_for_school(the_authority(), school.name, school.ministry_code, at=timezone.now())
    SoftToken(token_label).hold(issued, "seal", b"\x01")
    content = issued.certificate.public_bytes(Encoding.PEM)
    seal = register_token_certificate(certificate=content, key_label="seal", owner=None, by=clerk)
    record_certificate_approval(
        certificate=seal, approved_on=timezone.localdate(), reference="12/SGDĐT", by=clerk
    )


def the_authority():
    from django.conf import settings

    from reportcards.signing.demo_files import read_authority

    return read_authority(Path(settings.SIGNING_TRUST_FILE).parent)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), sys.argv[2])
