"""Does this text give a protected value away? Found in any spelling, and masked (TR-07, TR-08). Pure: no database.

    carried_in(letter, [Sought("address", "14 Larch Terrace, ZZ3 7QX")])   # a Found for each place it stands
    masked(note, sought)                                                   # the text with "protected" in those places

Looked for in body, subject, file name, calendar title and the text of an attachment alike: whatever the case, accents,
spacing, punctuation, mark-up and web escapes; the postcode alone, house and street, a distinctive street alone; a
telephone number with 0, +44 or 0044; an e-mail address with "at" and "dot".
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from haven.casework.people.spellings import LOOKS_LIKE_DIGITS, POSTCODE, Spelling, spellings_of
from haven.lib.masking import MARK
from haven.lib.squeezing import Squeezed, squeeze


@dataclass(frozen=True)
class Sought:
    """A value to look for. `kind` is one of those of ProtectedValue; `value_id` says whose, where it is a row's.

    Its text never prints: neither by `repr` nor by `str`.
    """

    kind: str
    text: str = field(repr=False)
    value_id: str = ""

    def __str__(self) -> str:
        return f"protected {self.kind}"


@dataclass(frozen=True)
class Found:
    """One place where a value stands: its kind, which part of it, and from where to where in the text."""

    kind: str
    part: str
    start: int
    end: int
    value_id: str = ""


def carried_in(text: str, values: Iterable[Sought | str]) -> list[Found]:
    """Every place in the text that gives one of the values away, in order. A plain string is told by its shape."""
    sought = [value if isinstance(value, Sought) else guessed(value) for value in values]
    if not (text and sought):
        return []
    letters = squeeze(text)
    digits = letters.letters.translate(LOOKS_LIKE_DIGITS)
    found = [
        Found(value.kind, form.part, *span, value.value_id)
        for value in sought
        for form in _spellings(value.kind, value.text)
        for span in _spans(letters, digits if form.as_digits else letters.letters, form)
    ]
    return sorted(found, key=lambda place: (place.start, -place.end))


def carries(texts: Iterable[str], values: Iterable[Sought | str]) -> bool:
    """Whether any of the texts gives any of the values away."""
    sought = list(values)
    return any(carried_in(text, sought) for text in texts)


def masked(text: str, values: Iterable[Sought | str], mark: str = MARK) -> str:
    """The text with the mark in place of whatever gives a value away."""
    pieces, done = [], 0
    for start, end in _merged(carried_in(text, values)):
        pieces += [text[done:start], mark]
        done = end
    return "".join([*pieces, text[done:]])


def guessed(text: str) -> Sought:
    """A value of which only the text is known."""
    if "@" in text or sum(map(str.isdecimal, text)) >= 9:
        return Sought("number", text)
    is_place = POSTCODE.search(text) or any(map(str.isdecimal, text)) or "," in text
    return Sought("address" if is_place else "referrer", text)


@lru_cache(maxsize=2048)
def _spellings(kind: str, text: str) -> tuple[Spelling, ...]:
    return tuple(spellings_of(kind, text))


def _spans(letters: Squeezed, where: str, form: Spelling) -> list[tuple[int, int]]:
    if form.needle not in where:
        return []
    spans = (match.span() for match in form.pattern.finditer(where))
    return [letters.span(*span) for span in spans if not form.apart or letters.is_apart(*span)]


def _merged(found: list[Found]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for place in found:
        if spans and place.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], place.end))
        else:
            spans.append((place.start, place.end))
    return spans
