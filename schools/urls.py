from django.urls import path

from schools import views

urlpatterns = [
    path("posts/", views.choose_post, name="choose_post"),
    path(
        "school-years/<int:first_year>/period-windows/",
        views.period_windows,
        name="period_windows",
    ),
]
