"""Keeping a file: looked at, fingerprinted and put outside the web's reach."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import File

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.documents.events import ADDED
from haven.casework.documents.kinds import kind_of
from haven.casework.documents.models import Document
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal

LARGEST = 25 * 1024 * 1024
"""Bytes, unless HAVEN_LARGEST_FILE says otherwise: what most mail systems carry."""


class FileTooLarge(Refusal):
    """The file is larger than is taken."""


class FileEmpty(Refusal):
    """The file holds nothing."""


class KindNotTaken(Refusal):
    """The file is none of the kinds that are taken, whatever its name says."""


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
) -> Document:
    """Keep a file about a case or a contact, and record that it was added.

    Refused: larger than 25 MB, empty, or none of JPEG, PNG, GIF, HEIC, PDF, Word, Excel, e-mail, text, MP4, MP3.
    """
    content = read_whole(upload)
    kind = kind_of(content)
    if kind is None:
        raise KindNotTaken("We cannot take this kind of file. Send a photo, PDF, Word, Excel, text or e-mail file.")
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(authority_id=authority_id, case=case, contact_id=contact_id, content_type=kind, sha256=sha256)
    document.name, document.size = plain_name(upload.name or ""), len(content)
    document.source_label, document.restriction = source_label, restriction
    document.added_by_id, document.added_at = by.id if by.is_user else None, at
    document.path = put(content, sha256)
    document.save(force_insert=True)
    record(ADDED, subject=document, by=by, at=at, codes={"kind": kind}, digest=document.seal(sha256))
    return document


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


def plain_name(name: str) -> str:
    """The file's own name without its folders and without characters that cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable()).strip()[-200:] or "file"


def files_folder() -> Path:
    """Where files are kept: HAVEN_FILES, or `files` in HAVEN_HOME; never below a folder that is served."""
    return Path(getattr(settings, "HAVEN_FILES", settings.HAVEN_HOME / "files"))


def put(content: bytes, sha256: str) -> str:
    """Write the bytes where their fingerprint says, once; the path within the folder.

    Written aside and renamed, so that a half-written file is never read. A file left by a rolled-back transaction
    harms nothing: the next one with the same bytes uses it.
    """
    path = Path(sha256[:2], sha256[2:4], sha256)
    whole = files_folder() / path
    if not whole.exists():
        whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=whole.parent, delete=False) as aside:
            aside.write(content)
            aside.flush()
            os.fsync(aside.fileno())
        os.replace(aside.name, whole)
    return path.as_posix()


class BytesDamaged(Refusal):
    """What is on the disk is missing or is not what was kept."""


def get(path: str, sha256: str) -> bytes:
    """The bytes kept at the path. Refused (BytesDamaged) where they are not those with this fingerprint any more."""
    whole = files_folder() / path
    content = whole.read_bytes() if path and whole.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BytesDamaged("This file is missing or damaged. Make it again.")
    return content
