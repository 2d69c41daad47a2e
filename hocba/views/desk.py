from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from hocba.desks.desk import desk_for
from schools.access import current_staff_member


class LoggedInRequest(HttpRequest):
    user: User


@require_safe
def desk(request: LoggedInRequest) -> HttpResponse:
    """Everybody's first page; what stands on it, who she is decides."""
    staff = current_staff_member(request)
    template = "hocba/desk.html" if staff else "hocba/family_desk.html"
    return render(request, template, {"desk": desk_for(request.user, staff)})
