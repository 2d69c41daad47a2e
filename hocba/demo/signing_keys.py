"""The demo's signing keys: everybody who signs cards, and the school, has a file registered.

They come from the demo authority in the folder of SIGNING_TRUST_FILE, which is made where there
is none. Whatever they sign says CHỨNG THƯ THỬ NGHIỆM.
"""

import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from hocba.demo.clock import time_of
from hocba.demo.staff import JOB
from reportcards.actions.certificates import record_certificate_approval, register_key_file
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.signing.demo_authority import (
    DemoAuthority,
    as_pkcs12,
    issue_for_person,
    issue_for_school,
    make_authority,
)
from reportcards.signing.demo_files import (
    has_authority,
    read_authority,
    renew_lists,
    write_authority,
)
from schools.models import Role, School, StaffMember
from schools.permissions import SCHOOL_LEADERS

DEMO_PASSPHRASE = "hocba-ky-so-2026"  # noqa: S105 - printed on purpose, as the demo's password is
APPROVAL = "215/SGDĐT-GDMNTH (dữ liệu mẫu)"
DAY = datetime.timedelta(days=1)


class NotTheDemoAuthority(Exception):
    pass


def check_authority() -> None:
    """Before anything is seeded: a trust file of real authorities has no keys beside it."""
    folder = Path(settings.SIGNING_TRUST_FILE).parent
    try:
        if has_authority(folder):
            read_authority(folder)
    except (OSError, ValueError) as error:
        raise NotTheDemoAuthority(
            f"SIGNING_TRUST_FILE is not the demo authority's ({error}): name a new file."
        ) from error


def register_signing_keys(school: School, today: datetime.date) -> None:
    """On the evening before, or as soon as the authority is there."""
    with time_of(today - DAY):
        evening = timezone.now()
    authority = _authority(at=evening)
    begun = authority.issuer.certificate.not_valid_before_utc
    moment = timezone.localtime(max(evening, begun))
    with time_of(moment.date(), moment.time()):
        for staff in _signers(school):
            _register(staff, authority)
        _register_seal(school, authority)
        _receive_lists(authority)


def _authority(at: datetime.datetime) -> DemoAuthority:
    folder = Path(settings.SIGNING_TRUST_FILE).parent
    if has_authority(folder):
        return read_authority(folder)
    authority = make_authority(at=at)
    write_authority(authority, folder)
    return authority


def _signers(school: School) -> list[StaffMember]:
    """Leaders, and who has led a class: the cards of both years are theirs to sign."""
    signing = Q(roles__role__in=SCHOOL_LEADERS) | Q(homeroom_assignments__isnull=False)
    rows = StaffMember.objects.filter(signing, school=school).select_related("school", "user")
    return list(rows.distinct().order_by("pk"))


def _register(staff: StaffMember, authority: DemoAuthority) -> None:
    issued = issue_for_person(
        authority,
        staff.full_name,
        staff.personal_id or "",
        staff.school.name,
        at=timezone.now(),
    )
    container = as_pkcs12(issued, authority, DEMO_PASSPHRASE)
    register_key_file(container=container, passphrase=DEMO_PASSPHRASE, owner=staff, by=staff)


def _register_seal(school: School, authority: DemoAuthority) -> None:
    clerk = StaffMember.objects.select_related("school", "user").get(
        school=school, roles__role=Role.CLERK
    )
    issued = issue_for_school(authority, school.name, school.ministry_code, at=timezone.now())
    container = as_pkcs12(issued, authority, DEMO_PASSPHRASE)
    seal = register_key_file(container=container, passphrase=DEMO_PASSPHRASE, owner=None, by=clerk)
    record_certificate_approval(
        certificate=seal, approved_on=timezone.localdate(), reference=APPROVAL, by=clerk
    )


def _receive_lists(authority: DemoAuthority) -> None:
    folder = Path(settings.SIGNING_TRUST_FILE).parent
    renew_lists(authority, folder, at=timezone.now())
    for path in sorted(folder.glob("*.crl")):
        receive_revocation_list(content=path.read_bytes(), by=JOB)
