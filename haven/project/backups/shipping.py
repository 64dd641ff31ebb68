"""Shipping: every change and every new document, encrypted into the target, again and again.

Each round asks PostgreSQL for what it has written so far, and ends. A round that dies is taken again. A replication
slot makes the server keep what has not been shipped, up to 8 GB; past that a new base is needed, and `ship` says so.
"""

import gzip
import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

import psycopg

from haven.casework.documents.keeping import files_folder
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.settings import recipient
from haven.project.backups.target import Target, sealed
from haven.project.private_database import SUPERUSER, url
from haven.project.private_database.make import run
from haven.project.private_database.place import Place

SLOT = "haven_backup"
EVERY = 10.0
"""Seconds between two rounds: a lost disk takes with it what was written since the last one began."""


def ensure_slot() -> None:
    """Make the server keep its changes until they are shipped; begin anew where it could keep no more."""
    with psycopg.connect(url(SUPERUSER, "postgres"), autocommit=True) as server:
        row = server.execute("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", [SLOT]).fetchone()
        if row is not None and row[0] == "lost":
            server.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
        if row is None or row[0] == "lost":
            shutil.rmtree(_spool(), ignore_errors=True)
            server.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])


def ship(target: Target) -> int:
    """One round: how many segments and documents went. Refused (BackupRefused) where changes can no longer be had."""
    public = recipient()
    spool = _spool()
    _receive(spool)
    segments = sorted(path for path in spool.iterdir() if path.is_file())
    for path in segments:
        _ship_segment(path, target, public)
    _forget_shipped(segments)
    return len(segments) + _ship_files(target, public)


def follow(target: Target) -> NoReturn:
    """Ship until stopped."""
    while True:
        began = time.monotonic()
        ship(target)
        time.sleep(max(0.0, EVERY - (time.monotonic() - began)))


def shipped_at(target: Target) -> datetime | None:
    """When a change was last shipped."""
    newest = max((path.stat().st_mtime for path in target.wal.glob("*.age")), default=None)
    return None if newest is None else datetime.fromtimestamp(newest).astimezone()


def _spool() -> Path:
    """Where the server's own user puts what is to be shipped."""
    place = Place.of_this_home()
    spool = place.folder / "to-ship"
    if not spool.exists():
        spool.mkdir(mode=0o700)
        if place.system_user:
            shutil.chown(spool, place.system_user, place.system_user)
    return spool


def _receive(spool: Path) -> None:
    """Let pg_receivewal write what the server has up to now. The segment it stands in is fetched from its beginning."""
    address = url(SUPERUSER, "postgres")
    with psycopg.connect(address, autocommit=True) as server:
        found = server.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()
        # Something behind that point, or pg_receivewal would wait for it where nobody is writing.
        server.execute("SELECT pg_logical_emit_message(true, 'haven', 'shipping')")
    assert found is not None
    upto = ("--endpos", found[0], "--no-loop", "--synchronous", "-S", SLOT, "-D", str(spool), "-d", address)
    done = run(Place.of_this_home(), "pg_receivewal", *upto, timeout=600)
    if done.returncode:
        raise BackupRefused(f"Changes could not be fetched: take a new base. {done.stderr.strip()}")


def _ship_segment(path: Path, target: Target, public: str) -> None:
    """Encrypt one segment, packed: one that has only begun is mostly nothing."""
    where = target.wal / f"{path.name}.age"
    with sealed(where, public) as file, gzip.open(cast(BinaryIO, file), "wb", compresslevel=1) as packed:
        with path.open("rb") as segment:
            shutil.copyfileobj(segment, packed, 1024 * 1024)
    if not path.name.endswith(".partial"):
        (target.wal / f"{path.name}.partial.age").unlink(missing_ok=True)


def _forget_shipped(segments: list[Path]) -> None:
    """Keep the newest whole segment and what grows: pg_receivewal goes on from there."""
    whole = [path for path in segments if not path.name.endswith((".partial", ".history"))]
    for path in whole[:-1]:
        path.unlink()


def _ship_files(target: Target, public: str) -> int:
    """Encrypt the documents that are not in the target yet. Their names are their fingerprints: none changes."""
    folder, sent = files_folder(), 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("tmp")):
        where = target.files / f"{path.relative_to(folder)}.age"
        if where.exists():
            continue
        with sealed(where, public) as file, path.open("rb") as document:
            shutil.copyfileobj(document, cast(BinaryIO, file), 1024 * 1024)
        sent += 1
    return sent
