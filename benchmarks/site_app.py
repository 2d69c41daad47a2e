"""What gunicorn serves in a benchmark: the site on the test database, at the benchmark's time."""

import datetime
import os

import time_machine
from django.conf import settings

from hocba.wsgi import application

settings.DATABASES["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]
time_machine.travel(datetime.datetime.fromisoformat(os.environ["BENCHMARK_NOW"])).start()

__all__ = ["application"]
