"""Looking after timed jobs: has each run when it should have? (TR-18: an alarm that has itself stopped is told.)

When each last succeeded is read from the queue every ten minutes and kept. Whether it is silent is worked out at the
moment somebody asks, so a worker that is gone shows as every job being silent, and on the page as nobody looking.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from croniter import croniter
from django.db import connection
from procrastinate.contrib.django import app

from haven.casework.upkeep.models import Turn

LOOKS_EVERY = timedelta(minutes=10)
GRACE = timedelta(minutes=30)
"""How late a job may be before it is said to be silent: one look later than a slow night."""

_SUCCEEDED = """
SELECT j.task_name, max(e.at) FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id
WHERE e.type = 'succeeded' AND e.at > %s AND j.task_name = ANY (%s) GROUP BY j.task_name
"""


@dataclass(frozen=True)
class Silent:
    """A timed job that has not succeeded since it was last due."""

    task: str
    due_at: datetime
    succeeded_at: datetime | None


def timed_jobs() -> dict[str, str]:
    """Every timed job, and its times as cron writes them (UTC)."""
    return {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}


def look_after(at: datetime) -> list[Silent]:
    """Read from the queue what has succeeded, keep it, and say which jobs are silent."""
    known = {turn.task: turn for turn in Turn.objects.all()}
    since = min((turn.looked_at for turn in known.values()), default=at) - timedelta(days=8)
    with connection.cursor() as cursor:
        cursor.execute(_SUCCEEDED, [since, list(timed_jobs())])
        succeeded = dict(cursor.fetchall())
    for task in timed_jobs():
        turn = known.get(task) or Turn(task=task, known_at=at)
        turn.succeeded_at, turn.looked_at = succeeded.get(task) or turn.succeeded_at, at
        turn.save()
    Turn.objects.exclude(task__in=timed_jobs()).delete()
    return silent_jobs(at)


def silent_jobs(at: datetime) -> list[Silent]:
    """The timed jobs that have not succeeded since they were last due, by what was last looked at."""
    times = timed_jobs()
    found = []
    for turn in Turn.objects.filter(task__in=times).order_by("task"):
        due_at = last_due(times[turn.task], at)
        if (turn.succeeded_at or turn.known_at) < due_at:
            found.append(Silent(turn.task, due_at, turn.succeeded_at))
    return found


def last_due(cron: str, at: datetime) -> datetime:
    """The last of the times at which it should have begun, long enough ago to have ended."""
    return croniter(cron, (at - GRACE).astimezone(UTC)).get_prev(datetime)


def looked_at() -> datetime | None:
    """When somebody last looked after the jobs; None where never."""
    return Turn.objects.order_by("-looked_at").values_list("looked_at", flat=True).first()


def nobody_looks(at: datetime) -> bool:
    """The job that looks after the others has stopped: no timed job can be known to run."""
    last = looked_at()
    return last is None or at - last > 3 * LOOKS_EVERY
