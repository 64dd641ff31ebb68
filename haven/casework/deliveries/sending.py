"""Sending: the row and its job are written in the transaction of whatever causes them, and vanish with it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models

from haven.casework.cases.models import Case
from haven.casework.deliveries.checking import as_it_stands, outgoing
from haven.casework.deliveries.jobs import deliver
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.release import must_not_give_away
from haven.casework.deliveries.safety import is_unsafe
from haven.casework.operations.refusals import Refusal
from haven.casework.people.models import Person


class DeliveryRefused(Refusal):
    """It is not sent: there is no address, or reaching the person this way is not safe (PR-22)."""


def send(
    *,
    channel: str,
    to_address: str,
    subject: str,
    body: str,
    purpose: str,
    authority_id: UUID,
    at: datetime,
    case: Case | None = None,
    contact_id: UUID | None = None,
    letter: models.Model | None = None,
    person: Person | None = None,
    known_as: Iterable[str] = (),
    not_sent: str = "",
) -> Delivery:
    """Send something once this transaction commits; if it rolls back, nothing leaves.

    `person` is whom it is for: refused where their safe contact says no to the channel, now or when it is sent.
    `known_as` is whatever else is known of the recipient: refused where they are linked as a risk, or close to somebody
    who is, and this would tell them something protected (CarriesProtected, TR-08). `letter` is the one whose words
    these are. `not_sent` gives a reason to keep the row and send nothing ("generated").
    """
    if not to_address.strip():
        raise DeliveryRefused("There is no address to send this to.")
    if is_unsafe(channel, person.pk if person else None):
        raise DeliveryRefused("It is not safe to reach this person that way. Look at their safe contact.")
    delivery = Delivery(authority_id=authority_id, case=case, contact_id=contact_id, person=person)
    delivery.letter_id = letter.pk if letter else None
    delivery.channel, delivery.purpose, delivery.to_address = channel, purpose, to_address.strip()
    delivery.subject, delivery.body = " ".join(subject.split()), body
    delivery.created_at = delivery.due_at = at
    delivery.known_as = [known.strip() for known in known_as if known.strip()]
    if not_sent:
        _mark_not_sent(delivery, not_sent, at)
        delivery.save(force_insert=True)
    else:
        _check_and_defer(delivery)
    return delivery


def _check_and_defer(delivery: Delivery) -> None:
    must_not_give_away(outgoing(delivery))
    delivery.as_written = as_it_stands(delivery)
    delivery.save(force_insert=True)
    deliver.defer(delivery_id=str(delivery.pk))


def settle(delivery: Delivery, *, reason: str, at: datetime) -> Delivery:
    """Settle a delivery that is not to be sent, or was seen to by hand, saying why. One already sent stays as it is."""
    _mark_not_sent(delivery, reason, at)
    facts = {"state": delivery.state, "settled_at": at, "settled_reason": reason}
    changed = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.SENT).update(**facts)
    if not changed:
        raise DeliveryRefused("This has already been sent.")
    return delivery


def _mark_not_sent(delivery: Delivery, reason: str, at: datetime) -> None:
    delivery.state, delivery.settled_at, delivery.settled_reason = Delivery.State.NOT_SENT, at, reason
