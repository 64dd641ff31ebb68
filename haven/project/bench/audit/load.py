"""Writers that commit, roll back, leave gaps and commit late, while heads are signed and verified."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import psycopg

from haven.casework.events.heads import Head
from haven.casework.events.running import Sealer
from haven.casework.events.verifying import verify
from haven.project.bench.audit.filling import address, fill
from haven.project.bench.database import At

LATE = 30.0
"""Seconds for which one transaction stays open."""


class Watched(Sealer):
    """The sealer, noting when each head was there."""

    def __init__(self, every: float) -> None:
        super().__init__(every)
        self.heads: list[tuple[float, Head]] = []

    def round(self) -> Head | None:
        head = super().round()
        if head is not None:
            self.heads.append((time.monotonic(), head))
        return head


@dataclass
class Load:
    """What happened: when each transaction was over, how many rolled back, what verification said meanwhile."""

    committed: dict[int, float] = field(default_factory=dict)
    rows: int = 0
    rolled_back: int = 0
    verified: int = 0
    alarms: list[dict[str, Any]] = field(default_factory=list)
    seconds_to_seal: list[float] = field(default_factory=list)
    unsealed: int = 0


class Writer(Thread):
    """Writes at random until told to stop."""

    open_for = 0.0

    def __init__(self, where: str, load: Load, seed: int, stopping: Event) -> None:
        super().__init__(daemon=True)
        self.where, self.load, self.chance, self.stopping = where, load, random.Random(seed), stopping

    def run(self) -> None:
        with psycopg.connect(self.where) as session:
            while not self.stopping.wait(self.chance.random() * 0.05):
                self.write(session, self.chance.choice([0] * 12 + [0.02, 0.02, 0.2, 2]))

    def write(self, session: Any, pause: float) -> None:
        """One transaction: some rows, sometimes a savepoint rolled back, a pause, and its end one way or another."""
        written = self.chance.randint(1, 5)
        fill(session, "events_event", written)
        number = int(session.execute("SELECT pg_current_xact_id()::text").fetchone()[0])
        if self.chance.random() < 0.2:
            with session.transaction(force_rollback=True):
                fill(session, "events_readsubject", 2)
        fill(session, "events_read", 1)
        self.stopping.wait(pause)
        if self.chance.random() < 0.25:
            session.rollback()
            self.load.rolled_back += 1
            return
        session.commit()
        self.load.committed[number] = time.monotonic()
        self.load.rows += written + 1


class LateWriter(Writer):
    """Writes at once, and again at its end much later, in one transaction."""

    def run(self) -> None:
        with psycopg.connect(self.where) as session:
            fill(session, "events_event", 2)
            self.stopping.wait(self.open_for)
            self.stopping = Event()
            self.chance.random = lambda: 1.0  # type: ignore[method-assign]
            self.write(session, 0)


def under_load(name: str, *, writers: int, seconds: float, every: float, seed: int, late: float = LATE) -> Load:
    """So many writers for so long, beside one late one, a sealer and a verification after another."""
    load, stopping = Load(), Event()
    with _apart(name) as sealing, _apart(name) as verifying:
        where = verifying.run(address)
        watched = Watched(every)
        done: Future[None] = sealing.thread.submit(watched.run)
        threads: list[Writer] = [Writer(where, load, seed + n, stopping) for n in range(writers)]
        threads.append(LateWriter(where, load, seed, stopping))
        threads[-1].open_for = late
        for thread in threads:
            thread.start()
        _verify_until(time.monotonic() + seconds, verifying, load)
        stopping.set()
        for thread in threads:
            thread.join()
        _wait_until_all_sealed(load, watched)
        watched.stopping.set()
        done.result()
        _verify_once(verifying, load)
    return load


@contextmanager
def _apart(name: str) -> Iterator[At]:
    at = At(name)
    try:
        yield at
    finally:
        at.end()


def _verify_until(deadline: float, verifying: At, load: Load) -> None:
    while time.monotonic() < deadline:
        _verify_once(verifying, load)
        time.sleep(0.5)


def _verify_once(verifying: At, load: Load) -> None:
    load.alarms += verifying.run(verify).faults
    load.verified += 1


def _wait_until_all_sealed(load: Load, watched: Watched) -> None:
    """Wait for the heads that see every transaction, then say how long each waited for its head."""
    deadline = time.monotonic() + 2 * watched.every + 5
    while time.monotonic() < deadline and not all(_head_of(watched, one) for one in load.committed):
        time.sleep(0.1)
    waited = {one: _head_of(watched, one) for one in load.committed}
    load.seconds_to_seal = [at - load.committed[one] for one, at in waited.items() if at]
    load.unsealed = sum(at is None for at in waited.values())


def _head_of(watched: Watched, number: int) -> float | None:
    """When the first head that saw this transaction as over was there."""
    for at, head in watched.heads:
        if number < head.seen.upto and number not in head.seen.open:
            return at
    return None
