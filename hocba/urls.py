from django.contrib import admin
from django.urls import include, path

from hocba.views.appearance import appearance
from hocba.views.gallery import gallery

urlpatterns = [
    path("", include("hocba.desk_urls")),
    path("", include("accounts.urls")),
    path("", include("schools.urls")),
    path("", include("students.urls")),
    path("", include("assessments.urls")),
    path("", include("reportcards.urls")),
    path("appearance/", appearance, name="appearance"),
    path("components/", gallery, name="gallery"),
    path("", include("exchange.urls")),
    path("api/v1/", include("exchange.api.urls")),
    path("admin/", admin.site.urls),
]
