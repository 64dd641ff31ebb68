"""Adding to what is known of a person. Plain verbs: the operation that calls them records the event.

`learnt_in_id` is the case in which a fact was learnt, wherever there is one: it shows to whom that case shows.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access import wall
from haven.casework.operations.actor import Actor
from haven.casework.operations.versions import change
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import Address, ContactPoint, Flag, Person, Relationship, SafeContact
from haven.lib.calendar import day_of

ON_FACT: list[Callable[[UUID], None]] = []
"""What else happens when a fact that may tell who somebody is or where they live is added: given the person's id."""


def _tell(person: Person) -> None:
    for also in ON_FACT:
        also(person.pk)


def add_person(*, at: datetime, **facts: Any) -> Person:
    """Make the record of somebody not known before; search first (`finding.find_people`)."""
    person = Person(**facts)
    if person.age_estimate is not None and person.age_estimated_on is None:
        person.age_estimated_on = day_of(at)
    person.search_name = person.names_to_search()
    wall.hold(person.pk)
    person.save(force_insert=True)
    _tell(person)
    return person


def amend_person(person: Person, *, version: int | None = None, **facts: Any) -> Person:
    """Correct or complete a person's own facts; a stale form is told so (Stale)."""
    for name, value in facts.items():
        setattr(person, name, value)
    changed = change(person, version=version, search_name=person.names_to_search(), **facts)
    _tell(person)
    return changed


def add_address(
    person: Person,
    *,
    authority_id: UUID,
    by: Actor,
    at: datetime,
    protected: bool = False,
    because: str = "chosen",
    **facts: Any,
) -> Address:
    """Keep an address with its source; an earlier one stays as history.

    A protected one is put away: its words stand in the protected value alone (TR-07).
    """
    address = Address(person=person, authority_id=authority_id, recorded_at=at, protected=protected, **facts)
    address.author_id = by.id if by.is_user else None
    if protected:
        put_away_address(address, by=by, at=at, because=because)
    address.save(force_insert=True)
    _tell(person)
    return address


def put_away_address(address: Address, *, by: Actor, at: datetime, because: str = "chosen") -> None:
    """Move the words of an address into a protected value; the row is then saved by the caller."""
    place = [address.place.name, address.place.address] if address.place else []
    words = ", ".join(part for part in (*place, address.lines) if part)
    text = f"{words}\n{address.postcode}"
    address.protected_value = keep_protected(
        "address", text, authority_id=address.authority_id, person=address.person, source=address.source,
        learnt_in_id=address.learnt_in_id, because=because, by=by, at=at,
    )  # fmt: skip
    address.protected, address.lines, address.postcode, address.place = True, "", "", None


def add_contact_point(
    person: Person,
    *,
    authority_id: UUID,
    kind: str,
    value: str,
    by: Actor,
    at: datetime,
    protected: bool = False,
    because: str = "chosen",
    **facts: Any,
) -> ContactPoint:
    """Keep a telephone number (`phone`, `mobile`) or `email` address with its source; a protected one put away."""
    point = ContactPoint(person=person, authority_id=authority_id, kind=kind, value=value, recorded_at=at, **facts)
    point.author_id = by.id if by.is_user else None
    if protected:
        put_away_number(point, by=by, at=at, because=because)
    point.save(force_insert=True)
    _tell(person)
    return point


def put_away_number(point: ContactPoint, *, by: Actor, at: datetime, because: str = "chosen") -> None:
    """Move a number into a protected value; the row is then saved by the caller."""
    point.protected_value = keep_protected(
        "number", point.value, authority_id=point.authority_id, person=point.person, source=point.source,
        learnt_in_id=point.learnt_in_id, because=because, by=by, at=at,
    )  # fmt: skip
    point.protected, point.value = True, ""


def set_safe_contact(person: Person, *, authority_id: UUID, version: int | None = None, **facts: Any) -> SafeContact:
    """Say how the adult can be reached safely; replaces what was said before, unless it changed meanwhile."""
    found, made = SafeContact.objects.get_or_create(person=person, defaults={"authority_id": authority_id, **facts})
    return found if made else change(found, version=version, **facts)


def add_flag(person: Person, *, authority_id: UUID, kind: str, at: datetime, **facts: Any) -> Flag:
    """Raise a flag with its source and review day."""
    return Flag.objects.create(person=person, authority_id=authority_id, kind=kind, starts_on=day_of(at), **facts)


def name_risk_to(
    person: Person,
    *,
    other: Person,
    kind: str,
    lives_with: bool | None,
    authority_id: UUID,
    learnt_in_id: UUID | None = None,
    at: datetime,
) -> Relationship:
    """Record that `other` may be a source of harm to `person` (PR-22). Closing a case does not end it."""
    return Relationship.objects.create(
        person=person,
        other=other,
        kind=kind,
        lives_with=lives_with,
        risk_to=True,
        authority_id=authority_id,
        learnt_in_id=learnt_in_id,
        from_at=at,
    )


def end_relationship(link: Relationship, *, reasons: str, by: Actor, at: datetime) -> None:
    """End a link, saying why; the database refuses an ending without reasons."""
    link.ended_at, link.ended_by_id, link.ended_reasons = at, by.id, reasons
    link.save(update_fields=["ended_at", "ended_by", "ended_reasons"])
