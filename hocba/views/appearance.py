from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.next_page import next_page

THEMES = {"system", "light", "dark"}
ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers light or dark in a cookie of this machine; "system" forgets the choice."""
    theme = request.POST.get("theme")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    response = redirect(next_page(request))
    if theme == "system":
        response.delete_cookie("theme", samesite="Lax")
    else:
        response.set_cookie(
            "theme",
            theme,
            max_age=ONE_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
