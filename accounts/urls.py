from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from accounts.forms import LoginForm
from accounts.views import draft_key, row_density

urlpatterns = [
    path(
        "login/",
        views.LoginView.as_view(template_name="accounts/login.html", authentication_form=LoginForm),
        name="login",
    ),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path(
        "password/",
        views.PasswordChangeView.as_view(
            template_name="accounts/password_change.html", success_url="/"
        ),
        name="password_change",
    ),
    path("draft-key/", draft_key, name="draft_key"),
    path("row-density/", row_density, name="row_density"),
    path("language/", login_not_required(set_language), name="set_language"),
]
