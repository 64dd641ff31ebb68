"""What a request has shown: gathered while it runs, written as one Read at its end (TR-06)."""

from typing import Any

from django.http import HttpRequest

from haven.casework.events.recording import record_read


def show(request: HttpRequest, *records: Any) -> None:
    """Say that this answer shows these records (anything with `read_kind` and a primary key).

    The first that a page shows is what the page is about; the watch and the access report rest on that order.
    """
    _shown(request).update({(record.read_kind, record.pk): None for record in records if record is not None})


def show_ids(request: HttpRequest, kind: str, ids: Any) -> None:
    """The same, where only the ids are at hand."""
    _shown(request).update({(kind, pk): None for pk in ids})


def write_read(request: HttpRequest, route: str) -> None:
    """Write the Read of this request, even where a page that may show people showed none."""
    reason = request.__dict__.get("read_reason", "")
    record_read(
        actor=request.actor,  # type: ignore[attr-defined]
        route=route,
        method=request.method or "GET",
        subjects=_shown(request),
        reason=reason,
    )


def _shown(request: HttpRequest) -> dict[tuple[str, Any], None]:
    """What was shown so far, each once, in the order it was said."""
    shown: dict[tuple[str, Any], None] = request.__dict__.setdefault("shown", {})
    return shown
