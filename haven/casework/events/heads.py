"""A head as a value: its body, the hash of that, the link from one to the next, the form in which it is printed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = bytes(32)
"""What stands for the head before the first."""

COLUMNS = (
    "id, previous, sealed_at, snapshot::text, written_in::text, parts, counts, forms, doubts, key, next_key, hash, "
    "signature"
)


@dataclass(frozen=True)
class Snapshot:
    """Which transactions were over at one moment: those below `upto`, save those still `open`."""

    upto: int = 0
    open: tuple[int, ...] = ()

    @classmethod
    def read(cls, words: str) -> "Snapshot":
        """From PostgreSQL's own form, xmin:xmax:list."""
        _, upto, listed = words.split(":")
        return cls(int(upto), tuple(int(one) for one in listed.split(",") if one))


@dataclass(frozen=True)
class Head:
    """One row of the heads. `written_in` is the transaction that sealed: a higher number began after `sealed_at`.

    `parts` holds, for each table, the SHA-256 of each run of up to 4,096 entries.

    `counts` are the rows sealed so far; `forms` the columns and partitions of each table where they differ from the
    head before; `doubts` the rows that were dated otherwise than when they were written; `next_key` hands over to
    another key, signed by this one.
    """

    id: int
    previous: bytes
    sealed_at: datetime
    snapshot: str
    written_in: str
    parts: dict[str, list[str]]
    counts: dict[str, int]
    forms: dict[str, Any]
    doubts: list[list[str]]
    key: bytes
    next_key: bytes | None
    hash: bytes = b""
    signature: bytes = b""

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "Head":
        """From a row of COLUMNS."""
        pk, previous, at, snapshot, number, *documents, key, next_key, digest, signature = row
        parts, counts, forms, doubts = (json.loads(one) if isinstance(one, str) else one for one in documents)
        handed = bytes(next_key) if next_key is not None else None
        said = (bytes(previous), at, snapshot, number, parts, counts, forms, doubts, bytes(key), handed)
        return cls(pk, *said, bytes(digest), bytes(signature))

    def is_shaped(self) -> bool:
        """Whether its documents have the form that ours have; somebody else's might say anything."""
        lists = [self.doubts, *(self.parts.values() if isinstance(self.parts, dict) else [None])]
        forms = self.forms.values() if isinstance(self.forms, dict) else [None]
        return (
            isinstance(self.counts, dict)
            and all(isinstance(one, list) for one in lists)
            and all(len(doubt) == 2 for doubt in self.doubts)
            and all(isinstance(form, dict) and isinstance(form.get("columns"), list) for form in forms)
        )

    @property
    def seen(self) -> Snapshot:
        return Snapshot.read(self.snapshot)

    @property
    def key_after(self) -> bytes:
        """The key that must sign the next head."""
        return self.next_key or self.key

    def body_hash(self) -> bytes:
        """SHA-256 of everything the head says, as JSON with sorted keys and no spaces."""
        body = [
            self.id, self.previous.hex(), self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.snapshot, self.written_in, self.parts, self.counts, self.forms, self.doubts, self.key.hex(),
            (self.next_key or b"").hex(),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).digest()

    def link(self) -> bytes:
        """What the next head must carry as `previous`: it holds the signature too, so that none can be swapped."""
        return hashlib.sha256(self.hash + self.signature).digest()

    def printed(self) -> dict[str, Any]:
        """The head to keep elsewhere: the signature is of the 32 bytes of `hash`, by `public_key` (Ed25519)."""
        return {
            "sequence": self.id,
            "hash": self.hash.hex(),
            "signature": self.signature.hex(),
            "public_key": self.key.hex(),
            "counts": self.counts,
            "sealed_at": self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }


def last_head(cursor: Any) -> Head | None:
    """The newest head."""
    cursor.execute(f"SELECT {COLUMNS} FROM events_seal ORDER BY id DESC LIMIT 1")  # noqa: S608  (our own columns)
    row = cursor.fetchone()
    return Head.of(row) if row else None


def heads_in_order(cursor: Any) -> Iterator[Head]:
    """Every head from the first, a few at a time; `cursor` is one that the server keeps open."""
    cursor.execute(f"SELECT {COLUMNS} FROM events_seal ORDER BY id")  # noqa: S608  (our own columns)
    while rows := cursor.fetchmany(500):
        yield from (Head.of(row) for row in rows)
