"""Sealing: what was recorded since the last head is hashed, chained to it, signed and kept (TR-42).

Nothing is chained inside the transaction that records, so recording never waits. A head takes the rows of every
transaction that its snapshot sees as over and the last head's did not. A transaction that stays open for an hour
holds nothing else up; what it wrote is in the first head after its commit. Gaps in a sequence mean nothing here.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection

from haven.casework.events.comparing import ROWS_IN_A_PART
from haven.casework.events.heads import FIRST, Head, Snapshot, last_head
from haven.casework.events.keys import public_part, signing_key
from haven.casework.events.ranges import Dated, fetched, is_anything_between, one_moment, rows_between
from haven.casework.events.structure import form_of
from haven.casework.events.tables import ENTRY_BYTES, Sealed, sealed_tables

LOCK = 0x4861_7665_6E53
"""The advisory lock of whoever seals."""

MOST_DOUBTS = 1_000
A_QUIET_WHILE = timedelta(hours=1)
"""After so long a head is signed though nothing happened, so that the log says when it was last whole."""


class CannotSeal(Exception):
    """The log cannot go on as it is; the message says why and what to do."""


def seal(*, even_if_quiet: bool = False, wait: bool = True, next_key: bytes | None = None) -> Head | None:
    """Seal what is new; nothing when nothing is, or when another process is at it and we do not `wait`.

    `even_if_quiet` signs a head of this moment in any case. `next_key` is the public key that takes over after it.
    Refused (CannotSeal) with a key that the last head did not hand over to, and where the server's transaction numbers
    have gone back. Must not run inside a transaction.
    """
    with _alone(wait) as mine:
        if not mine:
            return None
        with one_moment(writing=True) as raw, connection.cursor() as cursor:
            return _Sealing(raw, cursor, next_key).run(even_if_quiet or next_key is not None)


@contextmanager
def _alone(wait: bool) -> Iterator[bool]:
    """One at a time in the whole deployment."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {'pg_advisory_lock' if wait else 'pg_try_advisory_lock'}(%s)", [LOCK])
        mine = cursor.fetchone()[0] is not False
        try:
            yield mine
        finally:
            if mine and connection.connection is not None and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class _Sealing:
    """One head in the making."""

    def __init__(self, raw: Any, cursor: Any, next_key: bytes | None) -> None:
        self.raw, self.cursor, self.next_key = raw, cursor, next_key
        # now() is when the transaction began, before its snapshot: what is not seen in that was written after it.
        cursor.execute("SELECT pg_current_snapshot()::text, now(), clock_timestamp()")
        self.snapshot, self.at, latest = cursor.fetchone()
        self.last = last_head(cursor)
        self.number = self.last.id + 1 if self.last else 1
        self.before, self.upto = self.last.seen if self.last else Snapshot(), Snapshot.read(self.snapshot)
        self.dated = Dated(self.last, self.at, latest)
        self.counts = dict(self.last.counts) if self.last else {}
        self.doubts: list[list[str]] = []

    def run(self, even_if_quiet: bool) -> Head | None:
        if self.upto.upto < self.before.upto:
            raise CannotSeal("The server's transaction numbers have gone back: restore the server as a whole.")
        tables = sealed_tables(self.cursor)
        if self.last and not (even_if_quiet or self._is_due(self.last) or self._is_anything_new(tables)):
            return None
        key = signing_key()
        if self.last and self.last.key_after != public_part(key):
            raise CannotSeal("The last head was not signed by this key nor handed over to it: see audit_head --next.")
        self.cursor.execute("SELECT pg_current_xact_id()::text")
        [self.written_in] = self.cursor.fetchone()
        self.counts = {table.name: 0 for table in tables} | self.counts
        parts = {table.name: found for table in tables if (found := list(self._sealed(table)))}
        unsigned = self._head(parts, self._changed_forms(tables), public_part(key))
        digest = unsigned.body_hash()
        head = replace(unsigned, hash=digest, signature=key.sign(digest))
        _keep(self.cursor, head)
        return head

    def _is_due(self, last: Head) -> bool:
        return self.at - last.sealed_at > A_QUIET_WHILE

    def _is_anything_new(self, tables: list[Sealed]) -> bool:
        same = self.upto == self.before
        return not same and is_anything_between(self.cursor, tables, self.before, self.upto)

    def _sealed(self, table: Sealed) -> Iterator[str]:
        """Keep the entries of a table's new rows, a part at a time, and give the digest of each part."""
        kept, number, whole = bytearray(), 0, ROWS_IN_A_PART * ENTRY_BYTES
        for rows in fetched(self.raw, rows_between(table, table.columns, self.before, self.upto, self.dated)):
            kept += b"".join([entry for entry, _ in rows])
            self._doubt(table, [entry for entry, doubted in rows if doubted])
            while len(kept) >= whole:
                yield self._keep_part(table, number, bytes(kept[:whole]))
                del kept[:whole]
                number += 1
        if kept:
            yield self._keep_part(table, number, bytes(kept))

    def _keep_part(self, table: Sealed, number: int, entries: bytes) -> str:
        statement = "INSERT INTO events_sealleaves (table_name, seal, part, entries) VALUES (%s, %s, %s, %s)"
        self.cursor.execute(statement, [table.name, self.number, number, entries])
        self.counts[table.name] = self.counts.get(table.name, 0) + len(entries) // ENTRY_BYTES
        return hashlib.sha256(entries).hexdigest()

    def _doubt(self, table: Sealed, entries: list[bytes]) -> None:
        room = MOST_DOUBTS - len(self.doubts)
        self.doubts += [[table.name, table.id_of(entry)] for entry in entries[:room]]

    def _changed_forms(self, tables: list[Sealed]) -> dict[str, Any]:
        known = known_forms(self.cursor)
        forms = {table.name: form_of(self.cursor, table) for table in tables}
        return {name: form for name, form in forms.items() if known.get(name) != form}

    def _head(self, parts: dict[str, list[str]], forms: dict[str, Any], key: bytes) -> Head:
        previous = self.last.link() if self.last else FIRST
        made = (self.number, previous, self.at, self.snapshot, self.written_in, parts, self.counts, forms, self.doubts)
        return Head(*made, key, self.next_key)


def _keep(cursor: Any, head: Head) -> None:
    documents = [json.dumps(one) for one in (head.parts, head.counts, head.forms, head.doubts)]
    values = [head.id, head.previous, head.sealed_at, head.snapshot, head.written_in, *documents]
    names = (
        "id, previous, sealed_at, snapshot, written_in, parts, counts, forms, doubts, key, next_key, hash, signature"
    )
    values += [head.key, head.next_key, head.hash, head.signature]
    places = ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO events_seal ({names}) VALUES ({places})", values)  # noqa: S608  (our own names)


def known_forms(cursor: Any) -> dict[str, Any]:
    """The form of each table as the heads have it so far."""
    cursor.execute("SELECT forms FROM events_seal WHERE forms <> '{}' ORDER BY id")
    known: dict[str, Any] = {}
    for (forms,) in cursor.fetchall():
        known |= json.loads(forms) if isinstance(forms, str) else forms
    return known
