"""Erasing an earlier text: the one change that verification excuses, because it is recorded (UK GDPR Article 17)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from haven.casework.events.kinds import declare
from haven.casework.events.recording import row_of, writing

HISTORY_ERASED = declare(
    "events.history_erased",
    "{actor} erased {rows} earlier texts of a record",
    erasure="Which history and which of its rows; their words and the salt that proved them are gone.",
)


class NotForErasing(RuntimeError):
    """This process was not given the role that erases: the web is not."""


def erase_history(history: str, ids: Iterable[object], *, subject: Any, by: Any, at: datetime) -> None:
    """Delete these rows of a row history and record it, both or neither; call it from an operation.

    The `erasure` role alone may, in a session of its own that can do nothing else: it adds the event and asks the one
    function. It does not wait for the operation's own transaction, whose other changes may still be refused: so it is
    the last thing an operation does. Refused where this process has no such session (NotForErasing).

    What was sealed of the rows stays: a digest under a salt that goes with the row, so it says nothing of the words.
    """
    named = sorted({str(pk) for pk in ids})
    codes = {"history": history, "ids": named, "rows": len(named)}
    row = row_of(HISTORY_ERASED, subject=subject, by=by, at=at, codes=codes)
    with psycopg.connect(_address()) as session:
        session.execute(*writing([row]))
        session.execute("SELECT events_erase_history(%s, %s)", [history, named])


def _address() -> str:
    """The database of this process, as the role that erases."""
    if not settings.DATABASE_ERASURE_URL:
        raise NotForErasing("Set DATABASE_ERASURE_URL where records are erased: the address of the erasure role.")
    return make_conninfo(settings.DATABASE_ERASURE_URL, dbname=connection.get_connection_params()["dbname"])


_ERASED = """
SELECT DISTINCT erased.pk FROM events_event e, jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(e.codes -> 'ids') = 'array' THEN e.codes -> 'ids' ELSE '[]' END) AS erased (pk)
WHERE e.type = %s AND e.codes ->> 'history' = %s AND erased.pk = ANY(%s)
"""


def erased_rows(cursor: Any, history: str, ids: list[str]) -> set[str]:
    """Which of these rows an operation erased."""
    if not ids:
        return set()
    cursor.execute(_ERASED, [HISTORY_ERASED.code, history, ids])
    return {pk for (pk,) in cursor.fetchall()}
