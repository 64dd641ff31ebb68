"""Whom the guardian rings when a colleague rings them: warnings whose case is kept from others (PR-05)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from haven.casework.access.models import CaseRelationship
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.desk.following import following, guarded
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import WARNS
from haven.casework.people.models import Flag, ProtectedValue, Relationship
from haven.lib.calendar import day_of

SHOWN = 200


@dataclass(frozen=True)
class ToRing:
    """A case whose worker is told to ring the guardian, and who can say why."""

    case: Case
    keepers: str


def to_ring(actor: Actor, at: datetime) -> list[ToRing]:
    """Open cases whose readers are warned of what is kept from them; four statements, none but for a guardian."""
    if not guarded(actor):
        return []
    with following(actor):
        kept = _not_in_conflict(Case.objects.exclude(restriction=Restriction.OPEN), actor)
        kept = kept.filter(authority_id__in=guarded(actor))
        sources = _sources(kept, at)
        keepers = _keepers({pk for pks in sources.values() for pk in pks}, at)
        shown = Case.objects.open().filter(person_id__in=sources, authority_id__in=guarded(actor))
        cases = list(_not_in_conflict(shown, actor).order_by("reference")[:SHOWN])
    found = {case: sources[case.person_id] - {case.pk} for case in cases}
    return [ToRing(case, ", ".join(sorted({keepers[pk] for pk in pks}))) for case, pks in found.items() if pks]


def _not_in_conflict(cases: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    if not actor.conflict_ids:
        return cases
    return cases.exclude(Q(person__in=actor.conflict_ids) | Q(involvements__person__in=actor.conflict_ids))


def _sources(kept: Any, at: datetime) -> dict[UUID, set[UUID]]:
    """The kept cases in which a warning about each person was learnt."""
    standing = Q(ended_on=None) | Q(ended_on__gt=day_of(at))
    within = {"learnt_in_id__in": kept.values("pk")}
    pairs = (
        Flag.objects.filter(standing, kind__in=WARNS, **within).values_list("person_id", "learnt_in_id"),
        Relationship.objects.filter(risk_to=True, ended_at=None, **within).values_list("person_id", "learnt_in_id"),
        ProtectedValue.objects.standing().filter(kind="reach", **within).values_list("person_id", "learnt_in_id"),
    )
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person, case in pairs[0].union(*pairs[1:]):
        if case is not None:
            found[person].add(case)
    return found


def _keepers(cases: set[UUID], at: datetime) -> dict[UUID, str]:
    """Each case's keepers with their telephone numbers; where it has none, its manager or else its worker."""
    named: defaultdict[UUID, list[Any]] = defaultdict(list)
    held = CaseRelationship.objects.live(at).filter(case__in=cases, kind="keeper").select_related("user")
    for each in held:
        named[each.case_id].append(each.user)
    for case in Case.objects.filter(pk__in=cases - set(named)).select_related("manager", "worker"):
        named[case.pk] += [user for user in (case.manager or case.worker,) if user is not None]
    return {pk: ", ".join(f"{user.name} {user.telephone}".strip() for user in named[pk]) or "–" for pk in cases}
