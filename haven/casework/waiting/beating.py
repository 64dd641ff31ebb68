"""Whether Haven's own timed work has run: a dead man's switch, asked by pages and never by that work itself (TR-18).

Read from the queue's own tables, so that no piece of work can forget to say that it ran.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections
from procrastinate.contrib.django import app

GRACE = timedelta(minutes=10)
"""How long after its moment a piece of work may end before it counts as late. Haven's own number."""

_LAST = """
SELECT wanted.name, (
    SELECT e.at FROM procrastinate_periodic_defers d
    JOIN procrastinate_events e ON e.job_id = d.job_id AND e.type = 'succeeded'
    WHERE d.task_name = wanted.name ORDER BY d.defer_timestamp DESC LIMIT 1
), (SELECT at FROM procrastinate_events ORDER BY id LIMIT 1)
FROM unnest(%s::text[]) AS wanted(name)
"""


@dataclass(frozen=True)
class Beat:
    """One timed piece of work: when it last ended well, and whether it should have since."""

    name: str
    cron: str
    ran_at: datetime | None
    late: bool

    @property
    def in_words(self) -> str:
        """Its name as words."""
        return self.name.rpartition(".")[2].replace("_", " ")


def beats(at: datetime, using: str = "default") -> list[Beat]:
    """Each timed piece of work, in one statement; late where its last moment passed without its having run."""
    timed = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}
    with connections[using].cursor() as cursor:
        cursor.execute(_LAST, [sorted(timed)])
        rows: list[Any] = cursor.fetchall()
    return [Beat(name, timed[name].cron, ran, _late(timed[name], ran, begun, at)) for name, ran, begun in rows]


def _late(timed: Any, ran_at: datetime | None, begun: datetime | None, at: datetime) -> bool:
    """Its last moment, some grace ago, came after it last ran and after this copy of Haven began to work at all.

    The queue counts its moments in UTC.
    """
    last: datetime = timed.croniter.get_prev(datetime, start_time=(at - GRACE).astimezone(UTC))
    since = ran_at or begun
    return since is None or since < last
