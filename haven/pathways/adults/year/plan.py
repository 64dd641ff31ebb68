"""The plan of a year: every concern's life as codes and moments, adding up to the scenario's numbers exactly.

Pure: no database. What is fixed is counted out and dealt; what is free is drawn by a generator seeded with the
scenario's digest, so that the same file always gives the same year.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from random import Random
from typing import TypeVar

from haven.lib.period import Period
from haven.pathways.adults.year.likeness import like_location, like_source
from haven.pathways.adults.year.scenario import Scenario
from haven.pathways.adults.year.targets import Targets, targets_of

T = TypeVar("T")
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""A moment not yet given, or of a step that does not occur."""


@dataclass(frozen=True)
class Adult:
    """One person at risk, by the facts that are counted. `number` stands for them across their concerns."""

    number: int
    aged_65_plus: bool
    woman: bool


@dataclass
class Life:
    """One concern from its receipt to its end. Enquiry facts are empty where no enquiry is made."""

    number: int = 0
    outcome: str = "not_an_enquiry"
    adult: Adult = field(default_factory=lambda: Adult(0, True, True))
    repeat: bool = False
    source: str = "not_known"
    location: str = "not_known"
    type: str = "not_known"
    allocated_in_time: bool = True
    officer_in_time: bool = True
    police: bool = False
    completed: bool = False
    in_time: bool = True
    risk_identified: bool = False
    risk_outcome: str = ""
    asked: str = ""
    achieved: str = ""
    received_at: datetime = NEVER
    looked_at: datetime = NEVER
    accepted_at: datetime = NEVER
    allocated_at: datetime = NEVER
    decided_at: datetime = NEVER
    officer_at: datetime = NEVER
    authorised_at: datetime = NEVER
    closed_at: datetime = NEVER

    @property
    def is_enquiry(self) -> bool:
        """An enquiry followed, whichever kind: the threshold was met."""
        return self.outcome != "not_an_enquiry"


@dataclass(frozen=True)
class Plan:
    """The whole year: its targets and its lives in order of receipt, numbered from 1."""

    scenario: Scenario
    targets: Targets
    lives: tuple[Life, ...]

    @property
    def period(self) -> Period:
        return self.scenario.period

    def key_of(self, life: Life) -> str:
        """The key of one concern: the scenario's digest and its number."""
        return f"{self.scenario.digest[:40]}:{life.number}"

    @cached_property
    def adult_of(self) -> dict[str, int]:
        """Which adult each key is about."""
        return {self.key_of(life): life.adult.number for life in self.lives}

    @cached_property
    def first_key_of(self) -> dict[int, str]:
        """The key of the concern with which each adult is first met."""
        return {life.adult.number: self.key_of(life) for life in reversed(self.lives)}


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """The items in an order of chance."""
    return rng.sample(items, len(items))


def deal(
    rng: Random,
    counts: Mapping[str, int],
    items: Sequence[T],
    liking: Callable[[T, str], float],
    give: Callable[[T, str], None],
) -> None:
    """Give each item a code so that each code is given exactly as often as counted, likelier where it is liked."""
    left = {code: count for code, count in counts.items() if count}
    for item in shuffled(rng, items):
        codes = list(left)
        code = rng.choices(codes, [left[code] * liking(item, code) for code in codes])[0]
        give(item, code)
        left[code] -= 1
        if not left[code]:
            del left[code]


def draw(rng: Random, counts: Mapping[str, int], fallback: str) -> str:
    """A code by chance, in the proportions of the counts."""
    codes = [code for code, count in counts.items() if count]
    return rng.choices(codes, [counts[code] for code in codes])[0] if codes else fallback


def mark(rng: Random, items: Sequence[Life], how_many: int, name: str, value: bool = True) -> None:
    """Set a fact on so many of the lives, chosen by chance, and its opposite on the others."""
    for place, life in enumerate(shuffled(rng, items)):
        setattr(life, name, value if place < how_many else not value)


def draw_lives(targets: Targets, rng: Random) -> list[Life]:
    """Every life with its codes, before any has a moment."""
    lives = [Life() for _ in range(targets.concerns)]
    enquiries, others = lives[: targets.threshold_met], lives[targets.threshold_met :]
    for place, life in enumerate(enquiries):
        life.outcome = "section_42" if place < targets.section_42 else "other"
    deal_completion(enquiries, targets, rng)
    deal_harm(enquiries, others, targets, rng)
    deal_outcomes(enquiries, targets, rng)
    mark(rng, enquiries[: targets.section_42], targets.s42_allocated, "officer_in_time")
    deal_adults(enquiries, others, targets, rng)
    return lives


def deal_completion(enquiries: Sequence[Life], targets: Targets, rng: Random) -> None:
    """Which enquiries were raised with the police, which completed in the period, and which of these in time."""
    police, completed = targets.raised_with_police, targets.completed
    other_completed = completed - targets.police_completed
    kinds = [(True, True)] * targets.police_completed + [(True, False)] * (police - targets.police_completed)
    kinds += [(False, True)] * other_completed
    kinds += [(False, False)] * (len(enquiries) - len(kinds))
    for life, (raised, done) in zip(enquiries, shuffled(rng, kinds), strict=True):
        life.police, life.completed = raised, done
    for raised, within in ((True, targets.police_within), (False, targets.other_within)):
        mark(rng, [life for life in enquiries if life.completed and life.police is raised], within, "in_time")


