from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import choose_row_density
from accounts.draft_keys import draft_keys
from accounts.forms import RowDensityForm
from accounts.models import User
from accounts.next_page import next_page


class UserRequest(HttpRequest):
    user: User


@require_POST
def row_density(request: UserRequest) -> HttpResponse:
    form = RowDensityForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    choose_row_density(
        user=request.user, row_density=form.cleaned_data["row_density"], by=request.user
    )
    return redirect(next_page(request))


@login_not_required  # a script asks: it is told, not sent to the log-in page
@never_cache
@require_GET
def draft_key(request: UserRequest) -> JsonResponse:
    """Who is logged in, her keys, and the time by a clock that can be trusted."""
    if not request.user.is_authenticated:
        return JsonResponse({"sentence": _("Phiên làm việc đã hết.")}, status=401)
    return JsonResponse(
        {
            "user": request.user.pk,
            "keys": draft_keys(request.user),
            "now": int(timezone.now().timestamp() * 1000),
        }
    )
