"""Erasing an earlier text: the one change that verification excuses, because it is recorded (UK GDPR Article 17)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from haven.casework.events.kinds import declare
from haven.casework.events.recording import record

HISTORY_ERASED = declare(
    "events.history_erased",
    "{actor} erased {rows} earlier texts of a record",
    erasure="Which history and which of its rows; their words and the salt that proved them are gone.",
)


def erase_history(history: str, ids: Iterable[object], *, subject: Any, by: Any, at: datetime) -> None:
    """Delete these rows of a row history and record it. Only the `erasure` role may; call it from an operation.

    What was sealed of the rows stays: a digest under a salt that goes with the row, so it says nothing of the words.
    """
    named = sorted({str(pk) for pk in ids})
    record(HISTORY_ERASED, subject=subject, by=by, at=at, codes={"history": history, "ids": named, "rows": len(named)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_erase_history(%s, %s)", [history, named])


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
