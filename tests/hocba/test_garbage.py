import gc
import subprocess
import sys

from hocba.garbage import NEW_OBJECTS

LOADED = """
import gc
import hocba.wsgi
print(gc.get_threshold()[0], gc.get_freeze_count() > 50_000, gc.isenabled())
"""


def test_the_server_collects_seldom_and_never_what_it_has_loaded() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOADED], check=True, capture_output=True, text=True
    )
    assert answer.stdout.split() == [str(NEW_OBJECTS), "True", "True"]


def test_the_tests_do_too() -> None:
    assert gc.get_threshold()[0] == NEW_OBJECTS
