"""Making, allocating and joining cases. Plain verbs: the operation that calls them records the event."""

from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access import wall
from haven.casework.access.models import Authority, Conflict, Team, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Allocation, Case, CaseLink, Involvement
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.organisations.models import Organisation
from haven.casework.people.models import Person
from haven.lib.references import new_reference


class HeldByNobodyConcerned(Refusal):
    """Whoever has a conflict of interest with the adult holds no case about them (TR-05)."""


def create_case(
    *,
    pathway: str,
    prefix: str,
    authority: Authority,
    person: Person,
    team: Team,
    stage: str,
    awaits_duty: bool,
    at: datetime,
    contact_id: UUID | None = None,
    urgency: str = "",
) -> Case:
    """Open a case under a reference that reveals nothing: no name, no sequence, no date."""
    case = Case(
        reference=new_reference(prefix),
        pathway=pathway,
        authority=authority,
        person=person,
        team=team,
        stage=stage,
        awaits_duty=awaits_duty,
        opened_at=at,
        contact_id=contact_id,
        urgency=urgency,
    )
    case.save(force_insert=True)
    return case


def involve(
    case: Case,
    *,
    role: str,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    words: str = "",
    **facts: Any,
) -> Involvement:
    """Put a person, an organisation or a description into a role in the case."""
    return Involvement.objects.create(
        case=case, role=role, person=person, organisation=organisation, words=words, from_at=at, **facts
    )


def allocate(
    case: Case, *, user: User, kind: str, at: datetime, manager: User | None = None, version: int | None = None
) -> Allocation:
    """Give the case's concern or enquiry to a named worker; who had it before is kept with the time it ended."""
    if Conflict.objects.live().filter(user=user, person=case.person_id).exists():
        raise HeldByNobodyConcerned("Choose somebody else: this colleague must not hold the case.")
    if case.worker_id is not None:
        Allocation.objects.filter(case=case, kind=kind, until_at=None).update(until_at=at)
    facts: dict[str, Any] = {"worker_id": user.pk}
    if manager is not None:
        facts["manager_id"] = manager.pk
    if case.restriction != Restriction.OPEN:
        wall.hold(case.pk)  # whoever hands it over still has to write that they did
    change(case, version=version, **facts)
    return Allocation.objects.create(case=case, user=user, kind=kind, at=at)


def link(case: Case, other: Case, *, kind: str, at: datetime) -> CaseLink:
    """Join two cases, saying how; joining them twice changes nothing."""
    found, _ = CaseLink.objects.get_or_create(case=case, other=other, kind=kind, defaults={"made_at": at})
    return found
