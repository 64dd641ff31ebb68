"""What a request has shown: gathered while it runs, written as one Read at its end (TR-06)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from haven.casework.events.recording import Statement, read_statement, write_statement

LAST_LOOKS: list[Callable[[HttpRequest, HttpResponse, Statement | None], Statement | None]] = []
"""What looks at every answer before it leaves, and may change it. Each is given the Read still to be written, may ask
its question of the database at the end of that statement, and gives back what is left to write: nothing, then."""


def show(request: HttpRequest, *records: Any) -> None:
    """Say that this answer shows these records (anything with `read_kind` and a primary key).

    The first that a page shows is what the page is about; the watch and the access report rest on that order.
    """
    _shown(request).update({(record.read_kind, record.pk): None for record in records if record is not None})


def show_ids(request: HttpRequest, kind: str, ids: Any) -> None:
    """The same, where only the ids are at hand."""
    _shown(request).update({(kind, pk): None for pk in ids})


def leave(request: HttpRequest, response: HttpResponse, route: str, *, is_a_look: bool) -> None:
    """Before the answer leaves: the last looks at it, and, where it `is_a_look` at people, its Read, even where it
    showed none. One statement for both."""
    read = read_of(request, route) if is_a_look else None
    for look in LAST_LOOKS:
        read = look(request, response, read)
    if read is not None:
        write_statement(read)


def read_of(request: HttpRequest, route: str) -> Statement | None:
    """The Read of this request, still to be written."""
    return read_statement(
        actor=request.actor,  # type: ignore[attr-defined]
        route=route,
        method=request.method or "GET",
        subjects=_shown(request),
        reason=request.__dict__.get("read_reason", ""),
    )


def _shown(request: HttpRequest) -> dict[tuple[str, Any], None]:
    """What was shown so far, each once, in the order it was said."""
    shown: dict[tuple[str, Any], None] = request.__dict__.setdefault("shown", {})
    return shown
