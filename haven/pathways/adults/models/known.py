"""Is this person known?: who an adult of a report may be, and what a duty officer is shown of each (R-002, PR-24)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q

from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.operations.actor import Actor
from haven.casework.people.finding import Asked, Match, find_many
from haven.casework.people.models import Person
from haven.pathways.adults.codes import HARM_TYPES, label
from haven.pathways.adults.models.concern import Concern
from haven.pathways.adults.models.signals import outcome_in_words

NOBODY = UUID(int=0)
"""Nobody's id: what is asked for where nobody was found."""


@dataclass
class Earlier:
    """One concern about a person, as the strip shows it: when, what kind, what became of it, whom to ring."""

    reference: str
    received_at: datetime
    types: str
    outcome: str
    ring: str
    concern_id: UUID
    case_id: UUID
    is_open: bool


@dataclass
class Known:
    """A person who may be the adult: how alike, why, and the strip of earlier concerns."""

    person: Person
    score: int
    reasons: str
    earlier: list[Earlier] = field(default_factory=list)


def known_people(contact: Contact, actor: Actor) -> dict[UUID, list[Known]]:
    """For each adult of the report, those it may be, best first: four statements however many adults.

    Somebody of whom there is nothing but restricted cases is not shown at all (TR-03, PR-05).
    """
    adults = list(contact.adults.all())
    found = find_many([asked_of(adult) for adult in adults])
    people = {match.person.pk for matches in found for match in matches}
    strips, hidden = _strips(people, actor)
    return {
        adult.pk: [_known(match, strips) for match in matches if match.person.pk not in hidden]
        for adult, matches in zip(adults, found, strict=True)
    }


def asked_of(adult: ContactPerson) -> Asked:
    """What the report gives to look for."""
    return Asked(f"{adult.given_name} {adult.family_name}".strip(), adult.date_of_birth, adult.postcode)


def _known(match: Match, strips: dict[UUID, list[Earlier]]) -> Known:
    return Known(match.person, round(match.score), ", ".join(match.reasons), strips.get(match.person.pk, []))


def _strips(people: set[UUID], actor: Actor) -> tuple[dict[UUID, list[Earlier]], set[UUID]]:
    """The strips, and whom to leave out. The same statements run whether anybody was found or not (TR-03)."""
    strips: dict[UUID, list[Earlier]] = {}
    hidden: set[UUID] = set()
    people = people or {NOBODY}
    types = ArrayAgg("case__harm_types__code", filter=Q(case__harm_types__isnull=False), distinct=True, default=[])
    shows = Exists(Case.objects.showing(actor).filter(pk=OuterRef("case_id")))
    rows: Any = Concern.objects.filter(case__person_id__in=people).annotate(types=types, shows=shows)
    for row in rows.order_by("-received_at").select_related("case__worker", "case__manager", "case__team"):
        if row.shows:
            strips.setdefault(row.case.person_id, []).append(_earlier(row))
        else:
            hidden.add(row.case.person_id)
    return strips, (hidden | _kept(people, actor)) - set(strips) | people & actor.conflict_ids


def _kept(people: set[UUID], actor: Actor) -> set[UUID]:
    """Those who have a part in nothing but cases kept from the actor."""
    shows = Exists(Case.objects.showing(actor).filter(pk=OuterRef("case_id")))
    parts = list(
        Involvement.objects.filter(person_id__in=people).annotate(shows=shows).values_list("person_id", "shows")
    )
    return {pk for pk, _shows in parts if pk} - {pk for pk, shown in parts if pk and shown}


def _earlier(row: Any) -> Earlier:
    case = row.case
    return Earlier(
        reference=case.reference,
        received_at=row.received_at,
        types=", ".join(label(HARM_TYPES, code) for code in row.types),
        outcome=outcome_in_words(row),
        ring=_ring(case),
        concern_id=row.pk,
        case_id=row.case_id,
        is_open=case.closed_at is None,
    )


def _ring(case: Any) -> str:
    """The worker, else the manager, else the team, with the number where there is one."""
    who = case.worker or case.manager
    if who is None:
        return case.team.name
    return f"{who.name}, {who.telephone}" if who.telephone else who.name
