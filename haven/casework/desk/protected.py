"""What is protected of somebody, as far as the reader may be shown it; and the visit sheet (PR-24)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.desk.facts import PersonFacts, person_facts
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.codes import REVEAL_REASONS
from haven.casework.people.keeping import protected_of
from haven.casework.people.models import ProtectedValue, Reveal
from haven.casework.people.revealing import reveal, words_shown
from haven.lib.calendar import day_of

REASONS = {code: said for code, said in REVEAL_REASONS.items() if code != "visit_sheet"}
"""The reasons offered, one tap each."""


@dataclass
class Kept:
    """One protected value that the reader may be shown: what it is, and the reason already given today."""

    value: ProtectedValue
    label: str
    because: str
    today: str = ""
    words: str = field(default="", repr=False)


def kept_of(values: list[ProtectedValue], case: Case | None, actor: Actor, at: datetime) -> list[Kept]:
    """Those of the values that this reader may be shown for this case: the newest address first, then the newest."""
    values = sorted(values, key=lambda value: (value.kind == "address", value.recorded_at, value.pk), reverse=True)
    for value in values:
        value.case = case
    own = [value for value in values if may(actor, f"people.reveal_{value.kind}", value)]
    given = _given_today(own, case, actor, at) if own else {}
    return [
        Kept(value, value.get_kind_display(), value.get_because_display(), given.get(value.pk, "")) for value in own
    ]


def _given_today(values: list[ProtectedValue], case: Case | None, actor: Actor, at: datetime) -> dict[UUID, str]:
    mine = Reveal.objects.filter(value__in=values, by_id=actor.id, on=day_of(at), case_id=case.pk if case else None)
    return {each.value_id: each.get_reason_display() for each in mine}


def may_end(actor: Actor, case: Case) -> bool:
    """Whether this reader ends protections in this case: a manager of it."""
    return actor.has_role_at(case.authority_id, *DECIDES)


def value_for(pk: UUID, case: Case | None, actor: Actor) -> ProtectedValue:
    """The value, for a reader who may be shown it for this case; to anybody else there is nothing there (TR-03)."""
    value = ProtectedValue.objects.standing().filter(pk=pk).select_related("person").first()
    if value is not None:
        value.case = case
    if value is None or not may(actor, f"people.reveal_{value.kind}", value):
        raise NotAllowed("We could not find that page.")
    return value


def shown_to(value: ProtectedValue, *, reason: str, by: Actor, at: datetime) -> Kept:
    """Reveal the value and give its words, for this one answer."""
    given = reveal(value, reason=reason, by=by, at=at)
    words = words_shown(value, given)
    return Kept(value, value.get_kind_display(), value.get_because_display(), given.get_reason_display(), words)


@dataclass
class VisitSheet:
    """What a worker takes along: where, how to get in, who may be there, how to stay safe."""

    facts: PersonFacts
    kept: list[Kept]

    @property
    def present(self) -> list[dict[str, Any]]:
        """Every address that has not ended, where they are now first, with what was revealed of it."""
        facts = self.facts
        ways = {"now": [facts.now] if facts.now else [], "or": facts.conflicting, "also": facts.also}
        return [{**row, "way": way, "words": self._words(row)} for way, rows in ways.items() for row in rows]

    @property
    def numbers(self) -> list[str]:
        """Their numbers; of a protected one what was revealed, else that it is protected."""
        return [self._words(row) or row["value"] or str(_("protected number")) for row in self.facts.numbers]

    @property
    def entry(self) -> list[Kept]:
        """How to get in."""
        return [each for each in self.kept if each.value.kind == "home_entry"]

    @property
    def reach(self) -> list[Kept]:
        """How to reach them safely, where that is protected."""
        return [each for each in self.kept if each.value.kind == "reach"]

    def _words(self, row: dict[str, Any]) -> str:
        return next((each.words for each in self.kept if str(each.value.pk) == str(row["value_id"])), "")


def visit_sheet(case: Case, *, show: bool, by: Actor, at: datetime) -> VisitSheet:
    """The sheet; with `show`, everything protected of the adult is revealed on it, once a worker, case and day."""
    kept = kept_of(protected_of([case.person_id]), case, by, at)
    if show:
        kept = [shown_to(each.value, reason="visit_sheet", by=by, at=at) for each in kept]
    return VisitSheet(person_facts(case.person, by, day_of(at)), kept)
