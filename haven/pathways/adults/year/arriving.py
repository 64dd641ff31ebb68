"""The report, its first look, and the concern it becomes."""

from random import Random
from typing import Any

from django.db.models import prefetch_related_objects

from haven.casework.contacts.operations import first_look
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_person
from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Concern
from haven.pathways.adults.year import names, narrative
from haven.pathways.adults.year.building import Building
from haven.pathways.adults.year.report import receive_report


def arrive(b: Building) -> Person:
    """Somebody tells us about the adult."""
    person = the_adult(b)
    b.tell = narrative.Teller(b.rng, person.given_name, b.life.adult.woman)
    b.contact = receive_report(b, person)
    return person


def look(b: Building, urgency: str = "") -> None:
    """The first look: safe tonight, how urgent."""
    urgency = urgency or b.rng.choices(("act_now", "today", "routine"), (8, 42, 50))[0]
    unsafe = urgency == "act_now" and b.rng.random() < 0.3
    safe = "no" if unsafe else b.rng.choice(("yes", "yes", "yes", "not_known"))
    words = (
        "Spoke with {name}'s carer; {name} is safe for now." if safe == "yes" else "Tried to ring; a visit is arranged."
    )
    by, at = b.desk.actor, b.life.looked_at
    first_look(b.contact, safe_tonight=safe, urgency=urgency, words=b.tell.fill(words), by=by, at=at)


def accept(b: Building, person: Person) -> Concern:
    """Taken on as a concern."""
    prefetch_related_objects([b.contact], "adults")
    (concern,) = do.accept_report(
        b.contact,
        persons={adult.pk: person for adult in b.contact.adults.all()},
        team=b.team,
        generated_key=b.key or None,
        by=b.desk.actor,
        at=b.life.accepted_at,
    )
    b.case = concern.case
    return concern


def sketch(b: Building) -> Person:
    """The adult as the report describes them; nobody has been looked up or recorded yet."""
    return Person(**facts_of(b))


def facts_of(b: Building) -> dict[str, Any]:
    """Who the plan's adult is: the same facts each time they are asked for."""
    adult = b.life.adult
    rng = Random(f"{b.seed_of_adults or b.key} adult {adult.number}")
    called = names.name(rng, woman=adult.woman)
    return {
        "given_name": called.given,
        "family_name": called.family,
        "date_of_birth": names.born(rng, aged_65_plus=adult.aged_65_plus, on=b.period_end, adult_on=b.period_start),
        "gender": "female" if adult.woman else "male",
        "ethnicity": called.ethnicity if rng.random() < 0.94 else "not_known",
        "language": called.language,
        "interpreter_needed": bool(called.language) and rng.random() < 0.6,
        "primary_support_reason": _support(rng, adult.aged_65_plus),
    }


def the_adult(b: Building) -> Person:
    """The adult: as met before, or made now."""
    adult = b.life.adult
    if adult.number in b.people:
        return Person.objects.get(pk=b.people[adult.number])
    person = add_person(**facts_of(b), at=b.life.received_at)
    rng = Random(f"{person.search_name} {b.key}")
    add_address(
        person,
        authority_id=b.staff.authority.pk,
        lines=names.address(rng),
        postcode=names.postcode(rng),
        source="The report",
        by=b.desk.actor,
        at=b.life.received_at,
    )
    b.people[adult.number] = person.pk
    return person


def allocate(b: Building, concern: Concern) -> None:
    """The named worker."""
    do.allocate_concern(concern, worker=b.worker.user, manager=b.manager.user, by=b.desk.actor, at=b.life.allocated_at)


def _support(rng: Random, aged_65_plus: bool) -> str:
    reasons = ("physical", "memory", "learning_disability", "mental_health", "sensory", "social", "not_known")
    weights = (50, 25, 1, 8, 5, 3, 8) if aged_65_plus else (28, 2, 26, 30, 3, 5, 6)
    return rng.choices(reasons, weights)[0]
