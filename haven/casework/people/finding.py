"""Is this person known?: candidates by name, date of birth and postcode, scored and explained, never merged (R-002)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from rapidfuzz import fuzz

from haven.casework.access.restrictions import Restriction
from haven.casework.people.models import Address, Person
from haven.lib.text import normalise

CANDIDATES = 60
"""Enough that the right one is among them, few enough to score at once."""

THRESHOLD = 45.0
"""Below this score (0–100) a candidate is not worth a worker's time."""


@dataclass
class Match:
    """One person who may be the one meant, how sure (0–100), and why."""

    person: Person
    score: float
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What is known of one person who is looked for."""

    name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""

    @property
    def parts(self) -> tuple[str, date | None, str]:
        """The three as searches compare them."""
        return normalise(self.name), self.date_of_birth, self.postcode.replace(" ", "").upper()


def find_people(
    *, name: str = "", date_of_birth: date | None = None, postcode: str = "", limit: int = 10
) -> list[Match]:
    """Who this may be, best first. Any of the three may be missing or wrong; all missing finds nobody."""
    return find_many([Asked(name, date_of_birth, postcode)], limit)[0]


def find_many(asked: Sequence[Asked], limit: int = 5) -> list[list[Match]]:
    """Who each of these may be, in the order asked: two statements however many are asked for."""
    wanted = [each.parts for each in asked]
    if not any(any(parts) for parts in wanted):
        return [[] for _each in asked]
    people: list[Any] = _candidates(wanted)
    prefetch_related_objects(people, "addresses")
    found: list[list[Match]] = [[] for _each in asked]
    for person in people:
        match = _score(person, *wanted[person.place_asked])
        if match.score >= THRESHOLD:
            found[person.place_asked].append(match)
    return [sorted(matches, key=lambda match: -match.score)[:limit] for matches in found]


_CANDIDATES = """
SELECT people_person.*, found.place AS place_asked, found.near
FROM haven_find_people(%s::text[], %s::date[], %s::text[], %s) found JOIN people_person ON people_person.id = found.id
ORDER BY found.place, found.near DESC
"""
"""The trigram index is asked past the wall, and the candidates are cut behind it (`access/policies/searching.py`).

By postcode only those of an address that may be searched: neither protected nor restricted (PR-24).
"""


def _candidates(wanted: Sequence[tuple[str, date | None, str]]) -> list[Person]:
    names, births = [name for name, _, _ in wanted], [born for _, born, _ in wanted]
    codes = [spaced(code) for _, _, code in wanted]
    return list(Person.objects.raw(_CANDIDATES, [names, births, codes, CANDIDATES]))


def spaced(code: str) -> str:
    """A postcode as it is kept: upper case with one space before its last three characters."""
    code = code.replace(" ", "").upper()
    return f"{code[:-3]} {code[-3:]}" if len(code) > 4 else code


def _score(person: Person, wanted: str, date_of_birth: date | None, code: str) -> Match:
    match = Match(person, 0.0)
    parts: list[tuple[float, float]] = []
    if wanted:
        near = fuzz.token_sort_ratio(wanted, person.search_name)
        near = max(near, fuzz.token_set_ratio(wanted, person.search_name) * 0.95)
        parts.append((near, 3.0))
        match.reasons += [f"name {near:.0f}% alike"] if near >= THRESHOLD else []
    if date_of_birth and person.date_of_birth:
        parts.append((_birth_score(date_of_birth, person.date_of_birth, match), 2.0))
    codes = [address.postcode.replace(" ", "") for address in person.addresses.all() if _may_be_searched(address)]
    if code and codes:
        same = code in codes
        parts.append((100.0 if same else 30.0, 1.0))
        match.reasons += ["same postcode"] if same else []
    weight = sum(part for _, part in parts)
    match.score = sum(score * part for score, part in parts) / weight if weight else 0.0
    return match


def _may_be_searched(address: Address) -> bool:
    return bool(address.postcode) and not address.protected and address.restriction == Restriction.OPEN


def _birth_score(asked: date, held: date, match: Match) -> float:
    if asked == held:
        match.reasons.append("same date of birth")
        return 100.0
    same = sum([asked.year == held.year, asked.month == held.month, asked.day == held.day])
    if same == 2 or (asked.day == held.month and asked.month == held.day and asked.year == held.year):
        match.reasons.append("date of birth nearly the same")
        return 75.0
    return 10.0
