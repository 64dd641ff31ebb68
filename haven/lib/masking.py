"""The mark that stands where something protected was, and putting back what it stood for when a form comes back."""

import re

MARK = "[protected]"
_BESIDE = (24, 12, 6)
"""How many characters on either side a place is found again by in the text as it was: many at first, then fewer."""


def put_back(typed: str, original: str) -> str | None:
    """What was typed, with every mark replaced by what stood there in the original; None where that cannot be told.

    A form shows a text with its protected parts masked: saving it must not overwrite them with the mark.
    """
    pieces = typed.split(MARK)
    if not all(pieces[1:-1]):
        return None
    whole = re.compile("(.{1,300}?)".join(map(re.escape, pieces)), re.DOTALL)
    if whole.fullmatch(original):
        return original
    told = pieces[0]
    for place, after in enumerate(pieces[1:]):
        tries = (_between(pieces[place][-size:], after[:size], original) for size in _BESIDE)
        hidden = next((each for each in tries if each is not None), None)
        if hidden is None:
            return None
        told += hidden + after
    return told


def _between(before: str, after: str, original: str) -> str | None:
    """What stands between the two in the original, where that is in one place only."""
    end = re.escape(after) if after else "$"
    start = re.escape(before) if before else "^"
    found = re.findall(f"{start}(.{{1,300}}?){end}", original, re.DOTALL)
    return found[0] if len(found) == 1 else None
