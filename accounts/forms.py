import datetime

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from accounts.lockout import is_locked_out, locked_until
from accounts.models import RowDensity

ROUNDED_UP = datetime.timedelta(seconds=59)


class LoginForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "locked_out": _(
            "Đã nhập sai quá nhiều lần nên tạm ngừng đăng nhập. Xin thử lại từ %(time)s."
        ),
    }

    def get_invalid_login_error(self) -> ValidationError:
        if self.request is None or not is_locked_out(self.request):
            return super().get_invalid_login_error()
        until = timezone.localtime(locked_until(self.request)) + ROUNDED_UP
        return ValidationError(
            self.error_messages["locked_out"],
            code="locked_out",
            params={"time": time_format(until.time(), "TIME_FORMAT")},
        )


class RowDensityForm(forms.Form):
    row_density = forms.TypedChoiceField(choices=RowDensity, coerce=RowDensity)
