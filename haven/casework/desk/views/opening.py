"""Opening a case one has no part in: in an emergency, for a reason of one tap, in triage of a report."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.casework.access.reading import show
from haven.casework.access.step_up import prove_again, proved_lately
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.finding_to_open import emergency_of, reading_of
from haven.casework.desk.keeping_forms import OpenInEmergency, ReadWithReason
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import break_glass, ties
from haven.casework.watch.openings import EmergencyOpening

WHILE_WRITING = 15
"""Minutes that the proof lasts while the page is filled in: nobody proves it twice for one emergency."""


def emergency(request: HttpRequest) -> HttpResponse:
    """Open a case in an emergency: reference, reason, a few words; the second factor first."""
    now = timezone.now()
    if not proved_lately(request, now, minutes=WHILE_WRITING if request.method == "POST" else 5):
        return prove_again(request)
    number = break_glass.number_to_ring(actor_of(request), now)
    form = OpenInEmergency(request.POST or None)
    return save_or_ask(
        request, form, emergency_of, _case_page, "desk/emergency.html", {"number": number},
        done=_("Opened. The guardian has been told."),
    )  # fmt: skip


@require_POST
def end_emergency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it before its time."""
    mine = EmergencyOpening.objects.filter(relationship_id=pk, user=actor_of(request).user_id).select_related("case")
    opening = get_object_or_404(mine)
    run = partial(break_glass.end_emergency, opening)
    return run_or_say(request, run, reverse("front"), done=_("Ended. You no longer see the case."))


def open_case(request: HttpRequest) -> HttpResponse:
    """Read an open case for a reason from a list."""
    form = ReadWithReason(request.POST or None)
    done = _("Open to you for 24 hours, to read. Your reason is in the record.")
    return save_or_ask(request, form, reading_of, _case_page, "desk/open_case.html", {}, done=done)


@require_POST
def open_strip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same, one tap from a search result."""
    case = ties_case(request, pk)
    run = partial(ties.read_with_reason, case, reason=request.POST.get("reason", ""))
    return run_or_say(request, run, _case_page, done=_("Open to you for 24 hours, to read."))


@require_POST
def open_in_triage(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """From a report, an earlier case of whoever it may be about."""
    contact = Contact.objects.visible_to(actor_of(request)).filter(reference=reference.upper()).first()
    if contact is None:
        raise NotAllowed("We could not find that page.")
    show(request, contact)
    run = partial(ties.open_in_triage, ties_case(request, pk), contact=contact)
    try:
        return run_or_say(request, run, _case_page)
    except ties.CouldNotOpen as nothing:
        raise NotAllowed("We could not find that page.") from nothing


def ties_case(request: HttpRequest, pk: UUID) -> Case:
    """An open case of the reader's authorities that is not kept from them; else there is nothing there."""
    actor = actor_of(request)
    ours = Case.objects.showing(actor).filter(authority_id__in=actor.authority_ids, restriction="open", pk=pk)
    case = ours.first()
    if case is None:
        raise NotAllowed("We could not find that page.")
    return case


def _case_page(held: EmergencyOpening) -> str:
    return reverse("case", args=[held.case.reference])
