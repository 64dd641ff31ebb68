"""What a request has shown: gathered while it runs, written as one Read at its end (TR-06)."""

from typing import Any

from django.http import HttpRequest

from haven.casework.events.recording import record_read


def show(request: HttpRequest, *records: Any) -> None:
    """Say that this answer shows these records (anything with `read_kind` and a primary key)."""
    shown: set[tuple[str, Any]] = request.__dict__.setdefault("shown", set())
    shown.update((record.read_kind, record.pk) for record in records if record is not None)


def show_ids(request: HttpRequest, kind: str, ids: Any) -> None:
    """The same, where only the ids are at hand."""
    request.__dict__.setdefault("shown", set()).update((kind, pk) for pk in ids)


def write_read(request: HttpRequest, route: str) -> None:
    """Write the Read of this request, even where a page that may show people showed none."""
    subjects = sorted(request.__dict__.get("shown", ()), key=lambda pair: (pair[0], str(pair[1])))
    reason = request.__dict__.get("read_reason", "")
    record_read(
        actor=request.actor,  # type: ignore[attr-defined]
        route=route,
        method=request.method or "GET",
        subjects=subjects,
        reason=reason,
    )
