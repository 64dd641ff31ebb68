"""Deciding what becomes of a file that waits: released, to be opened in a safe form, or not to be opened (TR-17)."""

from datetime import datetime

from haven.casework.documents.events import REJECTED, RELEASED
from haven.casework.documents.models import Document
from haven.casework.events.kinds import EventType
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal


class NothingToDecide(Refusal):
    """Only a file that is kept apart, or that the scanner does not answer for, is decided about."""


class WhyDecided(Refusal):
    """What becomes of evidence is decided with reasons."""

    field = "reasons"


@operation(may="documents.decide_file")
def release_file(document: Document, *, reasons: str, by: Actor, at: datetime) -> Document:
    """Release a file that was kept apart: those who may see it open a safe form of it, made anew.

    The bytes as they came stay where they are and are given to nobody through a page.
    """
    return _decide(document, Document.State.RELEASED, RELEASED, reasons, by, at)


@operation(may="documents.decide_file")
def reject_file(document: Document, *, reasons: str, by: Actor, at: datetime) -> Document:
    """Decide that nobody opens a file that was kept apart. It is not deleted: it may be evidence of who sent it."""
    return _decide(document, Document.State.REJECTED, REJECTED, reasons, by, at)


def _decide(document: Document, state: str, event: EventType, reasons: str, by: Actor, at: datetime) -> Document:
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    held = locked.scan == Document.Scan.HELD and locked.state == Document.State.KEPT
    if locked.state != Document.State.QUARANTINED and not held:
        raise NothingToDecide("Somebody has already decided about this file, or it does not wait any more.")
    if not reasons.strip():
        raise WhyDecided("Write why: what it is, who sent it, what you found out.")
    document.state, document.due_at = state, None
    document.decided_by_id, document.decided_at, document.decided_reasons = by.user_id, at, reasons.strip()
    document.save(update_fields=["state", "due_at", "decided_by", "decided_at", "decided_reasons"])
    record(event, subject=document, by=by, at=at, digest=document.seal(document.decided_reasons))
    return document
