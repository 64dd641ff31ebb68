"""The first screen of a case: the eight things a worker must know before doing anything (PR-29), in that order.

1 who, language, safe contact, flags · 2 hold or restriction · 3 where now, with whom, children · 4 what they want, in
their words; capacity; who speaks with them · 5 risk today and what keeps them safe · 6 what is due next, worker and
manager · 7 alleged source of harm · 8 decisions with reasons. The process adds what only it knows through
`Pathway.at_a_glance`: hold, where, children, wants, wants_on, wants_by, capacity, speaks, risk, safe, danger, next,
facts, told_us.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.desk.facts import CaseFacts, PersonFacts, called, case_facts, person_facts, same_person
from haven.casework.desk.work import stage_name
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import PATHWAYS, Action
from haven.lib.calendar import day_of


@dataclass
class Source:
    """Somebody alleged to have caused harm, and how they stand to the adult."""

    name: str
    relationship: str
    lives_there: str
    knows: str
    standing: str


@dataclass
class Glance:
    """Everything the first screen says."""

    case: Case
    person: PersonFacts
    facts: CaseFacts
    stage: str
    age: int | None
    said: dict[str, Any] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)

    @property
    def restricted(self) -> str:
        """How closely the case is kept, where it is."""
        return "" if self.case.restriction == Restriction.OPEN else self.case.get_restriction_display()

    @property
    def children(self) -> str:
        """Children in the household, from the process or from who is involved."""
        named = [called(row) for row in self.facts.in_role("child")]
        return self.said.get("children") or ", ".join(named)

    @property
    def household(self) -> list[str]:
        """Who lives with the adult, as far as is recorded."""
        there = [row for row in self.person.relationships if row["lives_with"]]
        return [f"{called(row)} ({related(row).lower()})" for row in there]


def related(row: dict[str, Any]) -> str:
    """How they stand to the adult; a bare “not known” beside a name would say nothing."""
    return "relationship not known" if row["kind"] == "not_known" else str(row["label"])


def people_of(*lists: list[dict[str, Any]]) -> set[UUID]:
    """The people whom rows of involvements or relationships name, for the read record."""
    found = (row.get("person_id") or row.get("other_id") for rows in lists for row in rows)
    return {UUID(str(pk)) for pk in found if pk}


def glance_at(case: Case, actor: Actor, at: datetime) -> Glance:
    """The first screen of the case, for this reader."""
    person, facts = person_facts(case.person, actor, day_of(at)), case_facts(case)
    glance = Glance(case, person, facts, stage_name(case), case.person.age_on(day_of(at)))
    pathway = PATHWAYS.get(case.pathway)
    if pathway is not None and pathway.at_a_glance is not None:
        glance.said = pathway.at_a_glance(case, actor)
    glance.sources = sources_of(facts, person)
    return glance


def sources_of(facts: CaseFacts, person: PersonFacts) -> list[Source]:
    """Those alleged to have caused harm: in this case, and by a risk-to link from any other."""
    here = facts.in_role("alleged_source")
    before = [row for row in person.risks if not any(same_person(each, row) for each in here)]
    return [_source(row, person) for row in here] + [_risk(row) for row in before]


def _risk(row: dict[str, Any]) -> Source:
    return Source(called(row), related(row), _yes(row["lives_with"]), "", row["standing"] or "Risk named before")


def _source(row: dict[str, Any], person: PersonFacts) -> Source:
    link = next((each for each in person.relationships if same_person(row, each)), {})
    standing = row["standing"] or "Alleged"
    stands = related(link) if link else ""
    return Source(called(row), stands, _yes(link.get("lives_with")), _yes(row["knows"]), standing)


def _yes(answer: bool | None) -> str:
    return "not known" if answer is None else "yes" if answer else "no"


def actions_for(case: Case, actor: Actor) -> list[Action]:
    """What this reader may do next in the case, what it waits for first."""
    pathway = PATHWAYS.get(case.pathway)
    steps = pathway.actions(case, actor) if pathway is not None and pathway.actions is not None else []
    return sorted(steps, key=lambda step: not step.main)


@dataclass
class ShownPanel:
    """A panel of the process, filled for this reader."""

    title: str
    template: str
    context: dict[str, Any]


def panels_for(case: Case, actor: Actor) -> dict[str, list[ShownPanel]]:
    """The panels the process has something to say in, by place: `main` and `side`."""
    pathway = PATHWAYS.get(case.pathway)
    shown: dict[str, list[ShownPanel]] = {"main": [], "side": []}
    for panel in pathway.panels if pathway is not None else ():
        context = panel.context(case, actor)
        if context:
            shown.setdefault(panel.place, []).append(ShownPanel(panel.title, panel.template, context))
    return shown
