"""Reading what is new in the read record without ever missing a late commit.

A moment is no mark: a transaction may write at 10:00:00 and commit at 10:00:30, after somebody has read up to 10:00:15.
So the mark is a transaction number. Everything below `pg_snapshot_xmin` had ended when the mark was made, and was seen
then or never will be; what is at or above it is read again. What is read twice must do no harm.
"""

from django.db import connection

from haven.casework.events.looking import Look

_NEW = """
SELECT id, recorded_at, actor_kind, actor_id, route, method, reason FROM events_read
WHERE written_in >= %s::text::xid8 ORDER BY recorded_at, id
"""


def horizon_now() -> int:
    """The oldest transaction that may still be running; take it before reading, keep it after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def new_looks(horizon: int) -> list[Look]:
    """Every look written by a transaction that had not ended at the horizon, oldest first, without its subjects."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [horizon])
        return [Look(*row) for row in cursor.fetchall()]
