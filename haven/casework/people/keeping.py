"""Keeping protected values, and handing them out to be looked for. Plain verbs: the operation records the event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access import wall
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import REFUGES
from haven.casework.people.models import Person, ProtectedValue, Relationship
from haven.casework.people.protected import SCAN, ProtectedText, fingerprint_of, text_of
from haven.casework.people.protecting import Sought

HOW_IS_PROTECTED = "Protected: shown from the person page, with a reason"
"""What safe contact says where how to reach the adult is protected."""


def keep_protected(
    kind: str,
    text: str,
    *,
    authority_id: UUID,
    person: Person | None = None,
    contact_id: UUID | None = None,
    learnt_in_id: UUID | None = None,
    source: str = "",
    because: str = "chosen",
    by: Actor,
    at: datetime,
) -> ProtectedValue:
    """Keep words that only those who need them are shown; told twice about the same one in one case, it is
    kept once."""
    of = Q(person=person) if person else Q(contact_id=contact_id)
    fingerprint = fingerprint_of(text, authority_id)
    standing = ProtectedValue.objects.standing().filter(
        of, kind=kind, fingerprint=fingerprint, learnt_in_id=learnt_in_id
    )
    if kind not in ("address", "number") and (kept := standing.first()):
        return kept
    value = ProtectedValue(
        authority_id=authority_id, person=person, contact_id=contact_id, kind=kind, fingerprint=fingerprint,
        learnt_in_id=learnt_in_id,
        text=ProtectedText.of(text, authority_id), source=source, because=because, recorded_at=at,
    )  # fmt: skip
    value.author_id = by.id if by.is_user else None
    value.save(force_insert=True)
    return value


def in_one_line(safe: dict[str, Any]) -> dict[str, Any]:
    """Safe contact with all its words in `how`, to be protected together; what is protected already stays so."""
    words = [str(safe.get(name, "")).strip() for name in ("how", "when_safe", "who_must_not_know")]
    told = "; ".join(part for part in words if part and part != HOW_IS_PROTECTED)
    return {**safe, "how": told or words[0], "when_safe": "", "who_must_not_know": ""}


def keep_how_to_reach(
    person: Person, how: str, *, authority_id: UUID, learnt_in_id: UUID | None = None, by: Actor, at: datetime
) -> str:
    """Protect the words that say how somebody is reached; what safe contact says in their place."""
    if how.strip() and how.strip() != HOW_IS_PROTECTED:
        keep_protected(
            "reach", how.strip(), authority_id=authority_id, person=person, learnt_in_id=learnt_in_id, by=by, at=at
        )
    return HOW_IS_PROTECTED if how.strip() else ""


@wall.lifted("who is a risk counts wherever it is recorded")
def protected_by_default(person: Person | None, setting: str = "") -> str:
    """Why an address of theirs is protected unless somebody says otherwise: a code; empty where it is not (PR-22)."""
    if setting in REFUGES:
        return "setting"
    at_risk = person is not None and Relationship.objects.filter(person=person, risk_to=True, ended_at=None).exists()
    return "risk_link" if at_risk else ""


def protected_of(people: Iterable[UUID], contacts: Iterable[UUID] = ()) -> list[ProtectedValue]:
    """What is protected of these people, and of these reports; one statement."""
    of = Q(person_id__in=list(people)) | Q(contact_id__in=list(contacts))
    return list(ProtectedValue.objects.standing().filter(of))


def to_look_for(values: Iterable[ProtectedValue]) -> list[Sought]:
    """The values as a scan needs them. What comes back is for `carried_in` and `masked` only, and never shown."""
    return [Sought(value.kind, text_of(value, SCAN), str(value.pk)) for value in values]
