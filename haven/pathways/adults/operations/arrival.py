"""What happens on arrival: the clock of the first look, and the alert where somebody is in danger (PR-01)."""

from datetime import datetime, timedelta

from haven.casework.access.models import Authority, Membership
from haven.casework.clocks.policies import rules_of
from haven.casework.clocks.running import start
from haven.casework.contacts.events import ALERTED
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.events.recording import opened_by_somebody, record
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of, england
from haven.pathways.adults.timescales import FIRST_LOOK

AGAIN_AFTER = timedelta(minutes=15)
"""PR-01: every 15 minutes, then the next name, until a named person opens it."""

ALERTED_FOR = timedelta(days=7)
"""After which the first look's own lateness is what a manager sees; an alert nobody heeds for a week helps no one."""

SUBJECT = "Haven: something waits that must be looked at now"


def arrived(contact: Contact, by: Actor, at: datetime) -> None:
    """Start the clock of the first look, and alert whoever is on duty where somebody is in immediate danger.

    What is keyed long after it came, by an import or a generator, alerts nobody.
    """
    start(FIRST_LOOK, authority_id=contact.authority_id, contact_id=contact.pk, at=contact.received_at, by=by)
    if contact.immediate_danger == "yes" and by.kind != "job":
        alert(contact, slot=0, by=Actor.job("alert of immediate danger"), at=at)


def alert(contact: Contact, *, slot: int, by: Actor, at: datetime) -> Delivery | None:
    """Alert the name whose turn it is, once a slot; nothing of the report is in it. None where it was already done."""
    purpose = f"act_now_{slot}"
    names = whom_to_alert(contact.authority, at)
    if not names or Delivery.objects.filter(contact_id=contact.pk, purpose=purpose).exists():
        return None
    delivery = send(
        channel="alert",
        to_address=names[slot % len(names)],
        subject=SUBJECT,
        body=f"Open {contact.reference} on the duty desk now. This is repeated every 15 minutes until somebody does.",
        purpose=purpose,
        authority_id=contact.authority_id,
        contact_id=contact.pk,
        at=at,
    )
    whom = "duty" if desk_is_open(contact.authority, at) else "out_of_hours"
    record(ALERTED, subject=contact, by=by, at=at, codes={"whom": whom, "slot": slot})
    return delivery


def whom_to_alert(authority: Authority, at: datetime) -> list[str]:
    """In turn: in desk hours the duty address, then the duty officers; outside them the out-of-hours workers first."""
    shared = [authority.alert_email] if authority.alert_email else []
    if desk_is_open(authority, at):
        return shared + _addresses(authority, "duty_officer", at)
    return _addresses(authority, "out_of_hours_worker", at) + shared


def _addresses(authority: Authority, role: str, at: datetime) -> list[str]:
    holders = Membership.objects.on(day_of(at)).filter(authority=authority, role=role, user__is_active=True)
    return list(holders.order_by("user__email").values_list("user__email", flat=True).distinct())


def desk_is_open(authority: Authority, at: datetime) -> bool:
    """The authority's desk is open at this moment: its days, its hours, and no bank holiday."""
    desk, day = rules_of(authority.pk).desk, day_of(at)
    working = england().on_weekdays(desk.days).is_working(day)
    return working and desk.opens_at(day) <= at < desk.closes_at(day)


def alert_again(at: datetime, by: Actor) -> int:
    """Alert again for every report of immediate danger that nobody has opened; how many alerts were sent."""
    sent = [alert(contact, slot=slot_at(contact, at), by=by, at=at) for contact in unopened(at)]
    return sum(delivery is not None for delivery in sent)


def slot_at(contact: Contact, at: datetime) -> int:
    """Which quarter of an hour since the report was kept."""
    return int((at - contact.recorded_at) // AGAIN_AFTER)


def unopened(at: datetime) -> list[Contact]:
    """Reports of immediate danger that no named person has opened, taken or looked at."""
    waiting = Contact.objects.filter(
        pathway="adults",
        state=Contact.State.RECEIVED,
        immediate_danger="yes",
        claimed_at=None,
        recorded_at__gte=at - ALERTED_FOR,
    )
    found = list(waiting.select_related("authority"))
    opened = opened_by_somebody("contact", [contact.pk for contact in found], route="report")
    return [contact for contact in found if contact.pk not in opened]
