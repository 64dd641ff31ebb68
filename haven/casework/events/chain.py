"""Following the heads from the first to the last: does each say what was signed, and follow from the one before?

Each head's `previous` covers the hash and the signature of the one before, so the last signature stands for them all;
it is looked at first, and every single one only where it is bad. That keeps a log of a million heads quick to follow.
"""

from collections.abc import Iterator
from typing import Any

from haven.casework.events.faults import Faults
from haven.casework.events.heads import FIRST, Head, heads_in_order
from haven.casework.events.keys import is_signed

HEADS = "events_seal"


class Chain:
    """One walk along the heads."""

    def __init__(self, faults: Faults, kept: dict[str, Any] | None) -> None:
        self.faults, self.kept = faults, kept
        self.last: Head | None = None
        self.keys: set[bytes] = set()
        self.doubts: list[list[str]] = []
        self.partitions: dict[str, dict[str, str]] = {}
        self.met = False

    def walk(self, cursor: Any) -> Iterator[tuple[Head, bool]]:
        """Every head, and whether what it says is what it was made with."""
        for head in heads_in_order(cursor):
            if head.id < 1:
                self.faults.add(HEADS, head.id, "inserted")
                continue
            self._find_gap(head.id)
            whole = head.body_hash() == head.hash and head.is_shaped()
            if not whole:
                self.faults.add(HEADS, head.id, "edited")
            elif self.last is not None and head.id == self.last.id + 1:
                self._follow(self.last, head)
            elif self.last is None and head.id == 1 and head.previous != FIRST:
                self.faults.add(HEADS, 1, "rehashed")
            self._compare_with_kept(head)
            if whole:
                self._remember(head)
            self.last = head
            yield head, whole
        self._end()

    def _find_gap(self, number: int) -> None:
        expected = self.last.id + 1 if self.last else 1
        for missing in range(expected, min(number, expected + 10_000)):
            self.faults.add(HEADS, missing, "deleted")

    def _follow(self, last: Head, head: Head) -> None:
        """The link to the head before; where it is broken, the head whose signature is bad is the one at fault."""
        if head.key != last.key_after and last.body_hash() == last.hash:
            self.faults.add(HEADS, head.id, "rehashed")
        elif head.previous != last.link() and last.body_hash() == last.hash:
            bad = [one.id for one in (last, head) if not is_signed(one.key, one.signature, one.hash)]
            for number in bad:
                self.faults.add(HEADS, number, "edited")
            if not bad:
                self.faults.add(HEADS, head.id, "rehashed")

    def _compare_with_kept(self, head: Head) -> None:
        if self.kept is None or head.id != self.kept["sequence"]:
            return
        self.met = True
        if (head.hash.hex(), head.key.hex()) != (self.kept["hash"], self.kept["public_key"]):
            self.faults.add(HEADS, head.id, "rehashed")

    def _remember(self, head: Head) -> None:
        self.keys.add(head.key)
        self.doubts += head.doubts
        for table, form in head.forms.items():
            self.partitions.setdefault(table, {}).update(form.get("partitions", {}))

    def _end(self) -> None:
        if self.kept is not None and not self.met:
            first = self.last.id + 1 if self.last else 1
            for number in range(first, min(self.kept["sequence"], first + 10_000) + 1):
                self.faults.add(HEADS, number, "cut")
        if self.last is not None and not is_signed(self.last.key, self.last.signature, self.last.hash):
            self.faults.add(HEADS, self.last.id, "edited")

    def is_last_signed(self) -> bool:
        last = self.last
        return last is None or is_signed(last.key, last.signature, last.hash)

    def find_badly_signed(self, cursor: Any) -> None:
        """Name every head that its key did not sign: somebody hashed again from there on, without the key."""
        for head in heads_in_order(cursor):
            if not is_signed(head.key, head.signature, head.hash):
                self.faults.add(HEADS, head.id, "edited" if head.body_hash() != head.hash else "rehashed")


def check_kept(kept: dict[str, Any] | None, faults: Faults) -> dict[str, Any] | None:
    """The head that was kept elsewhere, if its own key signed it; a fault and nothing otherwise."""
    if kept is None:
        return None
    try:
        key, signature, signed = (bytes.fromhex(kept[name]) for name in ("public_key", "signature", "hash"))
        sound = is_signed(key, signature, signed) and isinstance(kept["sequence"], int)
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        faults.add(HEADS, kept.get("sequence", "") if isinstance(kept, dict) else "", "head_mismatch")
    return kept if sound else None
