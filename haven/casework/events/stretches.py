"""Going through one sealed table, head after head: some ten thousand rows at a time, or one large head by itself."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from psycopg import sql

from haven.casework.events.comparing import ROWS_IN_A_PART, Live, Part, compare_gathered, compare_streaming
from haven.casework.events.faults import Differences, Faults
from haven.casework.events.heads import Head, Snapshot
from haven.casework.events.ranges import fetched, rows_between
from haven.casework.events.tables import Sealed

ENOUGH = 4 * ROWS_IN_A_PART
"""Rows after which a stretch is compared."""
MANY = 4_096
"""Heads with rows of the table after which it is compared all the same."""

LEAVES_AT_ONCE = 8

LEAVES = "events_sealleaves"
_LEAVES = (
    "SELECT seal, part, entries FROM events_sealleaves WHERE table_name = {} AND seal BETWEEN {} AND {} ORDER BY 1, 2"
)


class Stretches:
    """The comparison of one table, fed with every head in order."""

    def __init__(self, raw: Any, table: Sealed, faults: Faults) -> None:
        self.raw, self.table, self.faults = raw, table, faults
        self.differences = Differences(table)
        self.columns = list(table.columns)
        self.before = self.upto = Snapshot()
        self.first, self.last, self.heard = 1, 0, 0
        self.counted = self.reached = 0
        self.digests: dict[tuple[int, int], str] = {}
        self.unproved: set[int] = set()
        self.rows = 0

    def feed(self, head: Head, whole: bool) -> None:
        """Take one head on. One that is not whole, or is gone, proves nothing: its rows go with those of the next."""
        self.unproved.update(range(self.heard + 1, min(head.id, self.heard + ROWS_IN_A_PART)))
        self.heard = head.id
        if not whole:
            self.unproved.add(head.id)
            return
        digests, form = head.parts.get(self.table.name, []), head.forms.get(self.table.name)
        if len(digests) > 1 or form:
            self.compare()
        if form:
            self._read_form(form["columns"])
        self.digests |= {(head.id, number): digest for number, digest in enumerate(digests)}
        self.upto, self.last, self.reached = head.seen, head.id, head.counts.get(self.table.name, 0)
        if self.reached - self.counted >= ENOUGH or len(self.digests) >= MANY:
            self.compare()

    def _read_form(self, columns: list[str]) -> None:
        for column in sorted(set(columns) - set(self.table.columns)):
            self.faults.add(self.table.name, column, "altered")
        self.columns = [column for column in columns if column in self.table.columns]

    def compare(self) -> None:
        """Compare the rows of the heads so far."""
        if self.last < self.first:
            return
        statement = rows_between(self.table, self.columns, self.before, self.upto)
        live = Live([entry for entry, _ in rows] for rows in fetched(self.raw, statement))
        by_itself = len({seal for seal, _ in self.digests}) == 1 and not self.unproved
        (compare_streaming if by_itself else compare_gathered)(self._parts(), live, self.differences)
        self.rows += live.taken
        self.before, self.first, self.counted = self.upto, self.last + 1, self.reached
        self.digests, self.unproved = {}, {number for number in self.unproved if number > self.last}

    def _parts(self) -> Iterator[Part]:
        """The kept leaves of these heads, each held against the digest that its head signed."""
        waiting = dict(self.digests)
        statement = sql.SQL(_LEAVES).format(*map(sql.Literal, (self.table.name, self.first, self.last)))
        for seal, number, entries in chain.from_iterable(fetched(self.raw, statement, LEAVES_AT_ONCE)):
            digest = waiting.pop((seal, number), None)
            if digest is None and seal not in self.unproved:
                self._blame(seal, number, "inserted")
            elif digest is None or hashlib.sha256(entries).hexdigest() == digest:
                yield Part(entries)
            else:
                self._blame(seal, number, "edited")
                yield Part(entries, digest)
        for (seal, number), digest in waiting.items():
            self._blame(seal, number, "deleted")
            yield Part(b"", digest)

    def _blame(self, seal: int, number: int, kind: str) -> None:
        self.faults.add(LEAVES, f"{self.table.name}.{seal}.{number}", kind)
