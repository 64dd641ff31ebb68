"""Starting, finding and stopping the private database. One start at a time, held by a file lock."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from haven.project.private_database.make import make_data, make_folders, make_roles, programs, run
from haven.project.private_database.place import SUPERUSER, Place, url

START_SECONDS = 120
# PostgreSQL's own signals: end sessions and write everything out; or end now and recover at the next start.
FAST = signal.SIGINT
AT_ONCE = signal.SIGQUIT


class PrivateDatabaseFailed(Exception):
    """The private database did not start; the message says why and where its log is."""


def is_running() -> bool:
    """Whether the private database answers now."""
    try:
        psycopg.connect(url(SUPERUSER, "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def is_alive() -> bool:
    """Whether its process is there, which costs next to nothing to ask; it may not answer yet."""
    return _postmaster(Place.of_this_home()) is not None


def ensure_running() -> None:
    """Start the private database if it does not answer; make it first if it does not exist."""
    place = Place.of_this_home()
    if place.roles_made.exists() and is_running():
        return
    make_folders(place)
    with _one_at_a_time(place):
        if not is_running():
            make_data(place)
            start(place)
        make_roles(place)


def stop(seconds: float = 10, at_once: float = 5) -> None:
    """Stop the private database. What is committed is on disk, so one that is slow to stop is ended at once.

    It is given `seconds`, then `at_once` more: a disk that is still writing may hold it for a moment longer.
    """
    place = Place.of_this_home()
    for way, patience in ((FAST, seconds), (AT_ONCE, at_once)):
        pid = _postmaster(place)
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, way)
        _wait_until_gone(place, patience)


def write_out() -> None:
    """Put on disk what is still only in memory, so that stopping is quick after much was written."""
    with psycopg.connect(url(SUPERUSER, "postgres"), autocommit=True) as server:
        server.execute("CHECKPOINT")


def _wait_until_gone(place: Place, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while _postmaster(place) and time.monotonic() < deadline:
        time.sleep(0.02)


def start(place: Place) -> None:
    """Start, patiently: after a kill the old server's children may hold its memory for a moment."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        _forget_a_dead_postmaster(place)
        waiting = ("-w", "-t", str(START_SECONDS))
        started = run(place, "pg_ctl", "start", "-D", str(place.data), "-l", str(place.log), *waiting)
        if started.returncode == 0 or is_running():
            return
        if time.monotonic() > deadline or not _worth_another_try(place):
            raise PrivateDatabaseFailed(f"The private database did not start. Its log is {place.log}.")
        time.sleep(0.2)


def _worth_another_try(place: Place) -> bool:
    last = place.log.read_text(errors="replace")[-2000:] if place.log.exists() else ""
    return "shared memory" in last or "lock file" in last or "starting up" in last


def _postmaster(place: Place) -> int | None:
    """The process named in the data folder's pid file, if it is alive and serves that folder (where it then stands)."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().split()[0])
        program, folder = Path(os.readlink(f"/proc/{pid}/exe")), os.readlink(f"/proc/{pid}/cwd")
    except (OSError, ValueError, IndexError):
        return None
    return pid if program.name.startswith("postgres") and folder == os.path.realpath(place.data) else None


def _forget_a_dead_postmaster(place: Place) -> None:
    """Remove a pid file whose number now belongs to some other program; PostgreSQL would believe it."""
    if (place.data / "postmaster.pid").exists() and _postmaster(place) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    with place.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        programs(place)
        yield
