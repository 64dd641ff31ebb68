"""What a delivery was checked against when it was written, and what has changed since: asked at sending (TR-09)."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access import wall
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.deliveries.leaving import Outgoing, given_away, is_linked
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.release import is_released
from haven.casework.deliveries.safety import is_unsafe
from haven.casework.people.models import Address, ContactPoint, Flag, Person, Relationship, SafeContact

WHY = {
    "kept": "something it rests on has changed: ring the guardian before it is sent",
    "unsafe_to_contact": "safe contact has changed since it was written",
    "carries_protected": "it holds something that has been protected since, or that the recipient must not know",
    "linked_since": "the recipient has since been named as a risk, or is close to somebody who is",
    "address": "their address has changed since it was written",
    "numbers": "their telephone number or e-mail address has changed since it was written",
    "flags": "a flag has been raised or ended since it was written",
    "safe": "safe contact has changed since it was written",
    "links": "somebody has been named as a risk to them since, or such a link has ended",
    "died": "the person has died",
}
"""Why something is not sent: what the worker is told, beside “A message was not sent:”."""


def outgoing(delivery: Delivery) -> Outgoing:
    """The delivery as the scan reads it."""
    return Outgoing(
        delivery.channel, delivery.to_address, delivery.subject, delivery.body, delivery.authority_id, delivery.case,
        delivery.contact_id, delivery.person_id, tuple(delivery.known_as),
    )  # fmt: skip


def as_it_stands(delivery: Delivery) -> dict[str, Any]:
    """Ids, versions and counts of what a message to this person rests on; no words."""
    with wall.lifted("a message is checked against all that is known, whoever sends it", delivery.authority_id):
        facts: dict[str, Any] = {"linked": is_linked(outgoing(delivery))}
        return {**facts, **_of_person(delivery.person_id)} if delivery.person_id else facts


def _of_person(pk: UUID) -> dict[str, Any]:
    rests_on: dict[str, Any] = {
        "address": Address.objects.filter(person_id=pk, until_on=None),
        "numbers": ContactPoint.objects.filter(person_id=pk),
        "flags": Flag.objects.filter(person_id=pk, ended_on=None),
        "links": Relationship.objects.filter(person_id=pk, risk_to=True, ended_at=None),
    }
    kept = Q(learnt_in_id__in=Case.objects.exclude(restriction=Restriction.OPEN).values("pk"))
    return {
        "kept": [row for rows in rests_on.values() for row in _ids(rows.filter(kept))],
        **{name: _ids(rows.exclude(kept)) for name, rows in rests_on.items()},
        "safe": SafeContact.objects.filter(person_id=pk).values_list("version", flat=True).first() or 0,
        "died": Person.objects.filter(pk=pk).exclude(died_on=None).exists(),
    }


def _ids(rows: Any) -> list[str]:
    """Which rows, and whether each is protected: a value protected since counts as changed."""
    protected = hasattr(rows.model, "protected")
    found = rows.values_list("pk", "protected") if protected else rows.values_list("pk")
    return sorted("-".join(map(str, row)) for row in found)


def stopped_because(delivery: Delivery) -> str:
    """Why it must not be sent now: a code of WHY, or empty where it may go."""
    if is_unsafe(delivery.channel, delivery.person_id):
        return "unsafe_to_contact"
    item = outgoing(delivery)
    if given_away(item):
        return "" if is_released(item) else "carries_protected"
    was, now = delivery.as_written, as_it_stands(delivery)
    if now["linked"] and not was.get("linked", True):
        return "linked_since"
    return next((name for name in now if name in was and name != "linked" and was[name] != now[name]), "")
