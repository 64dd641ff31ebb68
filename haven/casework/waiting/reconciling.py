"""Counted in, counted out: received = open + decided + merged + refused, per channel and day (TR-15).

`received` is counted in the append-only log of events, the rest in the reports as they stand: two tables written by
different statements, of which the first cannot be changed. Where they differ something was lost, or came in unrecorded.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

_COUNTED = """
WITH came AS (
    SELECT e.codes->>'channel' AS channel, (e.at AT TIME ZONE 'Europe/London')::date AS day,
        count(DISTINCT e.subject_id) AS received
    FROM events_event e
    WHERE e.type = 'contacts.received' AND NOT (e.codes ? 'repeat') {of_events}
    GROUP BY 1, 2
), stands AS (
    SELECT c.channel, (c.received_at AT TIME ZONE 'Europe/London')::date AS day,
        count(*) FILTER (WHERE c.state IN ('received', 'looked_at')) AS open,
        count(*) FILTER (WHERE c.state = 'accepted') AS decided,
        count(*) FILTER (WHERE c.state = 'merged') AS merged,
        count(*) FILTER (WHERE c.state = 'refused') AS refused
    FROM contacts_contact c WHERE true {of_contacts}
    GROUP BY 1, 2
)
SELECT channel, day, coalesce(received, 0), coalesce(open, 0), coalesce(decided, 0), coalesce(merged, 0),
    coalesce(refused, 0)
FROM came FULL JOIN stands USING (channel, day) ORDER BY day, channel
"""


@dataclass(frozen=True)
class Day:
    """One channel on one day: how many came, and where each of them is now."""

    channel: str
    day: date
    received: int
    open: int
    decided: int
    merged: int
    refused: int

    @property
    def balanced(self) -> bool:
        """Everything that came is somewhere, and nothing is there that did not come."""
        return self.received == self.open + self.decided + self.merged + self.refused

    def as_json(self) -> dict[str, Any]:
        """In the form others rely on."""
        return {**asdict(self), "day": self.day.isoformat(), "balanced": self.balanced}


def reconcile(*, authority_ids: Iterable[UUID] | None = None, from_moment: datetime | None = None) -> list[Day]:
    """Each channel on each day. Counts everything: the wall must be lifted where a page asks, for a number alone."""
    empty: list[Any] = []
    of_events, of_contacts, given = "", "", empty
    if authority_ids is not None:
        of_events, of_contacts = " AND e.authority_id = ANY (%s)", " AND c.authority_id = ANY (%s)"
        given.append(list(authority_ids))
    if from_moment is not None:
        of_events, of_contacts = f"{of_events} AND e.at >= %s", f"{of_contacts} AND c.received_at >= %s"
        given.append(from_moment)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(of_events=of_events, of_contacts=of_contacts), [*given, *given])
        return [Day(*row) for row in cursor.fetchall()]
