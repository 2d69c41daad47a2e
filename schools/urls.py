from django.urls import path

from schools import views

urlpatterns = [
    path("posts/", views.choose_post, name="choose_post"),
]
