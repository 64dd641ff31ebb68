"""Is this person known?: candidates by name, date of birth and postcode, scored and explained, never merged (R-002)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value, prefetch_related_objects
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


def find_people(
    *, name: str = "", date_of_birth: date | None = None, postcode: str = "", limit: int = 10
) -> list[Match]:
    """Who this may be, best first. Any of the three may be missing or wrong; all missing finds nobody."""
    wanted = normalise(name)
    code = postcode.replace(" ", "").upper()
    if not (wanted or date_of_birth or code):
        return []
    matches = [_score(person, wanted, date_of_birth, code) for person in _candidates(wanted, date_of_birth, code)]
    matches = [match for match in matches if match.score >= THRESHOLD]
    return sorted(matches, key=lambda match: -match.score)[:limit]


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


def find_many(asked: Sequence[Asked], limit: int = 5) -> list[list[Match]]:
    """Who each of these may be, in the order asked: two statements however many are asked for."""
    searches = [_search(each, place) for place, each in enumerate(asked) if any(each.parts)]
    if not searches:
        return [[] for _each in asked]
    people: list[Any] = list(searches[0].union(*searches[1:], all=True) if len(searches) > 1 else searches[0])
    prefetch_related_objects(people, "addresses")
    found: list[list[Match]] = [[] for _each in asked]
    for person in people:
        match = _score(person, *asked[person.place_asked].parts)
        if match.score >= THRESHOLD:
            found[person.place_asked].append(match)
    return [sorted(matches, key=lambda match: -match.score)[:limit] for matches in found]


def _search(asked: Asked, place: int) -> QuerySet[Person]:
    wanted, born, code = asked.parts
    near = TrigramSimilarity("search_name", wanted)
    people = Person.objects.filter(_asked(wanted, born, code)).annotate(near=near, place_asked=Value(place))
    return people.order_by("-near").distinct()[:CANDIDATES]


def _asked(wanted: str, born: date | None, code: str) -> Q:
    asked = Q(search_name__trigram_similar=wanted) if wanted else Q()
    asked |= Q(date_of_birth=born) if born else Q()
    return asked | _at(code) if code else asked


def _at(code: str) -> Q:
    """Those of an address that may be searched: neither protected nor restricted (PR-24)."""
    return Q(addresses__postcode=spaced(code), addresses__protected=False, addresses__restriction=Restriction.OPEN)


def _candidates(wanted: str, date_of_birth: date | None, code: str) -> list[Person]:
    asked = Q()
    people = Person.objects.prefetch_related("addresses")
    if wanted:
        asked |= Q(search_name__trigram_similar=wanted)
        people = people.annotate(near=TrigramSimilarity("search_name", wanted)).order_by("-near")
    if date_of_birth:
        asked |= Q(date_of_birth=date_of_birth)
    if code:
        asked |= _at(code)
    return list(people.filter(asked).distinct()[:CANDIDATES])


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
