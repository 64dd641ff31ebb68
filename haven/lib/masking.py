"""The mark that stands where something protected was, and putting back what it stood for when a form comes back."""

import re

MARK = "[protected]"
_BESIDE = (24, 12, 6)
"""How many characters on either side a place is found again by in the text as it was: many at first, then fewer. Never
fewer than the last: whoever tries single letters beside a mark would be told, piece by piece, what stands behind it."""


def put_back(typed: str, original: str) -> str | None:
    """What was typed, with every mark replaced by what stood there in the original; None where that cannot be told.

    A form shows a text with its protected parts masked: saving it must not overwrite them with the mark. What is fewer
    characters than it takes to find a place by is the beginning or the end of the whole text, or cannot be told.
    """
    pieces = typed.split(MARK)
    if not all(pieces[1:-1]):
        return None
    whole = re.compile("(.{1,300}?)".join(map(re.escape, pieces)), re.DOTALL)
    if whole.fullmatch(original):
        return original
    told, last = pieces[0], len(pieces) - 1
    for place, after in enumerate(pieces[1:], start=1):
        starts, ends = place == 1, place == last
        tries = (
            _between(_left(pieces[place - 1], size, starts), _right(after, size, ends), original) for size in _BESIDE
        )
        hidden = next((each for each in tries if each is not None), None)
        if hidden is None:
            return None
        told += hidden + after
    return told


def _left(before: str, size: int, starts: bool) -> str | None:
    """The pattern of what stands before a place; all of it from the beginning, where it is short."""
    if len(before) >= size:
        return re.escape(before[-size:])
    return rf"\A{re.escape(before)}" if starts else None


def _right(after: str, size: int, ends: bool) -> str | None:
    """The pattern of what stands after a place; all of it to the end, where it is short."""
    if len(after) >= size:
        return re.escape(after[:size])
    return rf"{re.escape(after)}\Z" if ends else None


def _between(start: str | None, end: str | None, original: str) -> str | None:
    """What stands between the two in the original, where that is in one place only."""
    if start is None or end is None:
        return None
    found = re.findall(f"{start}(.{{1,300}}?){end}", original, re.DOTALL)
    return found[0] if len(found) == 1 else None
