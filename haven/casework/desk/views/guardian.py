"""The guardian's queue, and deciding what stands in it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.reading import show
from haven.casework.desk.forms import DecideAlert
from haven.casework.desk.guardian import queue_of, told_of
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import operations
from haven.casework.watch.models import Alert


def guardian(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the guardian, oldest first."""
    now = timezone.now()
    told = queue_of(actor_of(request), now)
    show(request, *(each.alert for each in told))
    return render(request, "desk/guardian.html", {"told": told, "now": now})


def decide_alert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One alert: what was seen, and what the guardian decides of it."""
    alert = Alert.objects.visible_to(actor_of(request)).select_related("reader", "decided_by").filter(pk=pk).first()
    if alert is None:
        raise NotAllowed("We could not find that page.")
    show(request, alert)
    told = told_of([alert], timezone.now())[0]
    form = DecideAlert(request.POST or None, outcomes=told.kind.outcomes)
    run = partial(operations.decide_alert, alert)
    return save_or_ask(
        request, form, run, reverse("guardian"), "desk/decide_alert.html", {"told": told}, done="Decided."
    )
