"""The guardian's queue, deciding what stands in it, what was decided, and the figures of it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.reading import show, show_ids
from haven.casework.access.roles import GUARDIANS
from haven.casework.desk.following import followed
from haven.casework.desk.forms import DecideAlert
from haven.casework.desk.guardian import decided_in, queue_of, show_told, silence, told_of
from haven.casework.desk.guardian_alert import explain
from haven.casework.desk.guardian_figures import figures_for
from haven.casework.desk.loading import actor_of
from haven.casework.desk.ringing import to_ring
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import operations
from haven.casework.watch.looking_out import stands_still
from haven.casework.watch.models import Alert


def guardian(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the guardian, oldest first."""
    actor, now = actor_of(request), timezone.now()
    queue = queue_of(actor, now, request.GET.get("kind", ""))
    show_told(request, queue.told)
    ringing = to_ring(actor, now)
    show(request, *(each.case for each in ringing))
    context = {
        "queue": queue,
        "ringing": ringing,
        "silence": silence(stands_still(now)),
        "guards": actor.has_role(*GUARDIANS),
    }
    return render(request, "desk/guardian.html", {**context, "guards": actor.has_role(*GUARDIANS), "now": now})


def guardian_decided(request: HttpRequest) -> HttpResponse:
    """What was decided, month by month."""
    asked = request.GET.get("month", ""), request.GET.get("kind", "")
    decided = decided_in(actor_of(request), timezone.now(), *asked)
    show_told(request, decided.told)
    return render(request, "desk/guardian_decided.html", {"decided": decided})


@followed
def guardian_figures(request: HttpRequest) -> HttpResponse:
    """Alerts and outcomes for every 1,000 looks."""
    return render(request, "desk/guardian_figures.html", {"figures": figures_for(actor_of(request), timezone.now())})


def decide_alert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One alert: what was seen, why that was noticed, and what the guardian decides of it."""
    alert = Alert.objects.visible_to(actor_of(request)).select_related("reader", "decided_by").filter(pk=pk).first()
    if alert is None:
        raise NotAllowed("We could not find that page.")
    told, explained = told_of([alert], actor_of(request), timezone.now())[0], explain(alert, actor_of(request))
    show_told(request, [told])
    for kind, ids in explained.shown.items():
        show_ids(request, kind, ids)
    form = DecideAlert(request.POST or None, outcomes=told.kind.outcomes)
    page = {"told": told, "explained": explained, "guards": actor_of(request).has_role(*GUARDIANS)}
    run = partial(operations.decide_alert, alert)
    return save_or_ask(request, form, run, reverse("guardian"), "desk/decide_alert.html", page, done="Decided.")
