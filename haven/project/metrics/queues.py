"""What waits, for how long, and what failed: numbers over the whole deployment, and of an authority by its code."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Min, QuerySet, Sum

from haven.casework.access import wall
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.documents.models import Document
from haven.casework.events.status import status
from haven.casework.tasks.models import Task
from haven.casework.upkeep.models import ContinuityPack, Finding
from haven.casework.upkeep.turns import looked_at, silent_jobs
from haven.casework.watch.models import Alert, Lookout
from haven.lib.calendar import day_of

Sample = tuple[str, dict[str, str], float]
"""The name of a figure, its labels, its value."""

JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' GROUP BY 1"
NEVER = -1.0
"""The age of what has never happened."""


def samples(at: datetime) -> Iterator[Sample]:
    """Every figure of the database, in one transaction that sees every authority."""
    with transaction.atomic():
        wall.open_to_all("how much waits is counted over every authority")
        yield from _waiting("contacts", Contact.objects.waiting(), "received_at", at)
        yield from _waiting("tasks_overdue", Task.objects.overdue(day_of(at)), "created_at", at)
        yield from _waiting("alerts", Alert.objects.waiting(), "raised_at", at)
        yield from _waiting("documents_not_scanned", Document.objects.filter(scan="not_scanned"), "added_at", at)
        yield from _waiting("deliveries", Delivery.objects.waiting(), "created_at", at)
        yield from _waiting("deliveries_dead", Delivery.objects.dead(), "settled_at", at)
        yield "haven_deliveries_retried", {}, float(Delivery.objects.waiting().filter(attempts__gt=0).count())
        yield from _jobs()
        yield from _log(at)
        yield from _upkeep(at)


def _waiting(name: str, rows: QuerySet[Any, Any], moment: str, at: datetime) -> Iterator[Sample]:
    """How many, and how old the oldest is."""
    found = rows.order_by().aggregate(n=Count("pk"), oldest=Min(moment))
    yield "haven_waiting", {"queue": name}, float(found["n"])
    yield "haven_waiting_oldest_seconds", {"queue": name}, _age(found["oldest"], at) if found["n"] else 0.0


def _jobs() -> Iterator[Sample]:
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        for state, number in cursor.fetchall():
            yield "haven_jobs", {"state": state}, float(number)


def _log(at: datetime) -> Iterator[Sample]:
    found = status(at)
    yield "haven_log_unsealed_seconds", {}, found.unsealed_seconds
    yield "haven_log_cannot_seal", {}, float(bool(found.problem))
    yield "haven_log_verified_seconds_ago", {}, _age(found.verified_at, at)
    yield "haven_log_faults", {}, float(found.verified_ok is False)
    yield "haven_watch_seconds_ago", {}, _age(Lookout.objects.values_list("ran_at", flat=True).first(), at)


def _upkeep(at: datetime) -> Iterator[Sample]:
    yield "haven_timed_jobs_silent", {}, float(len(silent_jobs(at)))
    yield "haven_timed_jobs_looked_after_seconds_ago", {}, _age(looked_at(), at)
    broken = Finding.objects.filter(count__gt=0).order_by("rule").values_list("rule").annotate(n=Sum("count"))
    for rule, number in broken:
        yield "haven_broken_rules", {"rule": rule}, float(number)
    made = ContinuityPack.objects.filter(keeper=None).order_by("authority").values_list("authority__code")
    for code, newest in made.annotate(newest=Max("made_at")):
        yield "haven_continuity_pack_seconds_ago", {"authority": code}, _age(newest, at)


def _age(moment: datetime | None, at: datetime) -> float:
    return max(0.0, (at - moment).total_seconds()) if moment else NEVER
