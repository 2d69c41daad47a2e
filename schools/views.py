from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from schools.access import StaffRequest, posts_of, remember_post, staff_only
from schools.forms import PostForm


@staff_only
@require_http_methods(["GET", "POST"])
def choose_post(request: StaffRequest) -> HttpResponse:
    """For somebody who works at two schools."""
    form = PostForm(
        request.POST or None, posts=posts_of(request), initial={"post": request.staff.pk}
    )
    if request.method == "POST" and form.is_valid():
        remember_post(request, form.chosen)
        return redirect("desk")
    return render(request, "schools/choose_post.html", {"form": form})
