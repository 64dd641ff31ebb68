"""What we depend on: each with its reason, each pinned by its hash, from no host in particular."""

import json
import re

import pytest
from house import CHECKOUT

LOCKS = ["requirements/base.txt", "requirements/dev.txt"]
WISHES = ["requirements/base.in", "requirements/dev.in"]
NAMES_A_HOST = re.compile(r"--(extra-)?index-url|--find-links|registry\s*=|\"resolved\"\s*:|https?://")


@pytest.mark.parametrize("lock", [*LOCKS, *WISHES, "package-lock.json", ".npmrc", "package.json", "script/bootstrap"])
def test_no_lock_names_a_host(lock):
    assert NAMES_A_HOST.findall((CHECKOUT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_python_package_is_pinned_by_hash(lock):
    packages = re.split(r"\n(?=[A-Za-z0-9])", (CHECKOUT / lock).read_text().strip())

    assert len(packages) > 20
    assert [package.split()[0] for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_every_front_end_part_is_pinned_by_hash():
    parts = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]

    assert [part for part, facts in parts.items() if part and not facts["integrity"].startswith("sha512-")] == []


@pytest.mark.parametrize("wish", WISHES)
def test_every_dependency_gives_its_reason(wish):
    lines = [line for line in (CHECKOUT / wish).read_text().splitlines() if line and line[0] not in "#-"]

    assert lines
    assert [line for line in lines if not line.partition("#")[2].strip()] == []
