"""The person page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show, show_ids
from haven.casework.desk.facts import person_facts
from haven.casework.desk.glance import people_of
from haven.casework.desk.loading import actor_of, load_person
from haven.casework.desk.people import known_of, needs_of
from haven.casework.desk.protected import REASONS, kept_of, may_end
from haven.casework.people.keeping import protected_of
from haven.lib.calendar import day_of


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of somebody, here and now, as far as the reader may see."""
    found, actor, now = load_person(request, pk), actor_of(request), timezone.now()
    known, today = known_of(found, actor), day_of(now)
    show(request, *(each.case for each in known.open + known.earlier), *(part.case for part in known.part_in))
    facts = person_facts(found, actor, today)
    show(request, *known.declined)
    show_ids(request, "person", people_of(facts.relationships))
    case = known.working_in(actor)
    context = {"person": found, "facts": facts, "known": known, "age": found.age_on(today), "case": case}
    context["kept"] = kept_of(protected_of([found.pk]), case, actor, now) if case else []
    context["may_end"] = case is not None and may_end(actor, case)
    context["needs"], context["reasons"], context["now"] = needs_of(found), REASONS, now
    return render(request, "desk/person.html", context)
