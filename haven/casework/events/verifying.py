"""Verifying: is everything that was sealed there, unchanged, and nothing else? (TR-42)

Reads only, as the application's role, in one moment of the database. A row not sealed yet is no fault: the next head
takes it, unless it claims to be older than the last.
"""

import time
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection
from psycopg import sql

from haven.casework.events.chain import HEADS, Chain, check_kept
from haven.casework.events.erasing import erased_rows
from haven.casework.events.faults import Faults
from haven.casework.events.heads import Snapshot
from haven.casework.events.keys import our_public_key
from haven.casework.events.ranges import Dated, fetched, one_moment, rows_between
from haven.casework.events.stretches import LEAVES, Stretches
from haven.casework.events.structure import form_of, unguarded
from haven.casework.events.tables import Sealed, history_tables, sealed_names, sealed_tables

MOST_LEAVES = 10_000


@dataclass
class Verdict:
    """What a verification found. `rows` counts the sealed rows that were compared, by table."""

    head: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    erased: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    found: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.found

    @property
    def events(self) -> int:
        return self.rows.get("events_event", 0)


def verify(kept: dict[str, Any] | None = None) -> Verdict:
    """Compare the whole log with its heads and, where one is given, with a head that was `kept` elsewhere.

    Only a kept head shows that the end was cut off, or that all of it was hashed and signed again with our own key.
    """
    began = time.monotonic()
    with one_moment(writing=False) as raw, connection.cursor() as cursor:
        verdict = _Verifying(raw, cursor, kept).run()
    verdict.seconds = round(time.monotonic() - began, 2)
    return verdict


class _Verifying:
    """One verification."""

    def __init__(self, raw: Any, cursor: Any, kept: dict[str, Any] | None) -> None:
        self.raw, self.cursor = raw, cursor
        self.faults = Faults()
        self.chain = Chain(self.faults, check_kept(kept, self.faults))
        self.tables = sealed_tables(cursor)
        self.stretches = [Stretches(raw, table, self.faults) for table in self.tables]

    def run(self) -> Verdict:
        with self.raw.cursor(name="sealed_heads") as heads:
            for head, whole in self.chain.walk(heads):
                for stretch in self.stretches:
                    stretch.feed(head, whole)
        for stretch in self.stretches:
            stretch.compare()
        self._check_signatures()
        self._check_what_holds_the_rows()
        self._check_leaves_without_a_head()
        self._check_what_is_not_sealed_yet()
        erased = sum(self._tell(stretch) for stretch in self.stretches)
        rows = {stretch.table.name: stretch.rows for stretch in self.stretches}
        last = self.chain.last
        return Verdict(last.id if last else 0, rows, erased, self.faults.listed(), self.faults.found)

    def _check_signatures(self) -> None:
        if not self.chain.is_last_signed():
            with self.raw.cursor(name="sealed_signatures") as heads:
                self.chain.find_badly_signed(heads)
        ours = our_public_key()
        if ours and self.chain.last and ours not in self.chain.keys:
            self.faults.add(HEADS, self.chain.last.id, "rehashed")

    def _check_what_holds_the_rows(self) -> None:
        for table, trigger in unguarded(self.cursor):
            self.faults.add(table, trigger, "unguarded")
        present = {table.name: table for table in self.tables}
        for name in sealed_names():
            if name not in present:
                self.faults.add(name, "", "altered")
        for name, partitions in self.chain.partitions.items():
            now = form_of(self.cursor, present[name]).get("partitions", {}) if name in present else {}
            for partition, bounds in partitions.items():
                if now.get(partition) != bounds:
                    self.faults.add(name, partition, "detached")

    def _check_leaves_without_a_head(self) -> None:
        last = self.chain.last.id if self.chain.last else 0
        self.cursor.execute(
            "SELECT table_name, seal, part FROM events_sealleaves WHERE seal < 1 OR seal > %s OR table_name <> ALL(%s) "
            "LIMIT %s",
            [last, [table.name for table in self.tables], MOST_LEAVES],
        )
        for table, seal, part in self.cursor.fetchall():
            if seal > last:
                self.faults.add(HEADS, seal, "cut")
            else:
                self.faults.add(LEAVES, f"{table}.{seal}.{part}", "inserted")

    def _check_what_is_not_sealed_yet(self) -> None:
        for table, pk in self.chain.doubts:
            self.faults.add(table, pk, "inserted")
        self.cursor.execute("SELECT pg_current_snapshot()::text, now(), clock_timestamp()")
        snapshot, at, latest = self.cursor.fetchone()
        last, ahead = self.chain.last, Snapshot(Snapshot.read(snapshot).upto)
        before = last.seen if last else Snapshot()
        for sealed in self.tables:
            self._blame(sealed, rows_between(sealed, [sealed.key], before, None, Dated(last, at, latest)))
            self._blame_all(sealed, ahead)

    def _blame(self, table: Sealed, statement: sql.Composed) -> None:
        """Rows that say they are older than the last head, or not yet written."""
        for entry, doubted in chain.from_iterable(fetched(self.raw, statement)):
            if doubted:
                self.faults.add(table.name, table.id_of(entry), "inserted")

    def _blame_all(self, table: Sealed, ahead: Snapshot) -> None:
        """Rows with the number of a transaction that has not begun, or with none: no head would ever take them."""
        never = sql.SQL("SELECT {}, true FROM {} WHERE written_in >= {}::xid8 OR written_in IS NULL")
        number = sql.Literal(str(ahead.upto))
        self._blame(table, never.format(table.entry([table.key]), sql.Identifier(table.name), number))

    def _tell(self, stretch: Stretches) -> int:
        """Name the differences of a table. Only a row of a history can have been erased."""
        name = stretch.table.name
        ids = stretch.differences.missing_ids() if name in history_tables() else []
        return stretch.differences.tell(self.faults, erased_rows(self.cursor, name, ids))


def as_answer(verdict: Verdict) -> dict[str, Any]:
    """The shape of `verify_audit --json`; `found` beside the faults where there are more than are named."""
    answer: dict[str, Any] = {"ok": verdict.ok, "events": verdict.events, "erased": verdict.erased}
    answer |= {"faults": verdict.faults, "rows": verdict.rows, "head": verdict.head, "seconds": verdict.seconds}
    return answer if verdict.found == len(verdict.faults) else {**answer, "found": verdict.found}
