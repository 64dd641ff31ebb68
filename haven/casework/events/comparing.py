"""Comparing what was sealed with what is there, a stretch of one table at a time, in memory that does not grow.

Both sides come in the order of their keys; as long as they are the same bytes, nothing else is looked at.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from haven.casework.events.faults import Differences
from haven.casework.events.tables import ENTRY_BYTES, KEY_BYTES

ROWS_IN_A_PART = 4_096


@dataclass(frozen=True)
class Part:
    """Entries that one head sealed in one table. `unlike` is the signed digest where they do not match it."""

    entries: bytes
    unlike: str | None = None

    @property
    def last_key(self) -> bytes:
        return self.entries[-ENTRY_BYTES : KEY_BYTES - ENTRY_BYTES]

    def split(self) -> list[bytes]:
        return [self.entries[at : at + ENTRY_BYTES] for at in range(0, len(self.entries), ENTRY_BYTES)]


NOTHING = Part(b"")


class Live:
    """The entries that are there, in order, some thousands at a time."""

    def __init__(self, runs: Iterator[list[bytes]]) -> None:
        self.runs = runs
        self.ahead: list[bytes] = []
        self.taken = 0

    def upto(self, key: bytes) -> list[bytes]:
        """Take the entries with this key or one before it."""
        while not self.ahead or self.ahead[-1][:KEY_BYTES] <= key:
            more = next(self.runs, None)
            if more is None:
                break
            self.ahead += more
        return self._take(bisect_right(self.ahead, key + b"\xff" * (ENTRY_BYTES - KEY_BYTES)))

    def some(self) -> list[bytes]:
        """Take what was looked ahead at, then one run after another; nothing at the end."""
        self.ahead = self.ahead or next(self.runs, [])
        return self._take(len(self.ahead))

    def rest(self) -> list[bytes]:
        for run in self.runs:
            self.ahead += run
        return self._take(len(self.ahead))

    def _take(self, cut: int) -> list[bytes]:
        taken, self.ahead = self.ahead[:cut], self.ahead[cut:]
        self.taken += cut
        return taken


def compare_streaming(parts: Iterable[Part], live: Live, found: Differences) -> None:
    """One head's parts, which are in order: each against the rows up to its last key."""
    unlike: list[Part] = []
    for part in parts:
        if part.unlike:
            unlike.append(part)
        else:
            _compare(live.upto(part.last_key), part, unlike, found)
            unlike = []
    _compare_rest(live, unlike, found)


def compare_gathered(parts: Iterable[Part], live: Live, found: Differences) -> None:
    """The parts of many small heads, sorted together."""
    every = list(parts)
    sound = [entry for part in every if not part.unlike for entry in part.split()]
    _compare(live.rest(), Part(b"".join(sorted(sound))), [part for part in every if part.unlike], found)


def _compare_rest(live: Live, unlike: list[Part], found: Differences) -> None:
    """What is there past the last key: a little at a time, for somebody may have put a million rows there."""
    if unlike:
        _compare(live.rest(), NOTHING, unlike, found)
    while some := live.some():
        found.take([], some)


def _compare(there: list[bytes], sealed: Part, unlike: list[Part], found: Differences) -> None:
    if not unlike and b"".join(there) == sealed.entries:
        return
    before, now = Counter(sealed.split()), Counter(there)
    missing, extra = sorted((before - now).elements()), sorted((now - before).elements())
    if unlike:
        kept, extra = _settle(extra, unlike)
        missing += kept
    found.take(missing, extra)


def _settle(extra: list[bytes], unlike: list[Part]) -> tuple[list[bytes], list[bytes]]:
    """Rows whose leaves were changed: sound if they still make the signed digests; if not, as the leaves tell them.

    Where the leaves are gone the rows cannot be told apart: the fault is the leaves' own, and names no row.
    """
    runs = [extra[at : at + ROWS_IN_A_PART] for at in range(0, len(extra), ROWS_IN_A_PART)]
    if [hashlib.sha256(b"".join(run)).hexdigest() for run in runs] == [part.unlike for part in unlike]:
        return [], []
    if not all(part.entries for part in unlike):
        return [], []
    before, now = Counter(entry for part in unlike for entry in part.split()), Counter(extra)
    return sorted((before - now).elements()), sorted((now - before).elements())
