"""How long a million events take to seal and to verify, in how much memory, and what sealing costs who records."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import psycopg

from haven.casework.events.sealer import seal
from haven.project.bench.audit.filling import address, fill
from haven.project.bench.database import addresses_of
from haven.project.bench.timing import Timing
from haven.project.home import CHECKOUT

INSERTS = 2_000
"""Single inserts each time; so many are timed with and without what sealing adds, in turn."""
TURNS = 8


@dataclass
class Speed:
    """Of one size. `megabytes` is the most memory that the verifying program ever had."""

    events: int
    heads: int
    sealing: float
    verifying: float
    megabytes: float
    faults: int


def time_sealing(events: int, heads: int) -> float:
    """Record so many events, in as many transactions as heads; the seconds that sealing them took in all."""
    taken = 0.0
    with psycopg.connect(address(), autocommit=True) as session:
        for _ in range(heads):
            fill(session, "events_event", events // heads)
            began = time.monotonic()
            seal(even_if_quiet=True)
            taken += time.monotonic() - began
    return taken


def time_verifying(name: str) -> tuple[dict[str, Any], float]:
    """The answer of `script/haven verify_audit --json` on a database, and the megabytes it took."""
    command = [sys.executable, "-m", "haven.project", "verify_audit", "--json"]
    environment = {**os.environ, **addresses_of(name)}
    program = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE)
    assert program.stdout is not None
    said = program.stdout.read()
    _, _, used = os.wait4(program.pid, 0)
    program.returncode = 0
    return json.loads(said), used.ru_maxrss / 1024


def time_inserts() -> list[Timing]:
    """Recording one event, with the column and index that sealing needs and without them; as the owner, in turn."""
    found = [Timing("one event, as it was"), Timing("one event, sealable")]
    with psycopg.connect(address()) as session:
        for timing, table in zip(found, ("pg_temp.plain", "pg_temp.sealable"), strict=True):
            _make(session, table, sealable=timing is found[1])
        for _ in range(TURNS):
            for timing, table in zip(found, ("pg_temp.plain", "pg_temp.sealable"), strict=True):
                _insert(session, table, timing)
    return found


def _make(session: Any, table: str, *, sealable: bool) -> None:
    session.execute(f"CREATE TABLE {table} (LIKE events_event INCLUDING DEFAULTS INCLUDING INDEXES)")
    if not sealable:
        session.execute(f"ALTER TABLE {table} DROP COLUMN written_in")


def _insert(session: Any, table: str, timing: Timing) -> None:
    statement = (
        f"INSERT INTO {table} (id, at, type, actor_kind, actor_id, case_id, subject_kind, subject_id, codes) "  # noqa: S608
        "VALUES (gen_random_uuid(), now(), 'cases.note_added', 'user', gen_random_uuid(), gen_random_uuid(), "
        "'cases.casenote', gen_random_uuid(), '{\"how\": \"visit\"}')"
    )
    began = time.perf_counter()
    for _ in range(INSERTS):
        session.execute(statement)
    timing.add((time.perf_counter() - began) * 1_000_000 / INSERTS, 0, 1)
