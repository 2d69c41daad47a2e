"""A command of manage.py that believes it is another time, in a process that can be killed.

python -m tests.reportcards.worker_at 2027-06-07T08:30:00+07:00 db_worker --interval 0.1
"""

import datetime
import sys

import time_machine
from django.core.management import execute_from_command_line


def main(moment: str, *command: str) -> None:
    with time_machine.travel(datetime.datetime.fromisoformat(moment), tick=True):
        execute_from_command_line(["manage.py", *command])


if __name__ == "__main__":
    main(*sys.argv[1:])
