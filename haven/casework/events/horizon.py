"""Reading what is new in the read record without ever missing a late commit.

A moment is no cursor: a transaction may write at 10:00:00 and commit at 10:00:30, after somebody has read up to
10:00:15. So the cursor is a transaction number. Everything below `pg_snapshot_xmin` had ended when the mark was made,
and was seen then or never will be; what is at or above it is read again. What is read twice must do no harm.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from haven.casework.events.looking import Look

MOST_MARKS = 40


@dataclass(frozen=True)
class Horizon:
    """How far the read record has been read: every transaction below `xmin` had ended at the time.

    `marks` say at which moments which transaction number had not been given out yet: so a transaction of at least
    `xmin` wrote its first row after `floor()`, and no older row need be looked at.
    """

    xmin: int
    marks: tuple[tuple[str, int], ...] = field(default=())

    def floor(self) -> datetime | None:
        """The moment before which nothing unread can have been recorded; None while a transaction older than every
        mark still runs, which is so only just after the first mark was made."""
        known = [moment for moment, xmax in self.marks if xmax <= self.xmin]
        return datetime.fromisoformat(max(known)) if known else None


def horizon_now(before: Horizon | None) -> Horizon:
    """The horizon of this transaction's snapshot; take it before reading, keep it after."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint, statement_timestamp() "
            "FROM pg_current_snapshot() AS s"
        )
        xmin, xmax, now = cursor.fetchone()
    marks = (*(before.marks if before else ()), (now.isoformat(), xmax))
    oldest_of_use = max((mark for mark in marks if mark[1] <= xmin), default=marks[0], key=lambda mark: mark[0])
    kept = [mark for mark in marks if mark[0] >= oldest_of_use[0]]
    return Horizon(xmin, tuple(_thinned(kept)))


def _thinned(marks: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """While one long transaction holds the horizon marks pile up: every second of the middle goes, the first stays."""
    return marks if len(marks) <= MOST_MARKS else [marks[0], *marks[1:-1:2], marks[-1]]


# xmin is 32 bits of the writing transaction; the rest is that of the newest one, or one less where it would lie ahead.
_NEW = """
WITH newest AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xid)
SELECT id, recorded_at, actor_kind, actor_id, route, method, reason FROM (
    SELECT r.*, (n.xid >> 32 << 32) + r.xmin::text::bigint AS written, n.xid
    FROM events_read r, newest n WHERE r.recorded_at >= %(floor)s
) AS r
WHERE CASE WHEN written > xid THEN written - (1::bigint << 32) ELSE written END >= %(xmin)s
ORDER BY recorded_at, id
"""


def new_looks(horizon: Horizon, floor: datetime) -> list[Look]:
    """Every look written by a transaction that had not ended at the horizon, oldest first, without its subjects."""
    given: dict[str, Any] = {"xmin": horizon.xmin, "floor": horizon.floor() or floor}
    with connection.cursor() as cursor:
        cursor.execute(_NEW, given)
        return [Look(*row) for row in cursor.fetchall()]
