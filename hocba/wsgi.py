import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from hocba.garbage import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hocba.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads the views, which are to stay
collect_seldom()
