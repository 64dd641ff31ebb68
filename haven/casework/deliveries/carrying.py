"""Carrying a delivery out: once at a time, tried again when it fails, given up in the open."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.models import Team
from haven.casework.deliveries.channels import CARRIERS, ChannelNotConfigured
from haven.casework.deliveries.checking import WHY, stopped_because
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.tasks.doing import add_task
from haven.lib.calendar import day_of

log = logging.getLogger("haven.deliveries")

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long to wait after each failure; after the last, the delivery is dead: about 17 hours in all."""

AT_ONE_SWEEP = 200

LETS_SOMEBODY_IN = frozenset({"invitation", "password_reset"})
"""Purposes whose words hold a link that lets somebody in: the words go as soon as the mail is sent or given up."""

WHOSE = "whose a delivery is, for a job carries its id alone"


def carry_out(delivery_id: UUID, at: datetime) -> None:
    """Try a delivery that is due. Does nothing where it is settled, or another worker has it this moment."""
    with transaction.atomic():
        wall.open_to_all(WHOSE)
        due = Delivery.objects.due(at).select_for_update(skip_locked=True)
        delivery = due.filter(pk=delivery_id).first()
        if delivery is None:
            return
        wall.open_for_work("carrying out one delivery of this authority", delivery.authority_id)
        because = stopped_because(delivery)
        if because:
            _stop(delivery, because, at)
        else:
            _try(delivery, at)
        if delivery.purpose in LETS_SOMEBODY_IN and delivery.state != Delivery.State.WAITING:
            delivery.body = ""
        delivery.save(
            update_fields=["body", "state", "attempts", "last_error_code", "due_at", "settled_at", "settled_reason"]
        )


def carry_out_waiting(at: datetime) -> int:
    """Try every delivery that is due: those to be tried again, and those whose job was lost; how many were tried."""
    with transaction.atomic():
        wall.open_to_all("what is due for delivery, whoever's it is")
        ids = list(Delivery.objects.due(at).order_by("due_at").values_list("pk", flat=True)[:AT_ONE_SWEEP])
    for delivery_id in ids:
        carry_out(delivery_id, at)
    return len(ids)


def _try(delivery: Delivery, at: datetime) -> None:
    delivery.attempts += 1
    try:
        CARRIERS[delivery.channel](delivery)
    except ChannelNotConfigured:
        delivery.attempts = len(WAITS) + 1
        _failed(delivery, "channel_not_configured", at)
    except Exception as error:
        # Whatever went wrong outside is kept by its kind only: its message may hold the address.
        _failed(delivery, type(error).__name__, at)
    else:
        delivery.state, delivery.settled_at, delivery.last_error_code = Delivery.State.SENT, at, ""


def _failed(delivery: Delivery, code: str, at: datetime) -> None:
    delivery.last_error_code = code[:80]
    if delivery.attempts <= len(WAITS):
        delivery.due_at = at + WAITS[delivery.attempts - 1]
    else:
        delivery.state, delivery.settled_at = Delivery.State.DEAD, at
        _tell_somebody(delivery, at)
    log.warning("delivery %s failed: %s, now %s", delivery.pk, code, delivery.state)


def _tell_somebody(delivery: Delivery, at: datetime) -> None:
    """Nothing is given up in silence: whoever has the case, or the duty team, is asked to see to it (TR-24)."""
    case = delivery.case
    duty = Team.objects.filter(authority_id=delivery.authority_id, kind=Team.Kind.DUTY)
    team = case.team if case else duty.first() if delivery.contact_id else None
    if team is None:
        return
    add_task(
        authority_id=delivery.authority_id,
        kind="delivery_dead",
        words="A message could not be sent and is not tried any more. See Waiting to leave, or find another way.",
        due_on=day_of(at),
        case=case,
        contact_id=None if case else delivery.contact_id,
        owner=case.worker if case else None,
        team=team,
        by=Actor.job("deliveries"),
        at=at,
    )


def _stop(delivery: Delivery, because: str, at: datetime) -> None:
    """Do not send what has become unsafe since it was written, and tell whoever holds the case (TR-09)."""
    delivery.state, delivery.settled_at, delivery.settled_reason = Delivery.State.NOT_SENT, at, because
    if delivery.case is None:
        return
    add_task(
        authority_id=delivery.authority_id,
        kind="delivery_stopped",
        words=f"A message was not sent: {WHY[because]}. Look at it again, and find another way.",
        due_on=day_of(at),
        case=delivery.case,
        owner=delivery.case.worker,
        team=delivery.case.team,
        by=Actor.job("deliveries"),
        at=at,
    )
