"""Seeding: one transaction, one statement a table, checked by every constraint, then ANALYZE."""

import re
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from haven.pathways.adults.timescales import TIMESCALES
from haven.project.bench.seed import cases, clocks, enquiries, happened, people, plan, reports
from haven.project.bench.seed.chance import make_chance
from haven.project.bench.seed.size import LIVE_DAYS, UNDECIDED_DAYS, Size
from haven.project.bench.seed.staff import make_staff
from haven.project.bench.seed.words import NAMES, make_words

STEPS = (
    *plan.STEPS,
    *people.STEPS,
    *reports.STEPS,
    *cases.STEPS[:1],
    *reports.AFTER_CASES,
    *cases.STEPS[1:],
    *enquiries.STEPS,
    *clocks.STEPS,
    *happened.STEPS,
)
TABLES = (*people.TABLES, *reports.TABLES, *cases.TABLES, *enquiries.TABLES, *clocks.TABLES, *happened.TABLES)
COUNTED = """
SELECT (SELECT count(*) FROM seed_plan), (SELECT count(*) FROM people_person), (SELECT count(*) FROM seed_report),
    (SELECT count(*) FROM events_event)
"""
BEFORE = "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM events_event)"


class AlreadySeeded(Exception):
    """This database was seeded from the same seed with another number of cases; nothing was changed."""


@dataclass(frozen=True)
class Seeded:
    """What was written."""

    cases: int
    people: int
    contacts: int
    events: int
    seconds: float
    seed: int


def seed(size: Size, *, quiet: bool = False) -> Seeded:
    """Write the records of this size. Runs as the owner of the tables; the same seed twice is refused."""
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_a_second_time(cursor, size)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
        cursor.execute(BEFORE)
        people_before, events_before = cursor.fetchone()
        make_staff(size)
        make_chance(size.seed)
        make_words(size)
        for name, statement in STEPS:
            _step(cursor, name, statement, size, quiet)
        cursor.execute(COUNTED)
        made, people_now, contacts, events_now = cursor.fetchone()
    _analyse(quiet)
    taken = round(time.monotonic() - began, 1)
    return Seeded(made, people_now - people_before, contacts, events_now - events_before, taken, size.seed)


def _refuse_a_second_time(cursor: Any, size: Size) -> None:
    cursor.execute("SELECT EXISTS (SELECT FROM contacts_contact WHERE idempotency_key = %s)", [f"seed-{size.seed}-1"])
    if cursor.fetchone()[0]:
        raise AlreadySeeded(f"Seed {size.seed} is in this database already. Choose another --seed to add more.")


def _step(cursor: Any, name: str, statement: str, size: Size, quiet: bool) -> None:
    began = time.monotonic()
    cursor.execute(filled(statement, size))
    if not quiet:
        rows = f"{cursor.rowcount:>10,} rows" if cursor.rowcount > 0 else " " * 15
        _say(f"{name:<32}{rows} {time.monotonic() - began:6.1f} s")


def filled(statement: str, size: Size) -> str:
    """The statement with its `:names` written out: numbers, and moments of ours; nothing that anybody typed."""
    moments = {"now": size.now, "starts_at": size.starts_at}
    known: dict[str, Any] = {name: f"'{moment.isoformat()}'::timestamptz" for name, moment in moments.items()}
    names = ("live", "history", "undecided", "waiting", "refused", "joined", "cases", "seed")
    known |= {name: getattr(size, name) for name in names}
    known |= {
        "live_days": LIVE_DAYS,
        "undecided_days": UNDECIDED_DAYS,
        "columns": happened.COLUMNS,
        "names": NAMES,
        "rules": _rules(),
    }
    return re.sub(r"(?<!:):([a-z_]+)", lambda found: str(known[found[1]]), statement)


def _rules() -> str:
    """The timescales as rows: code, how they count, how much, whether they may pause."""
    return ", ".join(f"('{rule.code}', '{rule.counting}', {rule.amount}, {rule.pausable})" for rule in TIMESCALES)


def _analyse(quiet: bool) -> None:
    began = time.monotonic()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    if not quiet:
        _say(f"{'statistics':<32}{'':15} {time.monotonic() - began:6.1f} s")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def as_answer(seeded: Seeded) -> dict[str, Any]:
    return asdict(seeded)
