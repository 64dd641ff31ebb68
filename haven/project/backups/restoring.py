"""Restoring the whole server, to the end of what was shipped or to a moment, and looking at what came back.

What stood there before is moved aside, never deleted: `data.before-<moment>` beside the new data. The server that comes
back begins a new line of history, so a new base is taken at once after.
"""

import gzip
import shutil
import tarfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

import psycopg

from haven.lib.age import Opened
from haven.project import private_database
from haven.project.backups.progress import Steps
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.target import NAMED, Base, Target
from haven.project.backups.unpacking import unpack
from haven.project.home import haven_home
from haven.project.private_database import SUPERUSER, url
from haven.project.private_database.make import make_folders, programs, run, write_configuration
from haven.project.private_database.place import Place
from haven.project.private_database.server import start

RECOVERY = """
restore_command = 'cp "{folder}/%f" "%p"'
recovery_target_action = 'promote'
recovery_target_timeline = '{line}'
"""
WAIT = 3600.0
"""Seconds that replaying may take."""


@dataclass(frozen=True)
class Wanted:
    """What to restore: out of which target, with which private key, to what moment; whether over what is there."""

    target: Target
    key: str
    to: datetime | None = None
    over: bool = False
    keys_key: str = ""
    line: str = "latest"


def restore(wanted: Wanted, steps: Steps) -> Base:
    """Bring the server, the documents and the keys back into this HAVEN_HOME, and leave the server running.

    Refused (BackupRefused) where something stands there and `over` does not say so, where no base is old enough, where
    a file was changed since it was encrypted, and where the moment lies past what was shipped.
    """
    base = wanted.target.base_for(wanted.to)
    place = Place.of_this_home()
    if place.data.exists() and not wanted.over:
        raise BackupRefused(f"There is a database in {place.folder}. Say --over to move it aside and go on.")
    private_database.stop()
    make_folders(place)
    programs(place)
    _move_aside(place)
    _unpack_server(wanted, base, place)
    steps.done(f"base {base.name} unpacked and compared with its own list")
    number = _unpack_changes(wanted, base, place)
    steps.done(f"{number} segments of changes unpacked")
    _replay(wanted, place)
    steps.done("changes replayed")
    steps.done(f"keys and {_unpack_files(wanted, base)} documents unpacked")
    return base


def _move_aside(place: Place) -> None:
    """Everything that would be written over; only names change, so nothing is lost and it takes no time."""
    now = f"{datetime.now(UTC):{NAMED}}"
    for path in (place.data, place.folder / "to-ship", place.folder / "to-replay", haven_home() / "files"):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.before-{now}"))
    keys = haven_home() / "keys"
    if keys.exists():
        shutil.copytree(keys, keys.with_name(f"keys.before-{now}"))


def _unpack_server(wanted: Wanted, base: Base, place: Place) -> None:
    """The data folder as it was copied, compared file by file with the list that PostgreSQL made of it."""
    place.data.mkdir(mode=0o700)
    with (wanted.target.base_folder(base.name) / "database.age").open("rb") as file:
        with tarfile.open(fileobj=_unsealed(file, wanted.key), mode="r|gz") as tar:
            unpack(tar, place.data)
    place.data.chmod(0o700)
    _give_to_its_user(place.data, place)
    compared = run(place, "pg_verifybackup", "--no-parse-wal", "--quiet", str(place.data), timeout=3600)
    if compared.returncode:
        raise BackupRefused(f"The base is not as it was made: {compared.stderr.strip()[:500]}")


def _unpack_changes(wanted: Wanted, base: Base, place: Place) -> int:
    """Every segment from the base's first on, where the server's user can read it."""
    folder = place.folder / "to-replay"
    folder.mkdir(mode=0o700)
    since, found = base.first_segment[8:], wanted.target.segments()
    needed = {name: path for name, path in found.items() if name.endswith(".history") or name[8:] >= since}
    if base.first_segment not in needed:
        raise BackupRefused(f"The changes of base {base.name} are missing from {wanted.target.wal}.")
    for name, path in needed.items():
        with path.open("rb") as file, (folder / name).open("wb") as plain:
            with gzip.open(_unsealed(file, wanted.key), "rb") as packed:
                shutil.copyfileobj(packed, plain, 1024 * 1024)
    _give_to_its_user(folder, place)
    return len(needed)


def _replay(wanted: Wanted, place: Place) -> None:
    """Start in recovery, wait until the server stands at the moment and takes writes, and start it again as always."""
    more = RECOVERY.format(folder=place.folder / "to-replay", line=wanted.line)
    if wanted.to is not None:
        more += f"recovery_target_time = '{wanted.to.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}'\n"
    write_configuration(place, more)
    (place.data / "recovery.signal").touch()
    _give_to_its_user(place.data / "recovery.signal", place)
    try:
        start(place)
        _wait_until_it_writes()
    except (private_database.PrivateDatabaseFailed, psycopg.OperationalError) as failure:
        raise BackupRefused(_why_not(wanted, place)) from failure
    for made in (place.folder / "made", place.roles_made):
        made.touch()
    write_configuration(place)
    private_database.stop()
    start(place)
    shutil.rmtree(place.folder / "to-replay")


def _wait_until_it_writes() -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with psycopg.connect(url(SUPERUSER, "postgres"), autocommit=True) as server:
            row = server.execute("SELECT pg_is_in_recovery()").fetchone()
        if row is not None and not row[0]:
            return
        time.sleep(0.1)
    raise BackupRefused(f"Replaying has not ended after {WAIT:.0f} seconds.")


def _why_not(wanted: Wanted, place: Place) -> str:
    log = place.log.read_text(errors="replace")[-3000:] if place.log.exists() else ""
    if "before configured recovery target was reached" in log:
        return f"Nothing was shipped as late as {wanted.to}. Choose an earlier moment, or leave --to out for the last."
    return f"The restored server did not start. Its log is {place.log}."


def _unpack_files(wanted: Wanted, base: Base) -> int:
    """The keys, and every document shipped so far: one that the restored records do not name harms nothing."""
    home = haven_home()
    with (wanted.target.base_folder(base.name) / "keys.age").open("rb") as file:
        with tarfile.open(fileobj=_unsealed(file, wanted.keys_key or wanted.key), mode="r|") as tar:
            unpack(tar, home)
    number = 0
    for path in wanted.target.files.rglob("*.age"):
        where = home / "files" / path.relative_to(wanted.target.files).with_suffix("")
        where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("rb") as file, where.open("wb") as plain:
            shutil.copyfileobj(_unsealed(file, wanted.key), plain, 1024 * 1024)
        number += 1
    return number


def _unsealed(file: BinaryIO, key: str) -> BinaryIO:
    return cast(BinaryIO, Opened(file, key))


def _give_to_its_user(path: Path, place: Place) -> None:
    if place.system_user:
        for one in (path, *path.rglob("*")) if path.is_dir() else (path,):
            shutil.chown(one, place.system_user, place.system_user)
