"""Where the bytes of files lie: outside the web's reach, under their fingerprint, written whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from haven.casework.operations.refusals import Refusal


class BytesDamaged(Refusal):
    """What is on the disk is missing or is not what was kept."""


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


def get(path: str, sha256: str) -> bytes:
    """The bytes kept at the path. Refused (BytesDamaged) where they are not those with this fingerprint any more."""
    whole = files_folder() / path
    content = whole.read_bytes() if path and whole.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BytesDamaged("This file is missing or damaged. Make it again.")
    return content
