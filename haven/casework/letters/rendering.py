"""What one recipient may see of what is written for several: pure, the same answer for the same facts (TR-10).

A part is shown whole or not at all. Words of somebody else inside a part are left out by a neutral mark, or shown with
whose they are (TR-11).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from haven.casework.access.restrictions import Restriction
from haven.casework.letters.codes import FOR_THE_ADULT, LEVELS
from haven.casework.people.protecting import Sought, carried_in
from haven.lib.redacting.spelling import fold, holds
from haven.lib.text import normalise
from haven.lib.verbatim import stretches

QUOTE_LEFT_OUT = "[Words that came from somebody else are left out here.]"

MAY_BE_NAMED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        FOR_THE_ADULT,
        ("adult", "alleged_source", "household", "carer", "representative", "advocate", "appropriate_person",
         "attorney", "worker", "provider", "gp"),
    ),
    "agency": ("adult", "alleged_source", "household", "carer", "child", "representative", "advocate",
               "appropriate_person", "attorney", "worker", "provider", "gp", "witness"),
    "provider": ("adult", "alleged_source", "representative", "advocate", "worker", "provider", "gp"),
    "referrer": ("adult",),
}  # fmt: skip
"""Whom else a part may speak of, by who it goes to. Anybody not listed may read only of themselves: another resident,
the person alleged to have caused harm, somebody else (PR-14). Who told us is in nobody's list."""


@dataclass(frozen=True)
class Piece:
    """One part of what is written, as the rules look at it."""

    id: UUID
    heading: str
    text: str
    about: frozenset[UUID] = frozenset()
    source_label: str = ""
    restriction: str = Restriction.OPEN
    level: str = "outcome"
    audience: frozenset[str] = frozenset()
    needs_agreement: bool = False


@dataclass(frozen=True)
class Reader:
    """One who is to have it. `linked`: there is a risk-to link between them and the adult, or somebody near."""

    kind: str
    name: str
    level: str
    person_id: UUID | None = None
    adult_agrees: bool = False
    linked: bool = False


@dataclass(frozen=True)
class Named:
    """Somebody a part might speak of: what they are called, and their role (`other_adult`: of a linked case)."""

    role: str
    terms: tuple[str, ...]
    person_id: UUID | None = None


@dataclass(frozen=True)
class Source:
    """Words of somebody else that a part might quote."""

    label: str
    words: str
    restriction: str = Restriction.RESTRICTED
    confidential: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of the case that decides what may be shown."""

    people: tuple[Named, ...] = ()
    sources: tuple[Source, ...] = ()
    protected: tuple[Sought | str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What one recipient gets, and what not and why. `quotes`: in how many places words of others were left out."""

    pieces: tuple[tuple[Piece, str], ...] = ()
    left_out: tuple[tuple[Piece, str], ...] = ()
    quotes: int = 0
    words: str = field(default="")


def shown_to(reader: Reader, pieces: Sequence[Piece], facts: Facts) -> Shown:
    """The parts this reader may see, in order, with the words of others left out or marked with whose they are."""
    kept, left, quotes = [], [], 0
    for piece in pieces:
        why = why_not(piece, reader, facts)
        if why:
            left.append((piece, why))
            continue
        text, cut = quoted(piece.text, reader, facts.sources)
        quotes += cut
        kept.append((piece, text))
    words = "\n\n".join("\n\n".join(filter(None, (piece.heading, text.strip()))) for piece, text in kept)
    return Shown(tuple(kept), tuple(left), quotes, words)


def why_not(piece: Piece, reader: Reader, facts: Facts) -> str:
    """Why this reader does not get this part; empty where they do."""
    whole = f"{piece.heading}\n{piece.text}"
    tests = (
        ("restricted", piece.restriction != Restriction.OPEN),
        ("source", bool(piece.source_label) and not _may_have_of(piece, reader)),
        ("audience", bool(piece.audience) and reader.kind not in piece.audience),
        ("level", _rank(piece.level) > _rank(reader.level)),
        ("agreement", piece.needs_agreement and not reader.adult_agrees and reader.kind not in FOR_THE_ADULT),
        ("protected", not _may_know_protected(reader) and bool(carried_in(whole, facts.protected))),
        ("names_another", bool(_others(piece, whole, reader, facts.people))),
    )  # fmt: skip
    return next((code for code, holds_back in tests if holds_back), "")


def quoted(text: str, reader: Reader, sources: Iterable[Source]) -> tuple[str, int]:
    """The text with the words of others left out or labelled, and how many places were left out."""
    cut = 0
    for source in sources:
        ours = _is_source(source.label, reader) and not source.confidential
        for start, end in reversed(stretches(text, source.words)):
            if source.confidential or (source.restriction != Restriction.OPEN and not ours):
                text, cut = text[:start] + QUOTE_LEFT_OUT + text[end:], cut + 1
            elif not ours:
                text = f"{text[:end]} [from {source.label}]{text[end:]}"
    return text, cut


def _rank(level: str) -> int:
    return list(LEVELS).index(level)


def _may_have_of(piece: Piece, reader: Reader) -> bool:
    """Words of somebody else go back to whose they are, and to those the part says they are for."""
    return _is_source(piece.source_label, reader) or reader.kind in piece.audience


def _is_source(label: str, reader: Reader) -> bool:
    return bool(reader.name) and normalise(reader.name) in normalise(label)


def _may_know_protected(reader: Reader) -> bool:
    return not reader.linked and reader.kind in (*FOR_THE_ADULT, "agency")


def _others(piece: Piece, whole: str, reader: Reader, people: Iterable[Named]) -> list[Named]:
    """Those the part speaks of whom this reader may not read about."""
    may = MAY_BE_NAMED.get(reader.kind, ())
    own = fold(reader.name)
    return [
        named
        for named in people
        if named.role not in may
        and (named.person_id is None or named.person_id != reader.person_id)
        and (named.person_id in piece.about or holds(whole, [term for term in named.terms if fold(term) not in own]))
    ]
