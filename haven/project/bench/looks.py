"""The read record at size: how soon the access report opens, how soon a look raises its alert, how often without cause.

`script/bench`'s database is made, filled with reads by SQL as its owner, measured as the application, thrown away.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.events.looking import looks_by
from haven.casework.watch.looking_out import judge, look_out
from haven.casework.watch.models import Alert, Sign
from haven.project.bench.asking import Asked, Asker, sign_in
from haven.project.bench.database import addresses_of, fresh_database
from haven.project.bench.looks_filling import EXPLAINED, FILL, ID_OF, ORDINARY
from haven.project.bench.timing import Timing, table

CASES = 2_000
MONTHS = 26
LOOKED_AT = 2_000
"""Looks at the one person whose report is opened."""

Say = Callable[[str], None]


@dataclass
class Ordinary:
    """What the watch made of looks that are all somebody's work."""

    reads: int
    days: int
    alerts: Counter[str]
    signs: Counter[str]
    seconds: float


def measure_looks(rows: int, times: int, seed: int, say: Say) -> str:
    """The whole measurement; its report."""
    with fresh_database(CASES, seed) as at:
        say(f"writing the ordinary looks of {CASES:,} cases")
        fill(at.name, ID_OF + ORDINARY, seed, 0)
        say("watching over them")
        ordinary = at.run(watch_over)
        say(f"writing {rows:,} reads")
        began = time.monotonic()
        fill(at.name, FILL, seed, rows)
        say(f"{time.monotonic() - began:.0f} s; opening access reports")
        counted = at.run(count_rows)
        opened = at.run(open_reports, times)
        say("explaining")
        plan = at.run(explained)
        say("looking out")
        latency = at.run(watch_live, times)
    parts = [f"{counted[0]:,} reads, {counted[1]:,} subjects in {counted[2]} months; seed {seed}; N = {times}"]
    parts += [_timings([*opened, *latency]), _ordinary(ordinary), plan]
    return "\n\n".join(parts) + "\n"


def fill(name: str, statements: str, seed: int, rows: int) -> None:
    """Write reads as the owner of the tables, with months for the past."""
    owner = addresses_of(name)["DATABASE_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as session:
        session.execute("SELECT setseed(%s)", [(seed % 1000) / 1000])
        session.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '256MB'; SET jit = off")
        for statement in statements.split(";\n\n"):
            given = {"rows": rows, "months": MONTHS, "looked_at": LOOKED_AT}
            session.execute(statement, given if "%(" in statement else None)


def count_rows() -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM events_read), (SELECT count(*) FROM events_readsubject),"
            " (SELECT count(*) FROM pg_inherits WHERE inhparent = 'events_read'::regclass) - 1"
        )
        reads, subjects, months = cursor.fetchone()
    return reads, subjects, months


def most_looked_at() -> Any:
    """The person whose record was looked at most."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM bench_person")
        return cursor.fetchone()[0]


def open_reports(times: int) -> list[Timing]:
    """The access report through every middleware: of the person looked at most, and of others, each the first time."""
    wall.open_to_all("measuring")
    guardian = User.objects.get(persona="information_governance_officer")
    head = User.objects.get(persona="head_of_service")
    cookies, asker = sign_in(guardian), Asker()
    person = most_looked_at()
    with transaction.atomic():
        wall.open_to_all("measuring")
        home = Case.objects.get(person=person).authority_id
        guardian.memberships.update(authority=home)
        cases = Case.objects.filter(authority=home).exclude(person=person).order_by("pk")
        others = list(cases.values_list("person_id", flat=True)[:times])
    most = Timing(f"person with {LOOKED_AT:,} looks")
    for _ in range(times):
        asker.time(Asked(reverse("person-looks", args=[person]), cookies), most)
    each = Timing("those most looked at next, each once")
    for pk in others:
        asker.time(Asked(reverse("person-looks", args=[pk]), cookies), each)
    pdf = Timing("the PDF copy")
    for _ in range(max(3, times // 4)):
        asker.time(Asked(reverse("looks-copy", args=[person]), cookies), pdf)
    own = Timing("my-looks")
    for _ in range(times):
        asker.time(Asked(reverse("my-looks"), sign_in(head)), own)
    return [most, each, pdf, own]


def explained() -> str:
    """The plan of the report's one statement over every month."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        cursor.execute(EXPLAINED, [most_looked_at()])
        lines = [line for (line,) in cursor.fetchall()]
    told = [line for line in lines if "never executed" not in line and "Buffers" not in line]
    return "\n".join([*told[:14], "…", *told[-3:]])


