"""The keys of protected values: a file for each authority in HAVEN_KEYS, outside the database and its backups (TR-37).

A file holds one line for each version, `1 <base64>`, the newest last, and one line `fingerprint <base64>` that stays.
To retire what an authority protected for good, destroy its file. Never in the log, never in an error's words.
"""

import base64
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

BYTES = 32


class KeyMissing(Exception):
    """The key with which something was protected is not in HAVEN_KEYS: put the authority's file back."""


@dataclass(frozen=True)
class Keyring:
    """The keys of one authority, by version; new values are protected under the newest."""

    keys: dict[int, bytes] = field(repr=False)
    fingerprint: bytes = field(repr=False)

    @property
    def newest(self) -> int:
        """The version that protects what comes now."""
        return max(self.keys)

    def key(self, version: int) -> bytes:
        """The key of this version; refused where it has been taken away (KeyMissing)."""
        if version not in self.keys:
            raise KeyMissing(f"Key {version} is missing from this authority's file in HAVEN_KEYS.")
        return self.keys[version]


def keyring_of(authority_id: UUID, *, make: bool = False) -> Keyring:
    """The authority's keys. `make`: make its file, where it has none yet; else it is missing (KeyMissing)."""
    path = _path(authority_id)
    if make and not path.exists():
        _write_new(path, [f"1 {_new()}", f"fingerprint {_new()}"])
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as missing:
        raise KeyMissing("This authority's file is missing from HAVEN_KEYS. Put it back before going on.") from missing


def add_key(authority_id: UUID) -> int:
    """A new version beside the old ones; what is protected from now on is protected under it."""
    newest = keyring_of(authority_id, make=True).newest + 1
    path = _path(authority_id)
    lines = [*path.read_text().split("\n")[:-1], f"{newest} {_new()}"]
    os.replace(_written(path, lines), path)
    return newest


def _path(authority_id: UUID) -> Path:
    return Path(settings.HAVEN_KEYS) / f"protected-{authority_id}.keys"


def _new() -> str:
    return base64.b64encode(secrets.token_bytes(BYTES)).decode()


def _write_new(path: Path, lines: list[str]) -> None:
    """Whole or not at all, and never over one that another worker made meanwhile."""
    made = _written(path, lines)
    try:
        os.link(made, path)
    except FileExistsError:
        return
    finally:
        made.unlink()


def _written(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


@lru_cache(maxsize=64)
def _read(path: Path, _written_at: int) -> Keyring:
    pairs = dict(line.split(" ", 1) for line in path.read_text().splitlines() if line.strip())
    fingerprint = base64.b64decode(pairs.pop("fingerprint"))
    return Keyring({int(version): base64.b64decode(key) for version, key in pairs.items()}, fingerprint)
