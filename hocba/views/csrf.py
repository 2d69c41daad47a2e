from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as csrf_failure_page

from hocba.middleware import is_json, refusal_as_json


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A page that was open too long, or is not ours."""
    if is_json(request):
        sentence = _("Trang đã mở quá lâu, chưa lưu được; hãy tải lại trang.")
        return refusal_as_json(sentence, 403)
    return csrf_failure_page(request, reason)
