"""Following who looked goes behind the wall: a sealed case is followed by its guardian first of all (TR-03, TR-06).

For a guardian the wall is lifted over the authorities they guard, while one page of theirs is made; for anybody else
it stands. What concerns somebody they have a conflict of interest with is left out by each page itself (TR-05).
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse

from haven.casework.access import wall
from haven.casework.access.roles import GUARDIANS
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.operations.actor import Actor


def guarded(actor: Actor) -> list[UUID]:
    """The authorities of which the actor is guardian."""
    return [authority for authority, role in actor.roles_at if role in GUARDIANS]


@contextmanager
def following(actor: Actor) -> Iterator[None]:
    """Everything of the authorities that a guardian guards; for anybody else no more than before."""
    theirs = guarded(actor)
    if not theirs:
        yield
        return
    with wall.lifted("a guardian follows who looked at whose record, sealed ones too", *theirs):
        yield


def followed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which a guardian follows who looked: the wall is lifted while it is made."""

    @functools.wraps(view)
    def made(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with following(actor_of(request)):
            return view(request, *args, **options)

    return made


def references_of(actor: Actor, case_ids: Any, contact_ids: Any) -> dict[str, dict[UUID, str]]:
    """The references of these cases and reports, but for those of a conflict of interest, by kind."""
    cases, reports = Case.objects.filter(pk__in=case_ids), Contact.objects.filter(pk__in=contact_ids)
    reports = reports.exclude(Exists(ContactConflict.objects.of(actor)))
    if actor.conflict_ids:
        cases = cases.exclude(Q(person__in=actor.conflict_ids) | Q(involvements__person__in=actor.conflict_ids))
        reports = reports.exclude(adults__person__in=actor.conflict_ids)
    return {
        "case": dict(cases.values_list("pk", "reference")),
        "contact": dict(reports.values_list("pk", "reference")),
    }
