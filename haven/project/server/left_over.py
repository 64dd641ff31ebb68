"""Processes of this home's server, found by a mark in their environment, also after the server itself was killed."""

import contextlib
import os
import signal
import time
from pathlib import Path

from haven.project.home import haven_home

MARK = "HAVEN_SERVED_FROM"
SETTINGS = "haven.project.settings.demonstration"
"""What script/server serves, unless the environment says otherwise. By itself the web application is production."""


def marked_environment() -> dict[str, str]:
    """The environment of a process of ours: the mark, and the home it must share."""
    home = str(haven_home())
    return {"DJANGO_SETTINGS_MODULE": SETTINGS, **os.environ, "HAVEN_HOME": home, MARK: home}


def left_over() -> list[int]:
    """The processes that carry this home's mark."""
    mark = f"{MARK}={haven_home()}".encode()
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _carries(entry, mark)]


def _carries(entry: Path, mark: bytes) -> bool:
    try:
        return int(entry.name) != os.getpid() and mark in (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def stop_left_over(grace: float) -> None:
    """Ask them to stop, and end after `grace` seconds those that have not."""
    _signal_all(signal.SIGTERM)
    deadline = time.monotonic() + grace
    while left_over() and time.monotonic() < deadline:
        time.sleep(0.02)
    _signal_all(signal.SIGKILL)


def _signal_all(number: signal.Signals) -> None:
    for pid in left_over():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
