"""The one place that writes events and reads."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from types import NoneType
from typing import Any
from uuid import UUID

from django.db import connection

from haven.casework.events.kinds import EventType
from haven.casework.events.models import Event
from haven.lib.ids import uuid7

CODE = re.compile(r"[\w.:+/-]*")
"""An id, a code, a day, a media type: no spaces, so no name of two words and no narrative."""

_gathered: ContextVar[list[Event] | None] = ContextVar("gathered_events", default=None)


class WordsInAnEvent(ValueError):
    """A programming error: an event is kept for ever, so it may carry ids, codes and numbers only."""


@contextmanager
def gathering() -> Iterator[list[Event]]:
    """Gather the events of one operation and write them in one statement at its end.

    Nested operations gather into the outermost; when it fails nothing is written. Must run inside a transaction.
    """
    outer = _gathered.get()
    if outer is not None:
        yield outer
        return
    events: list[Event] = []
    token = _gathered.set(events)
    try:
        yield events
        _write(events)
    finally:
        _gathered.reset(token)


def record(
    event: EventType,
    *,
    subject: Any,
    by: Any,
    at: datetime,
    case_id: UUID | None = None,
    authority_id: UUID | None = None,
    codes: dict[str, Any] | None = None,
    digest: bytes | None = None,
) -> UUID:
    """Write that something happened. `codes` may hold ids, codes and numbers only; words go into `digest`.

    Refused (WordsInAnEvent) where a code has the shape of words.
    """
    row = row_of(event, subject=subject, by=by, at=at, case_id=case_id, authority_id=authority_id, codes=codes,
                 digest=digest)  # fmt: skip
    events = _gathered.get()
    if events is None:
        _write([row])
    else:
        events.append(row)
    return row.id


def row_of(
    event: EventType,
    *,
    subject: Any,
    by: Any,
    at: datetime,
    case_id: UUID | None = None,
    authority_id: UUID | None = None,
    codes: dict[str, Any] | None = None,
    digest: bytes | None = None,
) -> Event:
    """The row of an event, still to be written."""
    _refuse_words(codes or {})
    return Event(
        type=event.code,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        authority_id=authority_id or getattr(subject, "authority_id", None),
        case_id=case_id or getattr(subject, "case_id", None),
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        codes=codes or {},
        digest=digest,
    )


Statement = tuple[str, list[Any]]
"""SQL and what is filled into it."""

_EVENT_SQL = """
INSERT INTO events_event (
    id, at, type, actor_kind, actor_id, authority_id, case_id, subject_kind, subject_id, codes, digest
)
SELECT x.id, x.at, x.type, x.actor_kind, x.actor_id, x.authority_id, x.case_id, x.subject_kind, x.subject_id, x.codes,
    decode(x.digest, 'hex')
FROM jsonb_to_recordset(%s::jsonb) AS x(
    id uuid, at timestamptz, type text, actor_kind text, actor_id uuid, authority_id uuid, case_id uuid,
    subject_kind text, subject_id uuid, codes jsonb, digest text
)
"""
"""Written by hand, for the ORM asks back what the database filled in, and a wall that lets everybody add to the log
lets only some read it."""

_EVENT_COLUMNS = (
    "id", "at", "type", "actor_kind", "actor_id", "authority_id", "case_id", "subject_kind", "subject_id", "codes",
)  # fmt: skip


def _write(events: list[Event]) -> None:
    if events:
        with connection.cursor() as cursor:
            cursor.execute(*writing(events))


def writing(events: list[Event]) -> Statement:
    """The statement that writes these rows, for whichever session does."""
    rows = [
        {name: getattr(event, name) for name in _EVENT_COLUMNS} | {"digest": event.digest and event.digest.hex()}
        for event in events
    ]
    return _EVENT_SQL, [json.dumps(rows, default=str)]


def _refuse_words(codes: dict[str, Any]) -> None:
    for name, value in codes.items():
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if not isinstance(one, (str, int, float, NoneType)) or not CODE.fullmatch(str(one)):
                raise WordsInAnEvent(f"{name} must be an id, a code or a number")


def history(case_id: UUID, limit: int = 200) -> list[Event]:
    """What happened in a case, newest first."""
    return list(Event.objects.of_case(case_id).order_by("-at", "-id")[:limit])


def history_with(case_id: UUID, subject_kind: str, subject_id: UUID | None, limit: int = 200) -> list[Event]:
    """What happened in a case and to one record that came before it (its report), in one statement."""
    if subject_id is None:
        return history(case_id, limit)
    in_case = Event.objects.of_case(case_id).order_by("-at", "-id")[:limit]
    before = Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id, case_id=None)
    return list(in_case.union(before.order_by("-at", "-id")[:limit], all=True))


def history_of(subject_kind: str, subject_id: UUID, limit: int = 200) -> list[Event]:
    """What happened to one record (a contact, a person), newest first."""
    found = Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return list(found.order_by("-at", "-id")[:limit])


_READ_SQL = """
WITH looked AS (
    INSERT INTO events_read (id, actor_kind, actor_id, route, method, reason) VALUES (%s, %s, %s, %s, %s, %s)
), shown AS (
    INSERT INTO events_readsubject (id, read_id, kind, subject_id)
    SELECT x.id, %s, x.kind, x.subject_id
    FROM jsonb_to_recordset(%s::jsonb) AS x(id uuid, kind text, subject_id uuid)
)
"""


def read_statement(
    *, actor: Any, route: str, method: str, subjects: Iterable[tuple[str, UUID]], reason: str = ""
) -> Statement:
    """The statement that writes who looked at what (TR-06), still without its end: a SELECT, of whatever is asked of
    the database at the same moment."""
    read_id = uuid7()
    rows = [{"id": str(uuid7()), "kind": kind, "subject_id": str(pk)} for kind, pk in subjects]
    return _READ_SQL, [read_id, actor.kind, actor.id, route, method, reason, read_id, json.dumps(rows)]


def write_statement(statement: Statement) -> None:
    """Write the read by itself, where nothing is asked beside it."""
    words, values = statement
    with connection.cursor() as cursor:
        cursor.execute(f"{words} SELECT", values)


def record_read(*, actor: Any, route: str, method: str, subjects: Iterable[tuple[str, UUID]], reason: str = "") -> None:
    """Write who looked at what, in one statement, in the transaction that shows it (TR-06: no row, no page)."""
    write_statement(read_statement(actor=actor, route=route, method=method, subjects=subjects, reason=reason))


_OPENED_SQL = """
SELECT DISTINCT s.subject_id FROM events_readsubject s JOIN events_read r ON r.id = s.read_id
WHERE s.kind = %s AND s.subject_id = ANY(%s) AND r.route = %s AND r.actor_kind = 'user'
"""


def opened_by_somebody(kind: str, ids: Iterable[UUID], *, route: str) -> set[UUID]:
    """Which of these records a named person has opened on the page of this name."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED_SQL, [kind, list(ids), route])
        return {pk for (pk,) in cursor.fetchall()}
