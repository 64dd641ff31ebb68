"""How the sealed log stands, for the page of an operator and for alarms."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from haven.casework.events.heads import Head, Snapshot, last_head
from haven.casework.events.keys import our_public_key
from haven.casework.events.models import Verification
from haven.casework.events.ranges import between
from haven.casework.events.tables import TIMED, Sealed, sealed_tables

_FIRST_SEEN_OPEN = "SELECT min(sealed_at) FROM events_seal WHERE written_in > %s::xid8"


@dataclass(frozen=True)
class Status:
    """`unsealed_seconds` is the age of the oldest row that no head has taken yet, 0 where there is none.

    `open_seconds` is for how long, at least, the oldest transaction still running has been seen by heads: it holds no
    other row up, but what it wrote cannot be sealed before it commits. `problem` says why nothing is sealed at all.
    """

    unsealed_seconds: float
    open_seconds: float
    head: int
    sealed_at: datetime | None
    verified_at: datetime | None
    verified_ok: bool | None
    problem: str = ""


def status(at: datetime) -> Status:
    """How the log stands at this moment, whatever the caller may see of it."""
    with _whole_log() as cursor:
        last = last_head(cursor)
        cursor.execute("SELECT pg_current_snapshot()::text")
        now = Snapshot.read(cursor.fetchone()[0])
        oldest, opened = _oldest_unsealed(cursor, last), _oldest_open(cursor, now)
        verified = Verification.objects.order_by("-recorded_at").first()
    return Status(
        _seconds(oldest, at), _seconds(opened, at), last.id if last else 0, last.sealed_at if last else None,
        verified.recorded_at if verified else None, not verified.found if verified else None, _problem(last, now),
    )  # fmt: skip


@contextmanager
def _whole_log() -> Iterator[Any]:
    """See every row until the block ends, and then what was seen before: only moments and numbers are taken from it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('haven.authorities', true), '')")
        [before] = cursor.fetchone()
        cursor.execute("SELECT set_config('haven.authorities', 'all', true)")
        yield cursor
        cursor.execute("SELECT set_config('haven.authorities', %s, true)", [before])


def _problem(last: Head | None, now: Snapshot) -> str:
    ours = our_public_key()
    if ours is None:
        return "There is no key to sign with."
    if last and last.key_after != ours:
        return "The last head was not signed by this key nor handed over to it."
    if last and last.seen.upto > now.upto:
        return "The server's transaction numbers have gone back."
    return ""


def _oldest_unsealed(cursor: Any, last: Head | None) -> datetime | None:
    before = last.seen if last else Snapshot()
    oldest = [sql.SQL("(SELECT min({}) FROM {} WHERE {})").format(_time(table), sql.Identifier(table.name), where)
              for table in sealed_tables(cursor) for where in [between(before, None)]]  # fmt: skip
    cursor.execute(sql.SQL("SELECT least({})").format(sql.SQL(", ").join(oldest)))
    return cursor.fetchone()[0]


def _time(table: Sealed) -> sql.Identifier:
    return sql.Identifier("recorded_at" if table.name in TIMED else "pgh_created_at")


def _oldest_open(cursor: Any, now: Snapshot) -> datetime | None:
    if not now.open:
        return None
    cursor.execute(_FIRST_SEEN_OPEN, [str(min(now.open))])
    return cursor.fetchone()[0]


def _seconds(moment: datetime | None, at: datetime) -> float:
    return max(0.0, (at - moment).total_seconds()) if moment else 0.0
