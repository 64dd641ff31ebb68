"""Opening a file: by those who may, on the record, and so that a browser cannot run it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from haven.casework.documents.events import OPENED
from haven.casework.documents.keeping import files_folder
from haven.casework.documents.models import Document
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal


class NotScanned(Refusal):
    """No virus scanner has looked at the file; it is opened only after a warning."""


class Infected(Refusal):
    """A file in which a virus was found is never opened."""


class FileDamaged(Refusal):
    """What is on the disk is missing or is not what was kept."""


@dataclass(frozen=True)
class Opened:
    """The bytes of a file and the headers to send with them."""

    content: bytes
    headers: dict[str, str]


@operation(may="documents.open_document")
def open_document(document: Document, *, warned: bool = False, by: Actor, at: datetime) -> Opened:
    """Open a file that was kept about a case or a report.

    Refused: one not scanned unless the reader was `warned`, one with a virus, one that has changed on the disk.
    """
    if document.scan == Document.Scan.INFECTED:
        raise Infected("A virus was found in this file, so it cannot be opened.")
    if document.scan == Document.Scan.NOT_SCANNED and not warned:
        raise NotScanned("No virus scanner has looked at this file. Open it only if you need to.")
    content = _read(document)
    record(OPENED, subject=document, by=by, at=at, codes={"scan": document.scan})
    return Opened(content, safe_headers(document))


def safe_headers(document: Document) -> dict[str, str]:
    """Headers that make a browser save the file, believe our word for what it is, and run nothing in it."""
    return {
        "Content-Type": document.content_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }


def _read(document: Document) -> bytes:
    try:
        content = (files_folder() / document.path).read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise FileDamaged("This file is missing or damaged. Tell the people who run Haven.")
    return content
