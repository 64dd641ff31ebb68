"""The case page, its whole timeline, its two-page summary, and its notes."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.cases.models import Case, CaseNote
from haven.casework.cases.operations import add_case_note, supersede_case_note
from haven.casework.desk.copying import REASON, blocks_of
from haven.casework.desk.forms import AddCaseNote, SupersedeCaseNote
from haven.casework.desk.glance import actions_for, glance_at, panels_for
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.desk.timeline import KINDS, LIMIT, attempts_in, of_kind, timeline_of
from haven.casework.operations.refusals import NotAllowed


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The case: what to know first, what to do next, and what happened."""
    found, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    glance, kind = glance_at(found, actor, now), request.GET.get("show", "")
    entries = timeline_of(found, glance.facts)
    context = {
        "case": found, "glance": glance, "now": now, "kind": kind, "kinds": KINDS, "limit": LIMIT,
        "entries": of_kind(entries, kind), "attempts": attempts_in(entries),
        "actions": actions_for(found, actor), "panels": panels_for(found, actor),
        "may_note": may(actor, "cases.add_case_note", found),
    }  # fmt: skip
    return render(request, "desk/case.html", context)


def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened in the case, as far back as it goes."""
    found, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    kind = request.GET.get("show", "")
    entries = of_kind(timeline_of(found, glance_at(found, actor, now).facts, limit=10 * LIMIT), kind)
    return render(request, "desk/timeline.html", {"case": found, "entries": entries, "kind": kind, "kinds": KINDS})


def summary(request: HttpRequest, reference: str) -> HttpResponse:
    """Two pages to print, without protected values."""
    found, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    glance = glance_at(found, actor, now)
    entries = timeline_of(found, glance.facts, limit=25)
    return render(request, "desk/summary.html", {"case": found, "glance": glance, "entries": entries, "now": now})


def copy(request: HttpRequest, reference: str) -> HttpResponse:
    """The case and its decisions as text for the main record; that it was copied is written down."""
    found, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    request.read_reason = REASON  # type: ignore[attr-defined]
    return render(request, "desk/copy.html", {"case": found, "blocks": blocks_of(glance_at(found, actor, now))})


def add_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a case note."""
    found = load_case(request, reference)
    _must(request, "cases.add_case_note", found)
    form = AddCaseNote(request.POST or None, initial={"happened_at": timezone.now(), "standing": "fact"})
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
    form = SupersedeCaseNote(request.POST or None, initial={"words": note.words})
    context = {"case": found, "note": note}
    run = partial(supersede_case_note, note)
    return save_or_ask(request, form, run, _page(found), "desk/supersede_case_note.html", context, done="Corrected.")


def _page(case: Case) -> str:
    return reverse("case", args=[case.reference])


def _note(request: HttpRequest, case: Case, pk: UUID) -> CaseNote:
    """The note of the case that stands and that the reader may correct."""
    note = CaseNote.objects.filter(case=case, pk=pk, superseded_by=None).first()
    if note is None:
        raise NotAllowed("We could not find that page.")
    note.case = case
    _must(request, "cases.supersede_case_note", note)
    return note


def _must(request: HttpRequest, permission: str, subject: object) -> None:
    if not may(actor_of(request), permission, subject):
        raise NotAllowed("We could not find that page.")
