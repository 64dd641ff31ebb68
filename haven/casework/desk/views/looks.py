"""Who has looked at a record: for the guardian, for a case's accountable manager, and one's own looks for oneself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.access.reading import show_ids
from haven.casework.desk import looks
from haven.casework.desk.following import followed
from haven.casework.desk.forms import FindLooks
from haven.casework.desk.loading import actor_of
from haven.casework.desk.looks_copy import KINDS, copy_of
from haven.casework.desk.own_looks import own_looks
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch.looks import report_of
from haven.design.moments import moment_in_words


@followed
def case_looks(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has looked at one case, when, on which page and why."""
    case, now = looks.load_followed_case(request, reference), timezone.now()
    page = looks.page_of(looks.followed_of_case(request, case), looks.wanted_in(request.GET), now)
    actor = actor_of(request)
    page |= {"case": case, "person": case.person, "guards": looks.guards(actor, case.authority_id)}
    page |= {"discloses": may(actor, "disclosure.pack", case)}
    return render(request, "desk/looks.html", page)


@followed
def person_looks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who has looked at a person, at any of their cases or at any report about them."""
    (person, followed), now = looks.load_followed_person(request, pk), timezone.now()
    page = looks.page_of(followed, looks.wanted_in(request.GET), now)
    return render(request, "desk/looks.html", {"person": person, "guards": True, **page})


@followed
def looks_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a file for the person: PDF, spreadsheet or comma-separated, with or without the names of staff."""
    (person, followed), now = looks.load_followed_person(request, pk), timezone.now()
    kind, named = request.GET.get("as", "pdf"), request.GET.get("staff") == "named"
    if kind not in KINDS:
        raise NotAllowed(looks.NOT_FOUND)
    request.read_reason = f"copy for the person, staff {'named' if named else 'not named'}"  # type: ignore[attr-defined]
    wanted = looks.wanted_in(request.GET)
    report = report_of(followed, wanted.since(now), None, wanted.reader_id)
    return copy_of(report, kind, named=named, about=person.display_name, made=moment_in_words(now))


@followed
def find_looks(request: HttpRequest) -> HttpResponse:
    """Find a record by the reference of a case or a report, typed and sent."""
    form = FindLooks(request.POST or None)
    if form.is_valid():
        name, key = looks.reference_given(actor_of(request), form.cleaned_data["reference"].strip().upper())
        if name:
            return redirect(name, key)
        form.add_error("reference", "We could not find a case or a report with that reference.")
    return render(request, "desk/find_looks.html", {"form": form}, status=422 if form.errors else 200)


def my_looks(request: HttpRequest) -> HttpResponse:
    """What Haven has recorded of my own looks in thirty days."""
    own = own_looks(actor_of(request), timezone.now())
    for kind, ids in own.shown.items():
        show_ids(request, kind, ids)
    return render(request, "desk/my_looks.html", {"own": own})
