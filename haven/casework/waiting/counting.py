"""How many wait in each state, since when the oldest, how many too long: one statement for all of them (TR-16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Min, Value

from haven.casework.clocks.policies import LocalRules, rules_of
from haven.casework.clocks.waiting import Waiting
from haven.casework.contacts.codes import URGENCIES
from haven.casework.operations.actor import Actor
from haven.casework.waiting.states import states
from haven.lib.calendar import day_of

NOT_SAID = "not_said"
"""The urgency of what nobody has judged yet."""


@dataclass
class HowMany:
    """How many wait, since when the oldest, how many of them too long."""

    n: int = 0
    oldest: datetime | None = None
    late: int = 0

    def add(self, n: int, oldest: datetime | None, late: int) -> None:
        """Count these too."""
        self.n, self.late = self.n + n, self.late + late
        self.oldest = min(filter(None, (self.oldest, oldest)), default=None)


@dataclass
class Standing:
    """One state: what waits in it, and the same by how urgent it is, the most urgent first."""

    waiting: Waiting
    of_all: HowMany = field(default_factory=HowMany)
    by_urgency: dict[str, HowMany] = field(default_factory=dict)

    @property
    def in_words(self) -> list[tuple[str, HowMany]]:
        """Each urgency in words with its count, the most urgent first; what nobody has judged comes before all."""
        order = (NOT_SAID, *URGENCIES)
        words = {NOT_SAID: "Not yet judged", **URGENCIES}
        return [(words[code], self.by_urgency[code]) for code in order if code in self.by_urgency]


def standing_for(actor: Actor, at: datetime) -> list[Standing]:
    """What waits, as far as the actor may see, at each of their authorities by its own limits; nothing is left out."""
    found = {one.code: Standing(one) for one in states()}
    rules = {pk: rules_of(pk) for pk in sorted(actor.authority_ids)}
    for row in _counted(found.values(), rules, actor, at):
        _add(found[row["of_state"]], row)
    return list(found.values())


def standing_at(authority_id: UUID, at: datetime) -> list[Standing]:
    """The same, of everything at one authority, whoever may see it: for alarms. Needs the wall opened for work."""
    found = {one.code: Standing(one) for one in states()}
    for row in _counted(found.values(), {authority_id: rules_of(authority_id)}, None, at):
        _add(found[row["of_state"]], row)
    return list(found.values())


def _add(standing: Standing, row: Mapping[str, Any]) -> None:
    standing.of_all.add(row["n"], row["oldest"], row["late"])
    if standing.waiting.urgency and row["n"]:
        standing.by_urgency.setdefault(row["of_urgency"] or NOT_SAID, HowMany()).add(
            row["n"], row["oldest"], row["late"]
        )


def _counted(
    standings: Iterable[Standing], rules: Mapping[UUID, LocalRules], actor: Actor | None, at: datetime
) -> Iterable[Mapping[str, Any]]:
    today = day_of(at)
    parts = [_part(one.waiting, pk, local, actor, at, today) for one in standings for pk, local in rules.items()]
    return parts[0].union(*parts[1:], all=True) if parts else []


def _part(waiting: Waiting, authority: UUID, local: LocalRules, actor: Actor | None, at: datetime, today: date) -> Any:
    cutoff = at - timedelta(hours=local.amount(waiting.limit, today))
    said = {
        "of_state": Value(waiting.code, output_field=CharField()),
        "of_urgency": F(waiting.urgency) if waiting.urgency else Value("", output_field=CharField()),
    }
    rows = waiting.find(actor).filter(**{waiting.authority: authority}).order_by()
    late = Count("pk", filter=waiting.late(at, cutoff, today))
    named = rows.annotate(**said).values(*said).annotate(n=Count("pk"), oldest=Min(waiting.since), late=late)
    return named.values(*said, "n", "oldest", "late")
