"""Having kept files scanned, as often as it takes: held until the scanner answers, never passed, never lost (TR-17)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.casework.access import wall
from haven.casework.documents import waiting
from haven.casework.documents.events import SCANNED
from haven.casework.documents.models import Document
from haven.casework.documents.scanner import Scanned, ScannerSilent, ask_scanner, is_listening
from haven.casework.documents.storing import BytesDamaged, get
from haven.casework.events.recording import gathering, record
from haven.casework.operations.actor import Actor

AT_ONCE = 100
"""Files of one round of the sweep; the next minute has another."""


def scan(document_id: UUID, at: datetime) -> bool:
    """Ask the scanner about one file and keep its answer; safe to run twice. False where it gave none.

    The scanner is asked between two transactions, so that a slow one holds nothing up.
    """
    with transaction.atomic():
        wall.open_to_all("which authority a file belongs to, for a job carries its id alone")
        document = Document.objects.to_scan().filter(pk=document_id).first()
    if document is None:
        return True
    try:
        answer = ask_scanner(get(document.path, document.sha256))
    except (ScannerSilent, BytesDamaged):
        return False
    with transaction.atomic(), gathering():
        wall.open_for_work("keeping what the scanner said of one file", document.authority_id)
        held = Document.objects.select_for_update(of=("self",)).to_scan().filter(pk=document_id).first()
        if held is not None:
            keep_answer(held, answer, at)
    return True


def keep_answer(document: Document, answer: Scanned, at: datetime) -> None:
    """Clean, and openable where nothing else was found; or infected, and kept apart for a named person to decide."""
    document.scan = Document.Scan.CLEAN if answer.is_clean else Document.Scan.INFECTED
    document.virus = answer.virus
    if answer.is_clean:
        document.due_at = document.due_at if document.state == Document.State.QUARANTINED else None
    elif document.state != Document.State.REJECTED:
        document.findings = sorted({*document.findings, "virus"})
        document.state, document.due_at = Document.State.QUARANTINED, waiting.decision_due(at)
        document.warned_at = None
    document.save(update_fields=["scan", "virus", "findings", "state", "due_at", "warned_at"])
    by = Actor.job("virus scan", frozenset({document.authority_id}))
    record(SCANNED, subject=document, by=by, at=at, codes={"scan": document.scan})


def scan_waiting(at: datetime) -> int:
    """Ask again about every file no scanner has answered for, longest waiting first; how many were answered.

    One file that it never answers for (larger than its own limit) holds up no other; a scanner that is down is asked
    again in a minute, not a hundred times now.
    """
    with transaction.atomic():
        wall.open_to_all("files that no scanner has answered for, at any authority")
        left = list(Document.objects.to_scan().order_by("added_at").values_list("pk", flat=True)[:AT_ONCE])
    answered = 0
    for pk in left:
        if scan(pk, at):
            answered += 1
        elif not is_listening():
            break
    return answered
