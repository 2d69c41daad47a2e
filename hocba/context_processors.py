"""What every page's bar shows: few links, by what the person is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from assessments.permissions import user_can_write_a_bank
from reportcards.card_permissions import user_can_keep_register
from schools.access import current_staff_member, posts_of
from schools.models import Role, StaffMember
from schools.permissions import has_role
from students.permissions import user_can_list_students


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Made when a page asks for it: fragments and files do not."""
    return {
        "navigation": SimpleLazyObject(lambda: list(_links(request))),
        "own_pages": SimpleLazyObject(lambda: list(_own_pages(request))),
    }


def _own_pages(request: HttpRequest) -> Iterator[Link]:
    """In the menu under her name: what concerns herself."""
    if current_staff_member(request):
        yield _link(request, _("Chứng thư số của tôi"), "my_certificates")


def _links(request: HttpRequest) -> Iterator[Link]:
    if not request.user.is_authenticated:
        return
    staff = current_staff_member(request)
    yield _link(request, _("Bàn làm việc") if staff else _("Trang đầu"), "desk")
    if staff:
        yield from _links_of_staff(request, staff)


def _links_of_staff(request: HttpRequest, staff: StaffMember) -> Iterator[Link]:
    if user_can_list_students(staff):
        yield _link(request, _("Học sinh"), "students")
    if user_can_write_a_bank(staff):
        yield _link(request, _("Mã nhận xét"), "comment_bank")
    if user_can_keep_register(staff):
        yield _link(request, _("Chứng thư số"), "certificate_register")
    if has_role(staff, Role.REGISTRAR):
        yield _link(request, _("Nhập danh sách"), "student_imports")
    if has_role(staff, Role.ADMINISTRATOR):
        yield _link(request, _("Nhật ký truy cập"), "api_reads")
    if len(posts_of(request)) > 1:
        yield _link(request, _("Đổi trường"), "choose_post")


def _link(request: HttpRequest, label: str, name: str) -> Link:
    url = reverse(name)
    is_current = request.path == url if name == "desk" else request.path.startswith(url)
    return Link(label, url, is_current)
