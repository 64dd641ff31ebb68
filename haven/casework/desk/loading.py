"""Loading the record a page is about: through what the reader may see, or "not found", and into the read record.

    case = load_case(request, reference, "concern")          # person, team, worker, manager, authority come with it
    person = load_person(request, pk)

A reference nobody gave and one the reader may not see are answered alike (TR-03).
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from haven.casework.access.reading import show, show_ids
from haven.casework.cases.models import Case, Involvement
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.watch.ties import reason_of

ALWAYS = ("person__safe_contact", "team", "worker", "manager", "authority")
"""What nearly every page about a case says of it, so that it comes in the same query."""


def load_case(request: HttpRequest, reference: str, *related: str) -> Case:
    """The case with this reference, with `related` (names for select_related), for a reader who may see it."""
    cases = Case.objects.visible_to(actor_of(request)).select_related(*ALWAYS, *related)
    case = cases.filter(reference=reference.upper()).first()
    if case is None:
        raise NotAllowed("We could not find that page.")
    show(request, case, case.person)
    _say_why(request, case)
    return case


def _say_why(request: HttpRequest, case: Case) -> None:
    """By what relationship of their own it is read goes into the read record; an emergency shows on the page."""
    actor = actor_of(request)
    reason = reason_of(actor, case)
    if reason:
        request.read_reason = reason  # type: ignore[attr-defined]
    request.emergency = actor.tied(case.pk, "break_glass")  # type: ignore[attr-defined]


def load_person(request: HttpRequest, pk: UUID) -> Person:
    """The person with this id, for a reader who may see a case that the person is part of."""
    seen = people_visible_to(actor_of(request)).select_related("safe_contact")
    person = seen.filter(pk=pk).first()
    if person is None:
        raise NotAllowed("We could not find that page.")
    show(request, person)
    return person


def show_people_and_reports(request: HttpRequest, cases: Iterable[Case]) -> None:
    """Say that this answer names the adults of these cases, and tells of the reports they came from."""
    for case in cases:
        show_ids(request, "person", [case.person_id])
        show_ids(request, "contact", [case.contact_id] if case.contact_id else [])


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """People who are part of a case that the actor may see: the adult, or anybody involved in it."""
    seen = Case.objects.visible_to(actor)
    about = Exists(seen.filter(person=OuterRef("pk")))
    involved = Exists(Involvement.objects.filter(person=OuterRef("pk"), case__in=seen))
    return Person.objects.filter(Q(about) | Q(involved)).exclude(pk__in=actor.conflict_ids)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request; set by the middleware."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return actor
