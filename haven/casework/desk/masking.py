"""The last look at every page before it leaves: what is protected is masked in it, wherever it was typed (TR-07).

A note, a report, a reason or a task may hold the protected address in words. A page knows whom it shows (the read
record), so it knows what must not stand in it. Only the pages that a reveal opens show their own value
(`request.shows_protected`). A form that was shown masked puts the words back when it is saved (design/forms).
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from haven.casework.access import wall
from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import ContactPerson
from haven.casework.events.recording import Statement
from haven.casework.people.closeness import names_of
from haven.casework.people.keeping import to_look_for
from haven.casework.people.models import Person, ProtectedValue
from haven.casework.people.protecting import Sought, masked
from haven.lib.squeezing import squeezed

READABLE = ("text/", "application/json")
WHY = "what is masked must be known, and is shown to nobody by it"


def last_look(request: HttpRequest, response: HttpResponse, read: Statement | None) -> Statement | None:
    """The answer with nothing protected of whom it shows; what it needs to know is asked as the read is written."""
    if not request.__dict__.get("shown") or not is_words(response) or getattr(request, "shows_protected", False):
        return read
    values, read = _known_or_asked(request, read)
    if values:
        mask(response, _to_mask(request, values))
    return read


def is_words(response: HttpResponse) -> bool:
    """An answer that holds words to read: no redirection, file or stream."""
    readable = response.headers.get("Content-Type", "").startswith(READABLE)
    return not response.streaming and readable and bool(response.content)


def mask(response: HttpResponse, sought: list[Sought]) -> None:
    """Mask the values in an answer; its length is told anew."""
    words = response.content.decode(response.charset)
    told = masked(words, sought)
    if told != words:
        response.content = told.encode(response.charset)
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))


def _to_mask(request: HttpRequest, values: list[ProtectedValue]) -> list[Sought]:
    people = [pk for kind, pk in request.__dict__["shown"] if kind == "person"]
    with wall.lifted(WHY):
        names = names_of(Person.objects.filter(pk__in=people)) if any(v.kind == "referrer" for v in values) else set()
    return _without_names(to_look_for(values), names)


def protected_shown(request: HttpRequest) -> list[ProtectedValue]:
    """The protected values of whom this answer shows so far; asked again only where it shows more since."""
    return _known_or_asked(request, None)[0]


def _known_or_asked(request: HttpRequest, read: Statement | None) -> tuple[list[ProtectedValue], Statement | None]:
    """The same; where they must be asked for, at the end of the read still to be written, which is then written."""
    shown = frozenset(request.__dict__.get("shown", ()))
    known, values = request.__dict__.get("protected_shown", (None, []))
    people, cases, contacts = ([pk for kind, pk in shown if kind == each] for each in ("person", "case", "contact"))
    if known == shown or not (people or cases or contacts):
        return values if known == shown else [], read
    with wall.lifted(WHY):
        values = _asked(protected_of(people, cases, contacts), read)
    request.__dict__["protected_shown"] = (shown, values)
    return values, None


def _asked(values: QuerySet[ProtectedValue], read: Statement | None) -> list[ProtectedValue]:
    if read is None:
        return list(values)
    (before, given), (words, asked) = read, values.query.sql_with_params()
    return list(ProtectedValue.objects.raw(before + words, [*given, *asked]))


def protected_of(people: list[UUID], cases: list[UUID], contacts: list[UUID]) -> QuerySet[ProtectedValue]:
    """What is protected of these people and of whoever has a part in these cases and reports."""
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
