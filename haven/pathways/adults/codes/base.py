"""What a code is, and the few questions asked of a list of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Code:
    """One entry of a closed list.

    `sac` is the label of the Safeguarding Adults Collection; `rolls_up_to` the code it is counted under where it is
    finer than what is published; `valid_from` and `valid_to` when it may be chosen; `source` who says so.
    """

    code: str
    label: Label
    sac: str = ""
    rolls_up_to: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    hint: Label = ""

    def valid_on(self, day: date) -> bool:
        """May be chosen on this day."""
        return not (self.valid_from and day < self.valid_from) and not (self.valid_to and day > self.valid_to)


Codes = tuple[Code, ...]


def find(codes: Codes, code: str) -> Code | None:
    """The entry with this code, or None."""
    return next((entry for entry in codes if entry.code == code), None)


def is_known(codes: Codes, code: str) -> bool:
    """Stands in the list."""
    return find(codes, code) is not None


def label(codes: Codes, code: str) -> str:
    """What people read; an unset code reads as nothing, an old one as itself."""
    entry = find(codes, code)
    return str(entry.label) if entry else code


def sac_label(codes: Codes, code: str) -> str:
    """The label of the national return, of the code itself or of the one it rolls up to."""
    entry = find(codes, code)
    if entry is None or entry.sac or not entry.rolls_up_to:
        return entry.sac if entry else ""
    return sac_label(codes, entry.rolls_up_to)


def top(codes: Codes, code: str) -> str:
    """The published code this one is counted under (itself where it is one)."""
    entry = find(codes, code)
    return top(codes, entry.rolls_up_to) if entry and entry.rolls_up_to else code


def tops(codes: Codes) -> Codes:
    """The published codes alone, in their published order."""
    return tuple(entry for entry in codes if not entry.rolls_up_to)


def finer(codes: Codes, code: str) -> tuple[str, ...]:
    """This code and every code that rolls up to it: what a figure filters by."""
    return tuple(entry.code for entry in codes if top(codes, entry.code) == code)


def choices(codes: Codes, *, on: date | None = None, only: Iterable[str] | None = None) -> list[tuple[str, Label]]:
    """Pairs for a form field, those valid on the day."""
    wanted = None if only is None else set(only)
    return [
        (entry.code, entry.label)
        for entry in codes
        if (on is None or entry.valid_on(on)) and (wanted is None or entry.code in wanted)
    ]


def values(codes: Codes) -> list[str]:
    """The codes alone: what a database constraint lists."""
    return [entry.code for entry in codes]
