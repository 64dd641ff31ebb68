"""Asking the read record: what is new in it, who looked at what, and how somebody usually looks.

A read and its subjects are written by one statement, so that their `recorded_at` lie milliseconds apart. Every join
says so (`BESIDE`), and each probe then reaches one month's partition instead of all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

BESIDE = timedelta(minutes=1)
"""Further apart than one statement ever writes."""


@dataclass(frozen=True)
class Look:
    """One answer of Haven: who got it, when, on which page, why, and what it showed; what it is about comes first."""

    id: UUID
    at: datetime
    actor_kind: str
    reader_id: UUID | None
    route: str
    method: str
    reason: str
    subjects: tuple[tuple[str, UUID], ...] = ()

    @property
    def about(self) -> tuple[str, UUID] | None:
        """What the page is about: the first that it showed."""
        return self.subjects[0] if self.subjects else None

    def shown(self, kind: str) -> tuple[UUID, ...]:
        """The records of one kind that it showed."""
        return tuple(pk for found, pk in self.subjects if found == kind)


_COLUMNS = "r.id, r.recorded_at, r.actor_kind, r.actor_id, r.route, r.method, r.reason"

_AT = f"""
SELECT {_COLUMNS}, s.kind, s.subject_id
FROM events_readsubject s
JOIN events_read r ON r.id = s.read_id
    AND r.recorded_at BETWEEN s.recorded_at - %(beside)s::interval AND s.recorded_at + %(beside)s::interval
WHERE s.subject_id = ANY(%(ids)s)
    AND s.recorded_at >= coalesce(%(since)s::timestamptz, '-infinity')
    AND s.recorded_at < coalesce(%(until)s::timestamptz, 'infinity')
ORDER BY s.recorded_at DESC, s.id
"""  # noqa: S608  (our own column names)


def looks_at(subject_ids: Collection[UUID], since: datetime | None = None, until: datetime | None = None) -> list[Look]:
    """Every look that showed one of these records, newest first; `subjects` holds only those asked for.

    From `since` up to, not including, `until`; without them, all there ever were.
    """
    given: dict[str, Any] = {"ids": list(subject_ids), "since": since, "until": until, "beside": BESIDE}
    with connection.cursor() as cursor:
        # The planner cannot know that 2,000 probes of one month each are better than reading every month through.
        cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
        cursor.execute(_AT, given)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_hashjoin = on")
        cursor.execute("SET LOCAL enable_mergejoin = on")
    return _joined(rows)


def _joined(rows: Iterable[Sequence[Any]]) -> list[Look]:
    """Looks from rows of a read and one of its subjects each, in the order in which the reads first appear."""
    heads: dict[UUID, Sequence[Any]] = {}
    subjects: defaultdict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    for row in rows:
        heads.setdefault(row[0], row[:7])
        subjects[row[0]].append((row[7], row[8]))
    return [replace(Look(*head), subjects=tuple(subjects[pk])) for pk, head in heads.items()]


_BY = f"""
SELECT {_COLUMNS} FROM events_read r
WHERE r.actor_kind = 'user' AND r.actor_id = %s AND r.recorded_at >= %s AND r.recorded_at < %s
ORDER BY r.recorded_at DESC LIMIT %s
"""  # noqa: S608


def looks_by(reader_id: UUID, since: datetime, until: datetime, limit: int = 1000) -> list[Look]:
    """What somebody looked at between two moments, newest first, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(_BY, [reader_id, since, until, limit])
        return with_subjects([Look(*row) for row in cursor.fetchall()])


_SUBJECTS = """
SELECT read_id, kind, subject_id FROM events_readsubject
WHERE read_id = ANY(%s) AND recorded_at BETWEEN %s AND %s ORDER BY id
"""


def with_subjects(looks: Sequence[Look]) -> list[Look]:
    """The same looks, with everything they showed; one statement."""
    if not looks:
        return []
    first, last = min(look.at for look in looks), max(look.at for look in looks)
    subjects: defaultdict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, [[look.id for look in looks], first - BESIDE, last + BESIDE])
        for read_id, kind, pk in cursor.fetchall():
            subjects[read_id].append((kind, pk))
    return [replace(look, subjects=tuple(subjects[look.id])) for look in looks]


_THESE = f"SELECT {_COLUMNS} FROM events_read r WHERE r.id = ANY(%s) ORDER BY r.recorded_at DESC"  # noqa: S608


def these_looks(ids: Collection[UUID]) -> list[Look]:
    """The looks with these ids, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_THESE, [list(ids)])
        return with_subjects([Look(*row) for row in cursor.fetchall()])


_HOURS = """
SELECT actor_id, extract(hour FROM recorded_at AT TIME ZONE 'Europe/London')::int, count(*) FROM events_read
WHERE actor_kind = 'user' AND actor_id = ANY(%s) AND recorded_at >= %s AND recorded_at < %s GROUP BY 1, 2
"""


def usual_hours(reader_ids: Collection[UUID], since: datetime, until: datetime) -> dict[UUID, Counter[int]]:
    """At which hours of the London day each of these looked, and how often."""
    found: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, [list(reader_ids), since, until])
        for reader_id, hour, times in cursor.fetchall():
            found[reader_id][hour] = times
    return dict(found)


_PEOPLE = """
SELECT r.actor_id, date_bin(%(span)s::interval, r.recorded_at, %(until)s::timestamptz), count(DISTINCT s.subject_id)
FROM events_read r
JOIN events_readsubject s ON s.read_id = r.id AND s.kind = 'person'
    AND s.recorded_at BETWEEN r.recorded_at - %(beside)s::interval AND r.recorded_at + %(beside)s::interval
WHERE r.actor_kind = 'user' AND r.actor_id = ANY(%(readers)s) AND NOT r.route = ANY(%(lists)s)
    AND r.recorded_at >= %(since)s AND r.recorded_at < %(until)s
GROUP BY 1, 2
"""


def people_opened(
    reader_ids: Collection[UUID], since: datetime, until: datetime, *, span: timedelta, lists: Collection[str]
) -> dict[UUID, list[int]]:
    """How many different people each reader opened in every `span` between the moments in which they opened any,
    counting back from `until`; pages named in `lists` do not count."""
    given: dict[str, Any] = {
        "readers": list(reader_ids),
        "since": since,
        "until": until,
        "span": span,
        "lists": list(lists),
    }
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, given | {"beside": BESIDE})
        for reader_id, _bin, people in cursor.fetchall():
            found[reader_id].append(people)
    return dict(found)


_WORKED = """
SELECT DISTINCT actor_id, case_id FROM events_event
WHERE case_id = ANY(%s) AND actor_kind = 'user' AND at >= %s
"""


def worked_on(case_ids: Collection[UUID], since: datetime) -> set[tuple[UUID, UUID]]:
    """Who recorded anything in which of these cases since then, as (account, case)."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKED, [list(case_ids), since])
        return set(cursor.fetchall())


_COUNTED = """
SELECT count(*) FROM events_read
WHERE actor_kind = 'user' AND actor_id = ANY(%s) AND recorded_at >= %s AND recorded_at < %s
"""


def looks_counted(reader_ids: Collection[UUID], since: datetime, until: datetime) -> int:
    """How often these people looked at anything between two moments."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [list(reader_ids), since, until])
        return int(cursor.fetchone()[0])
