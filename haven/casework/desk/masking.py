"""The last look at every page before it leaves: what is protected is masked in it, wherever it was typed (TR-07).

A note, a report, a reason or a task may hold the protected address in words. A page knows whom it shows (the read
record), so it knows what must not stand in it. Only the pages that a reveal opens show their own value
(`request.shows_protected`). A form that was shown masked puts the words back when it is saved (design/forms).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from haven.casework.access import wall
from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import ContactPerson
from haven.casework.people.closeness import names_of
from haven.casework.people.keeping import to_look_for
from haven.casework.people.models import Person, ProtectedValue
from haven.casework.people.protecting import Sought, masked
from haven.lib.squeezing import squeezed

READABLE = ("text/", "application/json")


class MaskProtected:
    """Inside the request's transaction: the answer, with nothing protected of whom it shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        shown = request.__dict__.get("shown")
        if shown and not response.streaming and not getattr(request, "shows_protected", False):
            mask(response, to_mask(request))
        return response


def mask(response: HttpResponse, sought: list[Sought]) -> None:
    """Mask the values in an answer that is words; its length is told anew."""
    if not sought or not response.headers.get("Content-Type", "").startswith(READABLE):
        return
    words = response.content.decode(response.charset)
    told = masked(words, sought)
    if told != words:
        response.content = told.encode(response.charset)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))


def to_mask(request: HttpRequest) -> list[Sought]:
    """What is protected of the people, cases and reports an answer shows; one statement where nothing is."""
    values = protected_shown(request)
    if not values:
        return []
    people = [pk for kind, pk in request.__dict__["shown"] if kind == "person"]
    with wall.lifted("what is masked must be known, and is shown to nobody by it"):
        names = names_of(Person.objects.filter(pk__in=people)) if any(v.kind == "referrer" for v in values) else set()
    return _without_names(to_look_for(values), names)


def protected_shown(request: HttpRequest) -> list[ProtectedValue]:
    """The protected values of whom this answer shows so far; asked again only where it shows more since."""
    shown = frozenset(request.__dict__.get("shown", ()))
    known, values = request.__dict__.get("protected_shown", (None, []))
    if known != shown:
        people, cases, contacts = ([pk for kind, pk in shown if kind == e] for e in ("person", "case", "contact"))
        with wall.lifted("what is masked must be known, and is shown to nobody by it"):
            values = list(_protected(people, cases, contacts))
        request.__dict__["protected_shown"] = (shown, values)
    return values


def _protected(people: list[UUID], cases: list[UUID], contacts: list[UUID]) -> Any:
    about = Case.objects.filter(pk__in=cases)
    parts = Involvement.objects.filter(case__in=cases).exclude(person=None)
    reported = ContactPerson.objects.filter(contact__in=contacts).exclude(person=None)
    joined = ContactPerson.objects.filter(case__in=cases)
    return ProtectedValue.objects.standing().filter(
        Q(person__in=people)
        | Q(person__in=about.values("person"))
        | Q(person__in=parts.values("person"))
        | Q(person__in=reported.values("person"))
        | Q(contact_id__in=contacts)
        | Q(contact_id__in=about.exclude(contact_id=None).values("contact_id"))
        | Q(contact_id__in=joined.values("contact_id"))
    )


def _without_names(sought: list[Sought], names: set[str]) -> list[Sought]:
    """Somebody who told us and is known on the page in another part is named there as what they are there."""
    known = {squeezed(name) for name in names}
    return [_less(each, known) if each.kind == "referrer" else each for each in sought]


def _less(told: Sought, known: set[str]) -> Sought:
    lines = [line for line in told.text.split("\n") if squeezed(line) not in known]
    return Sought(told.kind, "\n".join(lines), told.value_id)
