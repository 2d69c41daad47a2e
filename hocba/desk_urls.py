from django.urls import path

from hocba.views.desk import desk

urlpatterns = [
    path("", desk, name="desk"),
]
