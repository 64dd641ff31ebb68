"""Letting go: whoever must not reach a case loses it at once, and the case is never left without anybody (TR-05)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.casework.access.models import CaseRelationship, Conflict, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Allocation, Case, Involvement
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.versions import change
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.ties import candidates_for, give, keepers_of
from haven.lib.calendar import day_of

LET_GO = declare("watch.case_let_go", "{actor} took the case from somebody who must not hold it", erasure="Codes only.")
WITHOUT_ANYBODY = declare_alert(
    "case_without_anybody", gettext_lazy("A case has nobody"),
    gettext_lazy("{reference} has nobody who may hold it. Find somebody who is not concerned."), source="TR-05",
    outcomes={"held": gettext_lazy("Somebody holds it now")},
)  # fmt: skip

HOLD_IT = "hold_case"


def let_go(user: User, person_ids: Iterable[UUID], *, by: Actor, at: datetime) -> int:
    """End every tie of the account to cases about, or naming, these people; tell who must find somebody else.

    How many cases were let go.
    """
    people = list(person_ids)
    about = Q(person__in=people) | Q(involvements__person__in=people)
    held = CaseRelationship.objects.live(at).filter(case=OuterRef("pk"), user=user)
    theirs = Q(worker=user) | Q(manager=user) | Exists(held)
    cases = list(Case.objects.filter(about).filter(theirs).distinct())
    for case in cases:
        _let_go(case, user, by, at)
    return len(cases)


def _let_go(case: Case, user: User, by: Actor, at: datetime) -> None:
    facts = {name: None for name in ("worker_id", "manager_id") if getattr(case, name) == user.pk}
    if case.worker_id == user.pk:
        Allocation.objects.filter(case=case, user=user, until_at=None).update(until_at=at)
    if facts:
        change(case, **facts)
    ended = CaseRelationship.objects.live(at).filter(case=case, user=user)
    was_named = ended.filter(kind__in=("keeper", "named")).exists()
    ended.update(until_at=at)
    heirs = _heirs(case, at)
    owner: dict[str, Any] = {"owner": heirs[0]} if heirs else {"owner": None, "team_id": case.team_id}
    Task.objects.open().filter(case=case, owner=user).update(**owner)
    record(LET_GO, subject=case, by=by, at=at, codes={"user": str(user.pk)})
    if (facts or was_named) and case.closed_at is None:
        _tell(case, heirs, by, at)


def _heirs(case: Case, at: datetime) -> list[User]:
    """Who must find somebody: the keepers of a kept case, else the heads of service; heads become keepers of one that
    has none left."""
    heads = list(candidates_for(case, ("head_of_service",), at))
    if case.restriction == Restriction.OPEN:
        return heads
    keepers = list(keepers_of(case, at))
    if not keepers and not (case.worker_id or case.manager_id):
        for head in heads:
            give(case, head, "keeper", until_at=None, by=Actor.job("conflict of interest"), at=at)
    return keepers or heads


def _tell(case: Case, heirs: list[User], by: Actor, at: datetime) -> None:
    """A task each for today; where there is nobody, the guardian is alerted."""
    words = _("Find somebody to hold %(reference)s: who held it has a conflict of interest.")
    for heir in heirs:
        add_task(
            authority_id=case.authority_id, kind=HOLD_IT, words=words % {"reference": case.reference}, at=at, by=by,
            due_on=day_of(at), case=case, owner=heir,
        )  # fmt: skip
    if not heirs:
        key = f"without:{case.pk}:{day_of(at)}"
        raise_alert(WITHOUT_ANYBODY, authority_id=case.authority_id, key=key, by=by, at=at, case_id=case.pk)


def sweep(at: datetime) -> int:
    """Let go whatever somebody holds against a conflict, however it came about: a later naming, an allocation."""
    part = Involvement.objects.filter(case=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    holder = Q(user=OuterRef("worker")) | Q(user=OuterRef("manager"))
    clash = Conflict.objects.live().filter(holder, Q(person=OuterRef("person")) | Exists(part))
    found = Case.objects.open().filter(Exists(clash))
    count = 0
    for case in found[:200]:
        people = [case.person_id, *case.involvements.exclude(person=None).values_list("person_id", flat=True)]
        users = Conflict.objects.live().filter(person__in=people, user__in=[case.worker_id, case.manager_id])
        for user in User.objects.filter(pk__in=users.values("user_id")):
            count += let_go(user, people, by=Actor.job("conflict of interest"), at=at)
    return count