def deal_harm(enquiries: Sequence[Life], others: Sequence[Life], targets: Targets, rng: Random) -> None:
    """What happened, where, and who told us. Only enquiries' types and places are counted; the rest follow them."""
    deal(rng, targets.types, enquiries, lambda life, code: 1, lambda life, code: setattr(life, "type", code))
    deal(
        rng,
        targets.locations,
        enquiries,
        lambda life, code: like_location(life.type, code),
        lambda life, code: setattr(life, "location", code),
    )
    for life in others:
        life.type, life.location = draw(rng, targets.types, "neglect"), draw(rng, targets.locations, "own_home")
    deal(
        rng,
        targets.sources,
        [*enquiries, *others],
        lambda life, code: like_source(life.location, code),
        lambda life, code: setattr(life, "source", code),
    )
    for life in others:
        life.police = life.source == "police" or rng.random() < 0.15


def deal_outcomes(enquiries: Sequence[Life], targets: Targets, rng: Random) -> None:
    """What the adult wanted and got, and what became of the risk: exact among the completed, alike among the rest."""
    completed = [life for life in enquiries if life.completed]
    _deal_alike(rng, "asked", targets.asked, completed, [life for life in enquiries if not life.completed])
    _deal_alike(
        rng,
        "achieved",
        targets.achieved,
        [life for life in completed if life.asked == "expressed"],
        [life for life in enquiries if not life.completed and life.asked == "expressed"],
    )
    mark(rng, completed, targets.risk_identified, "risk_identified")
    for life in enquiries:
        if not life.completed:
            life.risk_identified = rng.random() * max(1, targets.completed) < targets.risk_identified
    _deal_risk(enquiries, targets, rng)


def _deal_alike(rng: Random, name: str, counts: Mapping[str, int], exact: Sequence[Life], rest: Sequence[Life]) -> None:
    deal(rng, counts, exact, lambda life, code: 1, lambda life, code: setattr(life, name, code))
    for life in rest:
        setattr(life, name, draw(rng, counts, "not_known"))


def _deal_risk(enquiries: Sequence[Life], targets: Targets, rng: Random) -> None:
    """Removed or reduced is one published number; between the two, three in ten are removed (an assumption)."""
    found = [life for life in enquiries if life.risk_identified]
    completed = shuffled(rng, [life for life in found if life.completed])
    for place, life in enumerate(completed):
        life.risk_outcome = "remained" if place >= targets.risk_removed_or_reduced else _better(rng)
    for life in found:
        if not life.completed:
            life.risk_outcome = _better(rng) if rng.random() < 0.8 else "remained"


def _better(rng: Random) -> str:
    return "removed" if rng.random() < 0.3 else "reduced"


def deal_adults(enquiries: Sequence[Life], others: Sequence[Life], targets: Targets, rng: Random) -> None:
    """Whom each is about: exactly so many distinct adults in enquiries, some of them more than once."""
    aged = shuffled(rng, [place < targets.aged_65_plus for place in range(targets.adults_at_risk)])
    women = shuffled(rng, [place < targets.women for place in range(targets.adults_at_risk)])
    adults = [Adult(number, *facts) for number, facts in enumerate(zip(aged, women, strict=True), start=1)]
    again = rng.choices(adults, k=len(enquiries) - len(adults)) if adults else []
    for life, adult in zip(enquiries, shuffled(rng, [*adults, *again]), strict=True):
        life.adult = adult
    known = max(1, targets.adults_at_risk)
    for place, life in enumerate(others, start=1):
        if adults and rng.random() < 0.12:
            life.adult = rng.choice(adults)
        else:
            old, woman = rng.random() < targets.aged_65_plus / known, rng.random() < targets.women / known
            life.adult = Adult(targets.adults_at_risk + place, old, woman)


def number_lives(lives: Sequence[Life]) -> tuple[Life, ...]:
    """In order of receipt, numbered from 1; an adult met before is a repeat."""
    ordered = sorted(lives, key=lambda life: (life.received_at, life.adult.number))
    seen: set[int] = set()
    for number, life in enumerate(ordered, start=1):
        life.number = number
        life.repeat = life.adult.number in seen
        seen.add(life.adult.number)
    return tuple(ordered)


def plan_year(scenario: Scenario, place: Callable[[list[Life], Targets, Period, Random], None]) -> Plan:
    """The plan of a scenario. `place` gives each life its moments (see `moments`); an impossible mix is refused."""
    targets = targets_of(scenario)
    rng = Random(scenario.digest)
    lives = draw_lives(targets, rng)
    place(lives, targets, scenario.period, rng)
    return Plan(scenario, targets, number_lives(lives))
