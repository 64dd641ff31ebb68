"""The duty desk and "I'm on it"."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from haven.casework.access.reading import show
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim
from haven.casework.desk.duty import queue, taken_on, waits
from haven.casework.desk.loading import actor_of, show_people_and_reports
from haven.casework.desk.saving import run_or_say
from haven.casework.operations.refusals import NotAllowed

MOST_PAGES = 400


@require_GET
def duty(request: HttpRequest) -> HttpResponse:
    """Everything that waits at the desk, and the line of counts above it."""
    actor, now = actor_of(request), timezone.now()
    found = queue(actor, now, page_of(request))
    show(request, *(row.record for row in found.rows))
    show_people_and_reports(request, (row.record for row in found.rows if not row.is_report))
    page = {"queue": found, "waits": waits(actor, now), "taken": taken_on(actor, now), "now": now, "me": actor.id}
    return render(request, "desk/duty.html", page)


@require_POST
def claim_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a report to look at, or take it over from a colleague."""
    contact = Contact.objects.visible_to(actor_of(request)).filter(reference=reference.upper()).first()
    if contact is None:
        raise NotAllowed("We could not find that page.")
    take_over = request.POST.get("take_over") == "1"
    said = _("You have %(reference)s.") % {"reference": contact.reference}
    onward = reverse("duty") if request.POST.get("stay") else reverse("report", args=[contact.reference])
    return run_or_say(request, partial(claim, contact, take_over=take_over), onward, done=said)


def page_of(request: HttpRequest) -> int:
    """Which page was asked for, from 0; nonsense is the first."""
    asked = request.GET.get("page", "")
    return min(int(asked), MOST_PAGES) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
