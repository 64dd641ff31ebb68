"""Taking a base: a copy of the whole server while people work, streamed through encryption into the target."""

import io
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import psycopg
from django.conf import settings
from psycopg import sql

from haven.casework.events.sealer import seal
from haven.project.backups.progress import Steps
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.settings import keys_recipient, recipient
from haven.project.backups.shipping import ensure_slot
from haven.project.backups.target import NAMED, Base, Target, sealed
from haven.project.grants import append_only_tables
from haven.project.home import haven_home
from haven.project.private_database import SUPERUSER, url
from haven.project.private_database.make import running
from haven.project.private_database.place import Place

PIECE = 1024 * 1024
KEYS = ("keys", "secret-key", "backup-recipient", "backup-keys-recipient")
"""What HAVEN_HOME holds beside the documents and the database; HAVEN_KEYS, where it is elsewhere, is taken too."""


def take_base(target: Target, steps: Steps, at: datetime) -> Base:
    """Copy the server and the keys into the target. Refused without a key to encrypt to."""
    public, keys_public = recipient(), keys_recipient()
    name, began = at.astimezone(UTC).strftime(NAMED), time.monotonic()
    ensure_slot()
    before, first = _counts(), _segment_now()
    size = _copy_server(target.base_folder(name) / "database.age", public, steps)
    after = _counts()
    _copy_keys(target.base_folder(name) / "keys.age", keys_public)
    counts = {table: (before[table], after[table]) for table in before}
    head = seal(even_if_quiet=True)
    base = Base(
        name, at.isoformat(), _now_there().isoformat(), first, counts, head.printed() if head else {}, size,
        round(time.monotonic() - began, 1),
    )  # fmt: skip
    target.finish(base)
    steps.done(f"base {name}: {size / 1e6:,.1f} MB")
    return base


def _copy_server(path: Path, public: str, steps: Steps) -> int:
    """pg_basebackup's stream, into an encrypted file; how many bytes it was before it was compressed."""
    place = Place.of_this_home()
    command = ("pg_basebackup", "-D", "-", "-F", "tar", "-X", "fetch", "-c", "fast", "-Z", "gzip:1", "-d")
    process = running(place, *command, url(SUPERUSER, "postgres"))
    assert process.stdout is not None and process.stderr is not None
    with sealed(path, public) as file:
        size = _poured(process.stdout, file, steps)
        if process.wait():
            raise BackupRefused(f"The server could not be copied: {process.stderr.read().decode().strip()}")
    return size


def _poured(source: Any, into: io.RawIOBase, steps: Steps) -> int:
    size = 0
    while piece := source.read(PIECE):
        into.write(piece)
        size += len(piece)
        steps.going(f"{size / 1e6:,.0f} MB")
    return size


def _copy_keys(path: Path, public: str) -> None:
    with sealed(path, public) as file, tarfile.open(fileobj=cast(BinaryIO, file), mode="w|") as tar:
        for name in KEYS:
            if (haven_home() / name).exists():
                tar.add(haven_home() / name, arcname=name)
        elsewhere = Path(settings.HAVEN_KEYS)
        if elsewhere.exists() and elsewhere != haven_home() / "keys":
            tar.add(elsewhere, arcname="keys")


def _asked(question: str | sql.Composed) -> Any:
    """Ask our database as its superuser, who sees every row."""
    with psycopg.connect(url(SUPERUSER), autocommit=True) as server:
        return server.execute(question).fetchone()


def _counts() -> dict[str, int]:
    tables = sorted(append_only_tables())
    counted = [sql.SQL("(SELECT count(*) FROM {})").format(sql.Identifier(table)) for table in tables]
    return dict(zip(tables, _asked(sql.SQL("SELECT {}").format(sql.SQL(", ").join(counted))), strict=True))


def _segment_now() -> str:
    return _asked("SELECT pg_walfile_name(pg_current_wal_lsn())")[0]


def _now_there() -> datetime:
    return _asked("SELECT clock_timestamp()")[0]
