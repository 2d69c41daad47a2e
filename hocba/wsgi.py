"""The site for gunicorn. What lives as long as the process is no garbage: it is not looked at."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hocba.settings")

# A block of cells makes some 100,000 objects that go again with the request. With Python's own
# thresholds every twentieth of them waited for a collection of all that Django has loaded:
# 190 ms instead of 75 (docs/benchmarks.md, Saving cells).
NEW_OBJECTS = 10_000
YOUNGER_COLLECTIONS = 20
MIDDLE_COLLECTIONS = 100

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - imports the views now, so that they are frozen too
gc.collect()
gc.freeze()
gc.set_threshold(NEW_OBJECTS, YOUNGER_COLLECTIONS, MIDDLE_COLLECTIONS)
