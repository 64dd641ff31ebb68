"""The night: risk, plan and what keeps the adult safe, to read (R-016, R-366)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show_ids
from haven.casework.desk.keeping_forms import LookOutOfHours
from haven.casework.desk.loading import actor_of
from haven.casework.desk.looking_up import look_among_kept
from haven.casework.desk.night import at_night


def look(request: HttpRequest) -> HttpResponse:
    """Ask by name or reference; what is found can be read, and nothing else."""
    form, actor = LookOutOfHours(request.POST or None), actor_of(request)
    if not form.is_valid():
        return render(request, "desk/out_of_hours.html", {"form": form}, status=422 if form.errors else 200)
    answers, now = {**form.cleaned_data, "postcode": ""}, timezone.now()
    look_among_kept(answers, actor, now)
    here, elsewhere = at_night(answers["q"], answers["date_of_birth"], actor, now)
    show_ids(request, "case", [each.case.pk for each in (*here, *elsewhere)])
    show_ids(request, "person", [each.case.person_id for each in (*here, *elsewhere)])
    request.read_reason = "out of hours"  # type: ignore[attr-defined]
    page = {"form": form, "here": here, "elsewhere": elsewhere, "asked": True, "now": now}
    return render(request, "desk/out_of_hours.html", page)
