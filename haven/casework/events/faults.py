"""What verification found, and where: table, row and kind.

| Kind | What it says |
|---|---|
| edited | the row is there and says something else than was sealed |
| deleted | the row was sealed and is not there |
| inserted | the row is there, dated or numbered as if it had been sealed, and was not |
| reordered | what the row says stands on another row, or the row stands at another place of the log |
| cut | the head, and with it the end of the log, is not there |
| rehashed | the head does not follow from the one before, has another's signature, or is not the one kept elsewhere |
| head_mismatch | the head kept elsewhere is not one that its own key signed |
| detached | a partition that held rows is not there, or holds other months |
| altered | a column that was sealed is not there |
| unguarded | a trigger that refuses or remembers changes is missing, altered or switched off |
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from haven.casework.events.tables import KEY_BYTES, Sealed

MOST = 10_000
"""Faults that are named one by one; any more are counted."""


class Fault(NamedTuple):
    """One thing that is not as it was sealed."""

    table: str
    id: str
    kind: str


@dataclass
class Faults:
    """Faults as they are found."""

    named: dict[Fault, None] = field(default_factory=dict)
    more: int = 0

    def add(self, table: str, pk: object, kind: str) -> None:
        fault = Fault(table, str(pk), kind)
        if fault in self.named:
            return
        if len(self.named) < MOST:
            self.named[fault] = None
        else:
            self.more += 1

    @property
    def found(self) -> int:
        return len(self.named) + self.more

    def listed(self) -> list[dict[str, Any]]:
        return [fault._asdict() for fault in self.named]


@dataclass
class Differences:
    """The rows of one table that differ: told apart at the end, when both places of a moved row are known."""

    table: Sealed
    missing: dict[bytes, bytes] = field(default_factory=dict)
    extra: dict[bytes, bytes] = field(default_factory=dict)
    edited: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    more: int = 0

    def take(self, sealed: list[bytes], there: list[bytes]) -> None:
        """Entries that were sealed and are not there, and such as are there and were not sealed, of one stretch."""
        lost = {entry[:KEY_BYTES]: entry[KEY_BYTES:] for entry in sealed}
        for entry in there:
            key, leaf = entry[:KEY_BYTES], entry[KEY_BYTES:]
            if key in lost:
                self._keep(self.edited, key, (lost.pop(key), leaf))
            else:
                self._keep(self.extra, key, leaf)
        for key, leaf in lost.items():
            self._keep(self.missing, key, leaf)

    def _keep(self, kept: dict[bytes, Any], key: bytes, value: Any) -> None:
        if len(kept) < MOST:
            kept[key] = value
        else:
            self.more += 1

    def tell(self, faults: Faults, erased: set[str]) -> int:
        """Name every difference; how many of the missing were erased by an operation that recorded it."""
        moved = self.missing.keys() & self.extra.keys()
        gone = {key: self.table.id_of(key) for key in self.missing.keys() - moved}
        excused = [pk for pk in gone.values() if pk in erased]
        before = {sealed for sealed, _ in self.edited.values()}
        kinds = [(key, "reordered" if now in before else "edited") for key, (_, now) in self.edited.items()]
        kinds += [(key, "reordered") for key in moved]
        kinds += [(key, "deleted") for key, pk in gone.items() if pk not in erased]
        kinds += [(key, "inserted") for key in self.extra.keys() - moved]
        for key, kind in sorted(kinds):
            faults.add(self.table.name, self.table.id_of(key), kind)
        faults.more += self.more
        return len(excused)

    def missing_ids(self) -> list[str]:
        return [self.table.id_of(key) for key in self.missing]
