"""What waits to leave, and what could not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.deliveries import settling
from haven.casework.deliveries.models import Delivery
from haven.casework.desk.loading import actor_of
from haven.casework.desk.outbox import delivery_of, destinations, item_of, items
from haven.casework.desk.outbox_forms import READDRESS, RETRY, SeeToAddressed, SeeToDelivery
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.actor import Actor


def outbox(request: HttpRequest) -> HttpResponse:
    """Where things leave for, what was given up, and what is being tried again."""
    actor = actor_of(request)
    context = {
        "destinations": destinations(actor),
        "dead": items(actor, Delivery.State.DEAD),
        "retrying": items(actor, Delivery.State.WAITING, tried=True),
        "now": timezone.now(),
    }
    return render(request, "desk/outbox.html", context)


def outbox_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """See to one message: try again, send it elsewhere, or settle it."""
    found, actor = delivery_of(actor_of(request), pk), actor_of(request)
    elsewhere = found.channel != Delivery.Channel.WEBHOOK and may(actor, "deliveries.readdress", found)
    form = (SeeToAddressed if elsewhere else SeeToDelivery)(request.POST or None)
    context = {"item": item_of(found), "now": timezone.now()}

    def run(**answers: Any) -> Any:
        return _see_to(found, **answers)

    return save_or_ask(request, form, run, reverse("outbox"), "desk/outbox_item.html", context, done="Done.")


def _see_to(
    found: Delivery, *, answer: str, by: Actor, at: datetime, reason: str = "", to_address: str = ""
) -> Delivery:
    if answer == RETRY:
        return settling.retry_delivery(found, by=by, at=at)
    if answer == READDRESS:
        return settling.readdress_delivery(found, to_address=to_address, by=by, at=at)
    return settling.settle_delivery(found, reason=reason, by=by, at=at)
