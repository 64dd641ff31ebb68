"""A term in all its spellings: case, accents, spacing, hyphens, line breaks, +44 and 0, the forms of a date.

A text is folded to its letters and digits, each with the place it came from, so that "Whit-\\nlock", "WHITLOCK" and
"Whítlock" are the same and their places in the text are known. A short term (under six letters) must be a word of its
own, so that Ann is not found in planned; a longer one is found anywhere. Whole words are always taken.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MARK = "[redacted]"
"""What stands where words were."""

LONG = 6
"""Letters from which a term is found inside a longer word too."""

_DIGITS = re.compile(r"\d")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class Span:
    """A stretch of a text, from `start` up to `end`, and the term found there."""

    start: int
    end: int
    term: str


def folded(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, in lower case and without accents, and where in it each one stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if part.isalnum():
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def fold(text: str) -> str:
    """The letters and digits of a term alone."""
    return folded(text)[0]


def keys_of(term: str) -> list[str]:
    """What a term is looked for as: itself; a telephone number without its 0 or 44."""
    key = fold(term)
    digits = "".join(_DIGITS.findall(key))
    if len(digits) >= 9 and len(digits) >= len(key) - 1 and digits == key:
        return [digits.removeprefix("0044").removeprefix("44").lstrip("0")]
    return [key] if key else []


def find(text: str, terms: Iterable[str]) -> list[Span]:
    """Where any of the terms stands in the text, in order; overlapping places are joined."""
    letters, places = folded(text)
    found = [
        _widened(text, places[at], places[at + len(key) - 1] + 1, term)
        for term in terms
        for key in keys_of(term)
        for at in _places_of(letters, key)
        if _is_whole(text, places, at, key)
    ]
    return _joined(sorted(found, key=lambda span: (span.start, -span.end)))


def holds(text: str, terms: Iterable[str]) -> list[str]:
    """The terms that the text holds in any spelling."""
    wanted = list(dict.fromkeys(terms))
    return [term for term in wanted if find(text, [term])]


def without(text: str, terms: Iterable[str], mark: str = MARK) -> str:
    """The text with a mark where each of the terms stood."""
    kept, last = [], 0
    for span in find(text, terms):
        kept += [text[last : span.start], mark]
        last = span.end
    return "".join([*kept, text[last:]])


def date_spellings(day: date) -> list[str]:
    """The ways a date is written: 2 May 1943, 2nd May 1943, May 2 1943, 02/05/1943, 2.5.43, 1943-05-02."""
    month, short = day.strftime("%B"), day.strftime("%b")
    numbers = [f"{day.day:02}/{day.month:02}/{day.year}", f"{day.day}/{day.month}/{day.year}", day.isoformat()]
    numbers += [f"{day.day:02}/{day.month:02}/{day.year % 100:02}", f"{day.day}/{day.month}/{day.year % 100:02}"]
    words = [form for name in (month, short) for form in _with_month(day, name)]
    return list(dict.fromkeys([*words, *numbers]))


def _with_month(day: date, name: str) -> list[str]:
    ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return [f"{day.day} {name} {day.year}", f"{day.day}{ending} {name} {day.year}", f"{name} {day.day} {day.year}"]


def _places_of(letters: str, key: str) -> Iterable[int]:
    at = letters.find(key)
    while at >= 0:
        yield at
        at = letters.find(key, at + 1)


def _is_whole(text: str, places: list[int], at: int, key: str) -> bool:
    """A short term begins and ends a word (an s may follow); a long one, or a number of nine digits, need not."""
    if len(key) >= LONG:
        return True
    first, last = places[at], places[at + len(key) - 1]
    if first and (text[first - 1].isalnum() or text[first - 1] in _UNSEEN):
        return False
    after = text[last + 1 : last + 3]
    return not after[:1].isalnum() or (after[0] in "sS" and not after[1:2].isalnum())


def _widened(text: str, start: int, end: int, term: str) -> Span:
    """To the whole of the words it begins and ends in."""
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and (text[end].isalnum() or unicodedata.combining(text[end])):
        end += 1
    return Span(start, end, term)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end), joined[-1].term)
        else:
            joined.append(span)
    return joined
