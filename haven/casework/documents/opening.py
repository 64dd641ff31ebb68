"""Opening a file: by those who may, on the record, and so that a browser cannot run it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from haven.casework.documents.events import OPENED
from haven.casework.documents.models import Document
from haven.casework.documents.naming import saved_as
from haven.casework.documents.safe_forms import safe_form, safe_name
from haven.casework.documents.storing import BytesDamaged, get
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.redacting.pages import CannotBeRead
from haven.lib.redacting.pictures import plain_picture, says_where


class NotScanned(Refusal):
    """No virus scanner has looked at the file; it is opened only after a warning."""


class Infected(Refusal):
    """A file in which a virus was found is never opened as it came."""


class KeptApart(Refusal):
    """A file that could do harm is not opened before a named person has decided, nor after they said no."""


class HeldForScan(Refusal):
    """A file that waits for the virus scanner is not opened yet."""


class MayTellWhere(Refusal):
    """A photograph or film whose place cannot be taken out is opened only after a warning."""


class FileDamaged(Refusal):
    """What is on the disk is missing or is not what was kept."""


@dataclass(frozen=True)
class Opened:
    """The bytes of a file and the headers to send with them.

    `whole`: as it was given to us; otherwise made anew: a photograph without where and when it was taken, or the safe
    form of a file that was kept apart.
    """

    content: bytes
    headers: dict[str, str]
    whole: bool = True


@operation(may="documents.open_document")
def open_document(document: Document, *, warned: bool = False, whole: bool = False, by: Actor, at: datetime) -> Opened:
    """Open a file that was kept about a case or a report.

    A photograph leaves without the place, the day and the camera it was taken with, unless the `whole` of it is asked
    for as evidence; one that was released leaves in a safe form only. Refused: one that waits or is not to be opened,
    one not scanned or unable to lose its place unless the reader was `warned`, one that has changed on the disk.
    """
    must_be_open(document)
    if not warned:
        _warn(document)
    content = bytes_as_kept(document)
    made, name, kind = _made_anew(document, content, whole)
    given = "whole" if made is None else "safe" if document.state == Document.State.RELEASED else "plain"
    record(OPENED, subject=document, by=by, at=at, codes={"scan": document.scan, "given": given})
    return Opened(content if made is None else made, headers_for(name, kind), whole=made is None)


def must_be_open(document: Document) -> None:
    """Refuse a file that waits, holds a virus, or is not to be opened."""
    if document.state == Document.State.RELEASED:
        return
    if document.scan == Document.Scan.INFECTED:
        raise Infected("A virus was found in this file, so it cannot be opened.")
    if document.state == Document.State.QUARANTINED:
        raise KeptApart("This file is kept apart, because it could do harm. A manager decides what becomes of it.")
    if document.state == Document.State.REJECTED:
        raise KeptApart("A manager decided that this file is not to be opened. Their reasons stand beside it.")
    if document.scan == Document.Scan.HELD:
        raise HeldForScan("This file is held until the virus scanner has looked at it. Try again in a few minutes.")


def _warn(document: Document) -> None:
    if document.state == Document.State.RELEASED:
        return
    if document.scan == Document.Scan.NOT_SCANNED:
        raise NotScanned("No virus scanner has looked at this file. Open it only if you need to.")
    if document.keeps_its_place:
        raise MayTellWhere("This file may say where it was taken. Keep it to yourself and the case.")


def is_openable(document: Document) -> bool:
    """Whether it may be opened at all, after whatever warning."""
    try:
        must_be_open(document)
    except Refusal:
        return False
    return True


def is_readable(document: Document) -> bool:
    """Whether something may be made of it: neither waiting, nor not to be opened, nor opening in a safe form alone."""
    return document.state == Document.State.KEPT and is_openable(document)


def tells_where(document: Document) -> bool:
    """Whether the file says, or may say, where it was taken: a worker is told so. One that waits is not looked into."""
    if document.keeps_its_place:
        return True
    return is_readable(document) and document.content_type.startswith("image/") and says_where(read_document(document))


def _made_anew(document: Document, content: bytes, whole: bool) -> tuple[bytes | None, str, str]:
    """What leaves in place of the bytes as they came (None where they do), its name and kind."""
    if document.state == Document.State.RELEASED:
        made, kind = safe_form(document, content)
        return made, safe_name(document, kind), kind
    plain = None if whole else _without_its_place(document, content)
    return plain, document.name, document.content_type


def _without_its_place(document: Document, content: bytes) -> bytes | None:
    """The photograph made anew; None of anything else, and of a photograph that nothing here can read (HEIC)."""
    if document.content_type not in ("image/jpeg", "image/png"):
        return None
    try:
        return plain_picture(content)[0]
    except CannotBeRead:
        return None


def headers_for(name: str, kind: str) -> dict[str, str]:
    """Headers that make a browser save the file, believe our word for what it is, and run nothing in it."""
    return {
        "Content-Type": kind,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(saved_as(name, kind), safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store, private",
    }


def read_document(document: Document) -> bytes:
    """The bytes as they were kept, for making something of them. Refused: a file that waits, was kept apart or is not
    to be opened; and (FileDamaged) where they are not those any more."""
    must_be_open(document)
    if document.state == Document.State.RELEASED:
        raise KeptApart("This file was kept apart and opens in a safe form only. Add the safe form as a document.")
    return bytes_as_kept(document)


def bytes_as_kept(document: Document) -> bytes:
    """The bytes as they came, whatever they hold: for the safe form, the scanner and the evidence alone."""
    try:
        return get(document.path, document.sha256)
    except BytesDamaged:
        raise FileDamaged("This file is missing or damaged. Tell the people who run Haven.") from None
