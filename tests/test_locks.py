import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    found = PIN.finditer((ROOT / lock).read_text())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found}


def requirements(*, dev: bool) -> list[Requirement]:
    listed = PROJECT["dependencies"] + (PROJECT["optional-dependencies"]["dev"] if dev else [])
    return [Requirement(line) for line in listed]


@pytest.mark.parametrize(("lock", "dev"), [(LOCKS[0], False), (LOCKS[1], True)])
def test_a_lock_pins_all_that_the_project_asks_for(lock, dev):
    pinned = pins(lock)

    missing = [
        str(requirement)
        for requirement in requirements(dev=dev)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]

    assert missing == [], "run make lock"


def test_developers_have_the_versions_that_schools_have():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_bears_no_address(lock):
    text = (ROOT / lock).read_text()

    assert re.search(r"://|^-|@ |file:/", text, re.MULTILINE) is None
