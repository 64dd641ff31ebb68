"""Keeping a file: looked into, fingerprinted and put outside the web's reach."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import File

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.documents import waiting
from haven.casework.documents.events import ADDED
from haven.casework.documents.jobs import scan_document
from haven.casework.documents.kinds import ANYTHING, kind_of
from haven.casework.documents.models import Document
from haven.casework.documents.naming import plain_name
from haven.casework.documents.scanner import is_configured
from haven.casework.documents.storing import BytesDamaged, files_folder, get, put
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.lib.inspecting.looking import findings_in

__all__ = ["BytesDamaged", "files_folder", "get", "keep_document", "plain_name", "put", "read_whole"]

LARGEST = 25 * 1024 * 1024
"""Bytes, unless HAVEN_LARGEST_FILE says otherwise: what most mail systems carry."""


class FileTooLarge(Refusal):
    """The file is larger than is taken."""


class FileEmpty(Refusal):
    """The file holds nothing."""


class KindNotTaken(Refusal):
    """The file is none of the kinds that are taken, whatever its name says."""


class FileUnsafe(Refusal):
    """The file is of a kind that is taken, and holds something that could harm whoever opens it."""


def keep_document(
    upload: File,  # type: ignore[type-arg]  # bytes
    *,
    authority_id: UUID,
    by: Actor,
    at: datetime,
    case: Case | None = None,
    contact_id: UUID | None = None,
    source_label: str = "",
    restriction: str = Restriction.OPEN,
    quarantine: bool = False,
) -> Document:
    """Keep a file about a case or a contact, and record that it was added.

    Refused: larger than 25 MB, or empty. With `quarantine` nothing else is: what is of no kind that is taken, or could
    harm whoever opens it, is kept apart with its bytes as they came, until a named person decides. Without it those
    are refused too. The kinds: JPEG, PNG, GIF, HEIC, PDF, Word, Excel, e-mail, text, MP4, MP3.
    """
    content = read_whole(upload)
    kind, findings = looked_at(content)
    if findings and not quarantine:
        refuse(kind, findings)
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(authority_id=authority_id, case=case, contact_id=contact_id, content_type=kind, sha256=sha256)
    document.name, document.size, document.findings = plain_name(upload.name or ""), len(content), findings
    document.source_label, document.restriction = source_label, restriction
    document.added_by_id, document.added_at = by.id if by.is_user else None, at
    document.path = put(content, sha256)
    _start_waiting(document, at)
    document.save(force_insert=True)
    codes = {"kind": kind, "state": document.state, "findings": findings}
    record(ADDED, subject=document, by=by, at=at, codes=codes, digest=document.seal(sha256))
    if document.scan == Document.Scan.HELD:
        scan_document.defer(document_id=str(document.pk))
    return document


def looked_at(content: bytes) -> tuple[str, list[str]]:
    """What the bytes are, and the codes of what was found in them that could do harm."""
    kind, findings = kind_of(content), set(findings_in(content))
    return kind or ANYTHING, sorted(findings | (set() if kind else {"unknown_kind"}))


def refuse(kind: str, findings: list[str]) -> None:
    """Say why such a file is not taken, and what to send instead."""
    if kind == ANYTHING:
        raise KindNotTaken("We cannot take this kind of file. Send a photo, PDF, Word, Excel, text or e-mail file.")
    if "encrypted" in findings:
        raise FileUnsafe("This file is locked with a password. Send it without one.")
    raise FileUnsafe("This file could harm whoever opens it. Send a photo or a PDF of what it shows.")


def _start_waiting(document: Document, at: datetime) -> None:
    """Held until a scanner has looked, where there is one; kept apart where something was found."""
    if is_configured():
        document.scan, document.due_at = Document.Scan.HELD, waiting.scan_due(at)
    if document.findings:
        document.state, document.due_at = Document.State.QUARANTINED, waiting.decision_due(at)


def read_whole(upload: File) -> bytes:  # type: ignore[type-arg]
    """The bytes of the file, unless it is empty or larger than is taken."""
    largest = getattr(settings, "HAVEN_LARGEST_FILE", LARGEST)
    if (upload.size or 0) > largest:
        raise FileTooLarge(f"This file is too large. Send one smaller than {largest // (1024 * 1024)} MB.")
    upload.seek(0)
    content = b"".join(upload.chunks())
    if not content:
        raise FileEmpty("This file is empty. Choose another one.")
    return content
