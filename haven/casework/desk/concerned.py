"""Conflicts of interest as their pages list them (TR-05, PR-26)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from haven.casework.access.models import Conflict
from haven.casework.access.roles import DECIDES, GUARDIANS
from haven.casework.contacts.kept import ContactConflict
from haven.casework.desk.loading import people_visible_to
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.watch.fairness import Group, fairness


def conflicts_for(actor: Actor) -> Any:
    """Those the actor may decide: of their authorities, not their own, nor with anybody they must not reach."""
    at = [pk for pk, role in actor.roles_at if role in (*DECIDES, *GUARDIANS)]
    found = Conflict.objects.live().filter(authority_id__in=at).exclude(user=actor.user_id)
    found = found.exclude(person_id__in=actor.conflict_ids).select_related("user")
    return found.order_by(F("challenged_at").asc(nulls_last=True), "-from_at")


def openable_people(rows: list[Conflict], actor: Actor) -> dict[UUID, Person]:
    """The people of these conflicts whom the reader may see anyway; of the others no name is shown."""
    return people_visible_to(actor).in_bulk([row.person_id for row in rows[:200]])


def own_conflicts(user_id: UUID) -> list[Conflict | ContactConflict]:
    """What keeps somebody away, without saying from whom: their own page may not lead them there."""
    people = Conflict.objects.live().filter(user_id=user_id)
    reports = ContactConflict.objects.filter(user_id=user_id, ended_at=None)
    return sorted([*people, *reports], key=lambda each: each.from_at, reverse=True)


def fairness_for(actor: Actor, at: datetime) -> list[Group]:
    """Alerts and blocks by group, for the guardian of these authorities alone."""
    own = [pk for pk, role in actor.roles_at if role in GUARDIANS]
    return fairness(own, at) if own else []