def watch_over() -> Ordinary:
    """Judge the ordinary looks of the last sixty days in the order of their time, as the watch would have."""
    began, alerts, signs = time.monotonic(), Counter[str](), Counter[str]()
    until = timezone.now()
    with transaction.atomic():
        wall.open_to_all("measuring")
        readers = User.objects.values_list("pk", flat=True)
        looks = [look for pk in readers for look in looks_by(pk, until - timedelta(days=60), until, 1_000_000)]
        looks.sort(key=lambda look: look.at)
        for start in range(0, len(looks), 100):
            group = looks[start : start + 100]
            judge(group, group[-1].at)
        alerts.update(Alert.objects.values_list("kind", flat=True))
        signs.update(Sign.objects.values_list("rule", flat=True))
    return Ordinary(len(looks), 60, alerts, signs, time.monotonic() - began)


def watch_live(times: int) -> list[Timing]:
    """From a look without a tie until the turn that raises its alert has ended; and turns with nothing new.

    In the worker a turn begins at most ten seconds after the look.
    """
    look_out(timezone.now())
    turn, idle = Timing("a turn that raises an alert"), Timing("a turn with nothing new")
    for case in _cases(times):
        _look(case)
        _timed(turn, 1)
        _timed(idle, 0)
    return [turn, idle]


def _timed(timing: Timing, alerts: int) -> None:
    began, worked = time.perf_counter(), time.thread_time()
    raised = look_out(timezone.now())
    assert len(raised) == alerts
    timing.add((time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000, 0)


def _cases(times: int) -> list[Case]:
    with transaction.atomic():
        wall.open_to_all("measuring")
        return list(Case.objects.filter(worker__isnull=False)[:times])


def _look(case: Case) -> None:
    """Somebody of another authority's figures, who has no case at all, opens it."""
    from_elsewhere = User.objects.get(persona="performance_analyst")
    with transaction.atomic(), connection.cursor() as cursor:
        wall.open_to_all("measuring")
        cursor.execute(
            "WITH r AS (INSERT INTO events_read (id, actor_kind, actor_id, route, method)"
            " VALUES (gen_random_uuid(), 'user', %s, 'case', 'GET') RETURNING id)"
            " INSERT INTO events_readsubject (id, read_id, kind, subject_id)"
            " SELECT gen_random_uuid(), id, 'case', %s FROM r",
            [from_elsewhere.pk, case.pk],
        )


def _timings(timings: list[Timing]) -> str:
    rows = [
        [each.name, str(each.n), f"{each.p50:.0f}", f"{each.p95:.0f}", str(each.statements or "")] for each in timings
    ]
    return table(["", "N", "p50 ms", "p95 ms", "statements"], rows)


def _ordinary(ordinary: Ordinary) -> str:
    total = ordinary.alerts.total()
    head = (
        f"Ordinary work: {ordinary.reads:,} looks of {ordinary.days} days judged in {ordinary.seconds:.0f} s; "
        f"{total} alerts, {1000 * total / max(1, ordinary.reads):.2f} for every 1,000 looks, every one without cause"
    )
    kinds = {kind.removeprefix("look_") for kind in ordinary.alerts} | set(ordinary.signs)
    rows = []
    for kind in sorted(kinds):
        alerts = ordinary.alerts[f"look_{kind}"] + ordinary.alerts[kind]
        rate = f"{1000 * alerts / max(1, ordinary.reads):.3f}"
        rows.append([kind, str(ordinary.signs[kind]), str(alerts), rate])
    return head + "\n" + table(["rule", "signs", "alerts", "for 1,000 looks"], rows)
