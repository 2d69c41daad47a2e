"""The permission matrix's lines for signing certificates, the register and its CRLs."""

from functools import cache

from reportcards.signing.demo_authority import (
    DemoAuthority,
    issue_for_person,
    issue_for_school,
    make_authority,
)
from tests.pages import COLLEAGUES, get, post
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import register


@cache
def an_authority() -> DemoAuthority:
    return make_authority(at=IN_SEPTEMBER)


def a_certificate(cast):
    """Of Ms Ngọc."""
    authority = an_authority()
    issued = issue_for_person(
        authority,
        cast.ngoc.full_name,
        cast.ngoc.personal_id,
        cast.school.name,
        at=IN_SEPTEMBER,
    )
    return {"pk": register(cast, cast.ngoc, issued, authority).pk}


def the_seal(cast):
    school, authority = cast.school, an_authority()
    issued = issue_for_school(authority, school.name, school.ministry_code, at=IN_SEPTEMBER)
    return {"pk": register(cast, None, issued, authority).pk}


def a_key_file(cast):
    return {"key_place": "pkcs12"}


CERTIFICATE_PAGES = [
    # Her own; what is posted is empty
    get("my_certificates", COLLEAGUES, except_for={"quang": 200}),
    get("new_certificate", COLLEAGUES, a_key_file, except_for={"quang": 200}),
    post("new_certificate", COLLEAGUES, a_key_file, answer=422, except_for={"quang": 422}),
    # The school's register
    get("certificate_register", "hanh phuc van", except_for={"quang": 200}),
    get("new_seal_certificate", "van", a_key_file, except_for={"quang": 403}),
    post("new_seal_certificate", "van", a_key_file, answer=422, except_for={"quang": 403}),
    get("new_revocation_list", "hanh phuc van", except_for={"quang": 200}),
    post("new_revocation_list", "hanh phuc van", answer=422, except_for={"quang": 422}),
    get("certificate", "hanh phuc ngoc van", a_certificate),
    get("certificate_approval", "hanh phuc van", the_seal),
    post("certificate_approval", "hanh phuc van", the_seal, answer=422),
    get("certificate_end", "hanh phuc ngoc van", a_certificate),
    post("certificate_end", "hanh phuc ngoc van", a_certificate),
]
