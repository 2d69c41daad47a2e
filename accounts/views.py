from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.actions import choose_row_density
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
