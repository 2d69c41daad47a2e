from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = {"system", "light", "dark"}
ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers light or dark in a cookie of this machine; "system" forgets the choice."""
    theme = request.POST.get("theme")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    response = redirect(_next_page(request))
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


def _next_page(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else "/"
