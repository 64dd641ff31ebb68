"""What becomes of a message that could not be sent: tried again, sent elsewhere, or settled with a reason (TR-24)."""

from datetime import datetime

from haven.casework.deliveries import events
from haven.casework.deliveries.checking import as_it_stands, outgoing
from haven.casework.deliveries.jobs import deliver
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.release import must_not_give_away
from haven.casework.deliveries.safety import is_unsafe
from haven.casework.deliveries.sending import DeliveryRefused, settle
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal

REASONS = {
    "told_by_telephone": "They were told by telephone",
    "told_in_person": "They were told in person",
    "sent_otherwise": "It was sent in another way",
    "not_needed": "It is not needed any more",
    "no_other_way": "There is no safe way to reach them",
}
"""Why something that was to leave does not: a closed list, so that nothing about anybody is typed here."""


class NothingLeft(Refusal):
    """Its words are gone: what lets somebody in is not kept once it was given up."""


class GoesElsewhere(Refusal):
    """Where a partner's system is told is set on the partner's page."""

    field = "to_address"


class ReasonRequired(Refusal):
    """Something that was to leave is settled with one of the reasons."""

    field = "reason"


@operation(may="deliveries.retry")
def retry_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Try again now to send what could not be sent."""
    _must_be_open(delivery)
    _wait_again(delivery, at)
    record(events.RETRIED, subject=delivery, by=by, at=at)
    return delivery


@operation(may="deliveries.readdress")
def readdress_delivery(delivery: Delivery, *, to_address: str, by: Actor, at: datetime) -> Delivery:
    """Send what could not be sent to another address, where it is as safe to send it there as when it was written."""
    _must_be_open(delivery)
    if delivery.channel == Delivery.Channel.WEBHOOK:
        raise GoesElsewhere("Set the address on the partner’s page, then try again here.")
    if not to_address.strip():
        raise DeliveryRefused("Give the address.")
    if is_unsafe(delivery.channel, delivery.person_id):
        raise DeliveryRefused("It is not safe to reach this person that way. Look at their safe contact.")
    delivery.to_address = to_address.strip()
    must_not_give_away(outgoing(delivery))
    delivery.as_written = as_it_stands(delivery)
    delivery.save(update_fields=["to_address", "as_written"])
    _wait_again(delivery, at)
    record(events.READDRESSED, subject=delivery, by=by, at=at)
    return delivery


@operation(may="deliveries.settle")
def settle_delivery(delivery: Delivery, *, reason: str, by: Actor, at: datetime) -> Delivery:
    """Settle what could not be sent, with a reason: it is not tried any more."""
    if reason not in REASONS:
        raise ReasonRequired("Choose why it need not be sent.")
    _must_be_open(delivery, words_needed=False)
    settle(delivery, reason=reason, at=at)
    record(events.SETTLED, subject=delivery, by=by, at=at, codes={"reason": reason})
    return delivery


def _must_be_open(delivery: Delivery, *, words_needed: bool = True) -> None:
    if delivery.state not in (Delivery.State.WAITING, Delivery.State.DEAD):
        raise DeliveryRefused("This has been sent or settled already.")
    if words_needed and not delivery.body:
        raise NothingLeft("Its words are not kept, because they would let somebody in. Send the invitation again.")


def _wait_again(delivery: Delivery, at: datetime) -> None:
    """From the beginning: all its tries, the first of them now."""
    facts = {"state": Delivery.State.WAITING, "due_at": at, "attempts": 0, "settled_at": None, "settled_reason": ""}
    Delivery.objects.filter(pk=delivery.pk).update(**facts)
    deliver.defer(delivery_id=str(delivery.pk))
