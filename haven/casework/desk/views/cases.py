"""The case page, its whole timeline, its two-page summary, and its notes."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.access.reading import show_ids
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case, CaseNote
from haven.casework.cases.operations import add_case_note, standing_note, supersede_case_note
from haven.casework.deliveries.leaving import protected_people
from haven.casework.desk.copying import REASON, blocks_of
from haven.casework.desk.forms import AddCaseNote, SupersedeCaseNote
from haven.casework.desk.glance import Glance, ShownPanel, actions_for, glance_at, panels_for, people_of
from haven.casework.desk.loading import actor_of, load_case, show_people_and_reports
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.desk.timeline import KINDS, LIMIT, attempts_in, of_kind, timeline_of
from haven.casework.disclosure.copying import as_given
from haven.casework.operations.refusals import NotAllowed
from haven.casework.operations.versions import version_of
from haven.casework.people.keeping import protected_of, to_look_for
from haven.casework.people.protecting import Sought


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The case: what to know first, what to do next, and what happened."""
    found, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    glance, kind = seen(request, found), request.GET.get("show", "")
    entries, panels = timeline_of(found, glance.facts), panels_for(found, actor)
    show_panels(request, panels)
    context = {
        "case": found, "glance": glance, "now": now, "kind": kind, "kinds": KINDS, "limit": LIMIT,
        "entries": of_kind(entries, kind), "attempts": attempts_in(entries),
        "actions": actions_for(found, actor), "panels": panels,
        "may_note": may(actor, "cases.add_case_note", found),
        "may_disclose": actor.has_role_at(found.authority_id, *DECIDES),
    }  # fmt: skip
    return render(request, "desk/case.html", context)


def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened in the case, as far back as it goes."""
    found, kind = load_case(request, reference), request.GET.get("show", "")
    entries = of_kind(timeline_of(found, seen(request, found).facts, limit=10 * LIMIT), kind)
    return render(request, "desk/timeline.html", {"case": found, "entries": entries, "kind": kind, "kinds": KINDS})


def summary(request: HttpRequest, reference: str) -> HttpResponse:
    """Two pages to print, without protected values."""
    found, now = load_case(request, reference), timezone.now()
    glance = seen(request, found)
    entries = timeline_of(found, glance.facts, limit=25)
    return render(request, "desk/summary.html", {"case": found, "glance": glance, "entries": entries, "now": now})


def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """The case and its decisions as text for the main record; that it was copied is written down."""
    found = load_case(request, reference)
    reasons = [getattr(request, "read_reason", ""), REASON]
    request.read_reason = ", ".join(filter(None, reasons))  # type: ignore[attr-defined]
    blocks = as_given(found, blocks_of(seen(request, found)))
    return render(request, "desk/copy.html", {"case": found, "blocks": blocks})


def seen(request: HttpRequest, found: Case) -> Glance:
    """The first screen of the case; whom it names, and the report it came from, go into the read record."""
    glance = glance_at(found, actor_of(request), timezone.now())
    show_people_and_reports(request, [found])
    show_ids(request, "person", people_of(glance.facts.people, glance.person.relationships))
    return glance


def show_panels(request: HttpRequest, panels: dict[str, list[ShownPanel]]) -> None:
    """What a panel says it shows (kind and id, in `read`) goes into the read record."""
    for panel in (each for place in panels.values() for each in place):
        for kind, pk in panel.context.get("read", ()):
            show_ids(request, kind, [pk])


def add_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a case note."""
    found = load_case(request, reference)
    _must(request, "cases.add_case_note", found)
    given = {"happened_at": timezone.now(), "standing": "fact"}
    form = AddCaseNote(request.POST or None, initial=given, sought=looked_for(found))
    run = partial(add_case_note, found)
    return save_or_ask(request, form, run, _page(found), "desk/add_case_note.html", {"case": found}, done="Note added.")


def tried(request: HttpRequest, reference: str) -> HttpResponse:
    """Tried, no answer: one tap."""
    found = load_case(request, reference)
    run = partial(add_case_note, found, how="call", happened_at=timezone.now(), attempt=True)
    return run_or_say(request, run, _page(found), done="Recorded: tried, no answer.")


def supersede_note(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Correct a case note, with the reason."""
    found = load_case(request, reference)
    note = _note(request, found, pk)
    form = SupersedeCaseNote(
        request.POST or None, initial={"words": standing_note(note).words}, sought=looked_for(found)
    )
    context = {"case": found, "note": note, "version": version_of(note)}
    run = partial(supersede_case_note, note)
    return save_or_ask(request, form, run, _page(found), "desk/supersede_case_note.html", context, done="Corrected.")


def looked_for(case: Case) -> list[Sought]:
    """What a note of this case should not hold in words."""
    contacts = [case.contact_id] if case.contact_id else []
    return to_look_for(protected_of(protected_people(case), contacts))


def _page(case: Case) -> str:
    return reverse("case", args=[case.reference])


def _note(request: HttpRequest, case: Case, pk: UUID) -> CaseNote:
    """The note of the case that the reader may correct; one that a colleague has corrected meanwhile is shown so."""
    note = CaseNote.objects.filter(case=case, pk=pk).first()
    if note is None:
        raise NotAllowed("We could not find that page.")
    note.case = case
    _must(request, "cases.supersede_case_note", note)
    return note


def _must(request: HttpRequest, permission: str, subject: object) -> None:
    if not may(actor_of(request), permission, subject):
        raise NotAllowed("We could not find that page.")
