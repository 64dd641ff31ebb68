"""What a report already tells of its concern, carried over when it is taken on: nothing is asked twice (PR-16).

A worker confirms or corrects it on the concern's own pages.
"""

from datetime import datetime
from typing import Any

from haven.casework.contacts.keeping import kept_protected
from haven.casework.contacts.kept import KeptReport
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.people.keeping import in_one_line, keep_how_to_reach
from haven.casework.people.models import SafeContact
from haven.pathways.adults import events
from haven.pathways.adults.models import Concern, HarmType, SourceOfRisk
from haven.pathways.adults.models.told import Told


def facts_of(told: Told) -> dict[str, Any]:
    """The columns of a new concern that the report answers."""
    return {
        "adult_knows": told.knows,
        "adult_wants": told.wants,
        "adult_agrees": told.agrees,
        "care_provider": "service_provider" in told.sources,
        "self_neglect": "self_neglect" in told.types or "self" in told.sources,
    }


def carry(told: Told, concern: Concern, *, by: Actor, at: datetime) -> list[str]:
    """Keep the types, the sources and the safe contact the report gives; what was carried, as codes for the event.

    The one type given is the main one; of several, a worker says which. Safe contact that is already known stands.
    """
    case = concern.case
    only = len(told.types) == 1
    HarmType.objects.bulk_create(HarmType(case=case, code=code, primary=only) for code in told.types)
    SourceOfRisk.objects.bulk_create(SourceOfRisk(case=case, code=code) for code in told.sources)
    safe = told.safe and _keep_safe_contact(concern, told.safe, by=by, at=at)
    carried = {"types": told.types, "sources": told.sources, "wants": told.wants, "safe_contact": safe}
    return [name for name, what in carried.items() if what]


def _keep_safe_contact(concern: Concern, safe: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """How the adult is reached is protected where the report asks it, and where the report itself is kept."""
    case, kept = concern.case, KeptReport.objects.filter(contact=concern.contact_id, lifted_at=None).exists()
    if (kept or kept_protected(concern.contact)) and not hasattr(case.person, "safe_contact"):
        safe = in_one_line(safe) if kept else safe
        held = {"authority_id": case.authority_id, "learnt_in_id": case.pk}
        safe = {**safe, "how": keep_how_to_reach(case.person, safe.get("how", ""), **held, by=by, at=at)}
    defaults = {"authority_id": case.authority_id, **safe}
    _kept, made = SafeContact.objects.get_or_create(person=case.person, defaults=defaults)
    if made:
        never = [name for name in safe if safe[name] is True]
        record(events.SAFE_CONTACT_RECORDED, subject=case, by=by, at=at, codes={"never": never})
    return made
