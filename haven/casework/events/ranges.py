"""The rows of a sealed table between two snapshots, hashed: the same statement seals and verifies."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from psycopg import sql

from haven.casework.events.heads import Head, Snapshot
from haven.casework.events.tables import TIMED, Sealed

SLACK = timedelta(seconds=2)
"""How much the database's clock may run back, or a row wait between its time and its transaction, without a doubt."""

FETCHED = 8_192

# A hash is of a row's text, which these settings decide. No policy hides a row from the sealer or from verification.
SETTINGS = """
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL search_path = public, pg_catalog;
SET LOCAL haven.authorities = 'all'; SET LOCAL jit = off; SET LOCAL cursor_tuple_fraction = 1
"""


@contextmanager
def one_moment(*, writing: bool) -> Iterator[Any]:
    """A transaction that sees one moment of everything, on the connection as psycopg has it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        mode = "READ WRITE" if writing else "READ ONLY"
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ {mode}")
        cursor.execute(SETTINGS)
        yield connection.connection


@dataclass(frozen=True)
class Dated:
    """When a row may say that it was recorded: not before the last head older than its transaction, and not after now.

    A transaction with a higher number than the one that made a head began after that head.
    """

    last: Head | None
    at: datetime
    latest: datetime

    def doubt(self) -> sql.Composed:
        """SQL: the row says another time. A clock that was set back since the last head makes no row doubtful."""
        late = sql.SQL("recorded_at > {}").format(sql.Literal(self.latest + SLACK))
        if self.last is None:
            return late
        early = sql.SQL(
            "recorded_at < CASE WHEN written_in > {number}::xid8 THEN {bound} ELSE least({bound}, coalesce(("
            "SELECT h.sealed_at - {slack} FROM events_seal h WHERE h.written_in < r.written_in "
            "ORDER BY h.written_in DESC LIMIT 1), '-infinity')) END"
        )
        bound = sql.Literal(min(self.last.sealed_at, self.at) - SLACK)
        number, slack = sql.Literal(self.last.written_in), sql.Literal(SLACK)
        return sql.SQL("{} OR {}").format(early.format(number=number, bound=bound, slack=slack), late)


def between(before: Snapshot, upto: Snapshot | None) -> sql.Composed:
    """SQL: written by a transaction that was over in `upto` and not yet in `before`."""
    words = sql.SQL("written_in >= {}::xid8").format(_number(before.upto))
    if before.open:
        words = sql.SQL("({} OR written_in = ANY({}::xid8[]))").format(words, _numbers(before.open))
    if upto is None:
        return words
    words += sql.SQL(" AND written_in < {}::xid8").format(_number(upto.upto))
    if upto.open:
        words += sql.SQL(" AND NOT written_in = ANY({}::xid8[])").format(_numbers(upto.open))
    return words


def rows_between(
    table: Sealed, columns: Sequence[str], before: Snapshot, upto: Snapshot | None, dated: Dated | None = None
) -> sql.Composed:
    """The statement for the entries of these rows, in order, each with whether its date is in doubt."""
    doubt = dated.doubt() if dated and table.name in TIMED else sql.SQL("false")
    words = sql.SQL("SELECT {} AS entry, {} FROM {} r WHERE {} ORDER BY 1")
    return words.format(table.entry(list(columns)), doubt, sql.Identifier(table.name), between(before, upto))


def is_anything_between(cursor: Any, tables: Iterable[Sealed], before: Snapshot, upto: Snapshot) -> bool:
    """Whether any of these tables has a row there."""
    exists = sql.SQL("EXISTS (SELECT FROM {} WHERE {})")
    each = [exists.format(sql.Identifier(table.name), between(before, upto)) for table in tables]
    cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(" OR ").join(each)))
    return bool(cursor.fetchone()[0])


def fetched(raw: Any, statement: sql.Composed, at_once: int = FETCHED) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a statement, some at a time, through a cursor that the server keeps."""
    with raw.cursor(name=f"sealed_{uuid4().hex}", binary=True) as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(at_once):
            yield rows


def _number(number: int) -> sql.Literal:
    return sql.Literal(str(number))


def _numbers(numbers: Sequence[int]) -> sql.Literal:
    return sql.Literal("{" + ",".join(map(str, numbers)) + "}")
