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
from haven.lib.redacting.pages import CannotBeRead
from haven.lib.redacting.pictures import plain_picture, says_where


class NotScanned(Refusal):
    """No virus scanner has looked at the file; it is opened only after a warning."""


class Infected(Refusal):
    """A file in which a virus was found is never opened."""


class FileDamaged(Refusal):
    """What is on the disk is missing or is not what was kept."""


@dataclass(frozen=True)
class Opened:
    """The bytes of a file and the headers to send with them.

    `whole`: as it was given to us; otherwise a photograph made anew, without where and when it was taken.
    """

    content: bytes
    headers: dict[str, str]
    whole: bool = True


@operation(may="documents.open_document")
def open_document(document: Document, *, warned: bool = False, whole: bool = False, by: Actor, at: datetime) -> Opened:
    """Open a file that was kept about a case or a report.

    A photograph leaves without the place, the day and the camera it was taken with, unless the `whole` of it is asked
    for as evidence. Refused: one not scanned unless the reader was `warned`, one with a virus, one that has changed on
    the disk.
    """
    if document.scan == Document.Scan.INFECTED:
        raise Infected("A virus was found in this file, so it cannot be opened.")
    if document.scan == Document.Scan.NOT_SCANNED and not warned:
        raise NotScanned("No virus scanner has looked at this file. Open it only if you need to.")
    content = read_document(document)
    plain = None if whole else _without_its_place(document, content)
    codes = {"scan": document.scan, "given": "plain" if plain else "whole"}
    record(OPENED, subject=document, by=by, at=at, codes=codes)
    return Opened(plain or content, safe_headers(document), whole=plain is None)


def tells_where(document: Document) -> bool:
    """Whether the file is a photograph that says where it was taken: a worker is told so."""
    return document.content_type.startswith("image/") and says_where(read_document(document))


def _without_its_place(document: Document, content: bytes) -> bytes | None:
    """The photograph made anew; None of anything else, and of a photograph that nothing here can read (HEIC)."""
    if document.content_type not in ("image/jpeg", "image/png"):
        return None
    try:
        return plain_picture(content)[0]
    except CannotBeRead:
        return None


def safe_headers(document: Document) -> dict[str, str]:
    """Headers that make a browser save the file, believe our word for what it is, and run nothing in it."""
    return {
        "Content-Type": document.content_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }


def read_document(document: Document) -> bytes:
    """The bytes as they were kept. Refused (FileDamaged) where they are not those any more."""
    try:
        content = (files_folder() / document.path).read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise FileDamaged("This file is missing or damaged. Tell the people who run Haven.")
    return content
