"""Search: sent, never in an address; what it showed is in the read record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from haven.casework.access.reading import show_ids
from haven.casework.desk.forms import Search
from haven.casework.desk.loading import actor_of
from haven.casework.desk.looking_up import address_of, asked_for, look_among_kept, people_found
from haven.casework.watch.ties import TAPS


def search(request: HttpRequest) -> HttpResponse:
    """Ask, and show who was found; an exact reference goes straight there."""
    form, actor = Search(request.POST or None), actor_of(request)
    if not form.is_valid():
        return render(request, "desk/search.html", {"form": form}, status=422 if form.errors else 200)
    answers = form.cleaned_data
    look_among_kept(answers, actor, timezone.now())
    address = address_of(answers["q"], actor)
    if address:
        return redirect(address)
    found = people_found(asked_for(answers["q"], answers["date_of_birth"], answers["postcode"]), actor)
    show_ids(request, "person", [each.match.person.pk for each in found])
    show_ids(request, "case", [strip.case_id for each in found for strip in each.strips])
    return render(
        request, "desk/search.html", {"form": form, "found": found, "asked": True, "taps": TAPS, "now": timezone.now()}
    )
