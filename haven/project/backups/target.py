"""The folder backups go to, and what is in it.

    bases/<moment>/database.age   the whole server, as pg_basebackup writes it
    bases/<moment>/keys.age       the keys, alone, so that they may be kept elsewhere
    bases/<moment>/manifest.json  when, how much, the signed head of the log; nobody's name
    wal/<segment>.age             every change since, in the order it was made; the newest is written over as it grows
    files/<path>.age              every document, once

Nothing here is ever changed but the newest segment, and nothing is ever deleted: how long backups are kept is for the
folder's own rules, so that whoever holds this machine cannot take them away (TR-34).
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from haven.lib.age import Sealing
from haven.project.backups.refusals import BackupRefused

NAMED = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True)
class Base:
    """One copy of the whole server. `counts` are the rows of tables that only grow, before and after it was made."""

    name: str
    began_at: str
    ended_at: str
    first_segment: str
    counts: dict[str, tuple[int, int]]
    head: dict[str, Any] = field(default_factory=dict)
    bytes: int = 0
    seconds: float = 0.0

    @property
    def usable_from(self) -> datetime:
        """The first moment that can be restored from it: its own end."""
        return datetime.fromisoformat(self.ended_at)


@dataclass(frozen=True)
class Target:
    """A folder, best on another machine or a disk that only takes writes."""

    folder: Path

    @property
    def wal(self) -> Path:
        return self.folder / "wal"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    def base_folder(self, name: str) -> Path:
        return self.folder / "bases" / name

    def bases(self) -> list[Base]:
        """Every finished base, the oldest first. One that was broken off has no manifest and is not among them."""
        found = sorted((self.folder / "bases").glob("*/manifest.json"))
        return [_read(path) for path in found]

    def base_for(self, to: datetime | None) -> Base:
        """The newest base from which this moment can be reached; the newest of all, where none is given."""
        bases = [base for base in self.bases() if to is None or base.usable_from <= to]
        if not bases:
            when = f" from before {to:%Y-%m-%d %H:%M:%S %z}" if to else ""
            raise BackupRefused(f"There is no finished backup{when} in {self.folder}.")
        return bases[-1]

    def finish(self, base: Base) -> None:
        """Say that a base is whole: its manifest is written last."""
        with written(self.base_folder(base.name) / "manifest.json") as file:
            file.write(json.dumps(asdict(base), indent=2, sort_keys=True).encode())

    def segments(self) -> dict[str, Path]:
        """The segments there are, by name; one that is still growing counts only where it is not there whole."""
        grown = {path.name.removesuffix(".partial.age"): path for path in self.wal.glob("*.partial.age")}
        whole = {path.name.removesuffix(".age"): path for path in self.wal.glob("*.age") if ".partial" not in path.name}
        return {**grown, **whole}


def _read(path: Path) -> Base:
    facts = json.loads(path.read_text())
    facts["counts"] = {table: (low, high) for table, (low, high) in facts["counts"].items()}
    return Base(**facts)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Write a file whole or not at all, and onto the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def sealed(path: Path, public_key: str) -> Iterator[Sealing]:
    """The same, encrypted."""
    with written(path) as file:
        sealing = Sealing(file, public_key)
        yield sealing
        sealing.close()
