from django.urls import path

from exchange.views.api_reads import api_reads

urlpatterns = [
    path("api-reads/", api_reads, name="api_reads"),
]
