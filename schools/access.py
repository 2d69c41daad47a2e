"""Who is asking: the staff member on whose behalf a page acts."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from schools.models import School, StaffMember, StaffRole

SESSION_KEY = "staff_member_id"
POSTS_CACHE = "_posts"


class StaffRequest(HttpRequest):
    staff: StaffMember
    school: School
    user: User


def staff_members_in_post(user: User) -> list[StaffMember]:
    """The user's posts of today; somebody may work at several schools."""
    in_post = StaffRole.objects.in_post_on(timezone.localdate()).values("staff_member")
    return list(
        StaffMember.objects.filter(user=user, pk__in=in_post)
        .select_related("school", "user")
        .order_by("pk")
    )


def posts_of(request: HttpRequest) -> list[StaffMember]:
    """Looked up once for each request."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, POSTS_CACHE):
        setattr(request, POSTS_CACHE, staff_members_in_post(request.user))
    return getattr(request, POSTS_CACHE)


def current_staff_member(request: HttpRequest) -> StaffMember | None:
    """The chosen post, or the first."""
    posts = posts_of(request)
    chosen = request.session.get(SESSION_KEY) if posts else None
    return next((post for post in posts if post.pk == chosen), posts[0] if posts else None)


def remember_post(request: HttpRequest, post: StaffMember) -> None:
    request.session[SESSION_KEY] = post.pk


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sets request.staff and request.school; for anybody else the page does not exist."""

    @wraps(view)
    def wrapper(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
        staff = current_staff_member(request)
        if staff is None:
            raise Http404
        request.staff = staff
        request.school = staff.school
        return view(request, *args, **kwargs)

    return wrapper
