"""What waits to leave, by where it goes: how much, since when, what failed, what was given up (TR-23, TR-24).

Codes and references alone: nobody reads a message here. What belongs to a case that is kept from the reader is not in
it; whoever has that case has a task.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Count, F, Min, Q, QuerySet, Value
from django.db.models import When as If

from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.waiting.seen import deliveries_seen_by

SHOWN = 100
"""Messages listed, the oldest first; the counts are of all."""

OPEN = (Delivery.State.WAITING, Delivery.State.DEAD)

PURPOSES = {
    "feedback": "To whoever told us",
    "receipt": "Receipt of a report",
    "partner_stage": "How far we are, to a partner’s system",
    "invitation": "Invitation to an account",
    "password_reset": "Link for a new password",
}

ERRORS = {
    "": "",
    "channel_not_configured": "Nothing is set up to carry it",
    "AnsweredNo": "The other side answered no",
    "NotAnAnswer": "What came back did not repeat the message’s id",
    "TooSlow": "No answer in ten seconds",
    "NotReached": "No connection, or it broke off",
    "AddressRefused": "The address is not one that is sent to",
    "SecretUnreadable": "The secret for signing cannot be read",
    "ConnectionRefusedError": "No connection",
    "TimeoutError": "No answer in time",
}
"""What went wrong, by its kind."""


@dataclass(frozen=True)
class Destination:
    """One place that things leave for."""

    name: str
    waiting: int
    retrying: int
    dead: int
    oldest: datetime | None
    last_sent: datetime | None


@dataclass(frozen=True)
class Item:
    """One message, as it is listed: never its words, never its address."""

    pk: UUID
    reference: str
    purpose: str
    channel: str
    state: str
    attempts: int
    error: str
    created_at: datetime
    due_at: datetime


def destinations(actor: Actor) -> list[Destination]:
    """Every channel, and every partner's system, that something waits for, was given up for, or was ever sent to."""
    seen = deliveries_seen_by(actor)
    hook = Q(channel=Delivery.Channel.WEBHOOK)
    place = When(If(hook, then=F("to_address")), default=Value(""))
    waiting = Q(state=Delivery.State.WAITING)
    rows = seen.filter(state__in=OPEN).values("channel", place=place)
    counted = rows.annotate(
        waiting=Count("pk", filter=waiting),
        retrying=Count("pk", filter=waiting & Q(attempts__gt=0)),
        dead=Count("pk", filter=~waiting),
        oldest=Min("created_at"),
    ).order_by("channel", "place")
    found = [_destination(row, seen) for row in counted]
    named = {row["channel"] for row in counted}
    quiet = [_quiet(channel, seen) for channel in Delivery.Channel.values if channel not in named]
    return [*found, *(each for each in quiet if each.last_sent)]


def _destination(row: dict[str, Any], seen: QuerySet[Delivery]) -> Destination:
    last = _last_sent(seen, row["channel"], row["place"])
    counts = (row["waiting"], row["retrying"], row["dead"], row["oldest"])
    return Destination(_named(row["channel"], row["place"]), *counts, last)


def _quiet(channel: str, seen: QuerySet[Delivery]) -> Destination:
    return Destination(_named(channel, ""), 0, 0, 0, None, _last_sent(seen, channel, ""))


def _last_sent(seen: QuerySet[Delivery], channel: str, place: str) -> datetime | None:
    sent = seen.filter(channel=channel, state=Delivery.State.SENT)
    sent = sent.filter(to_address=place) if place else sent
    return sent.order_by("-settled_at").values_list("settled_at", flat=True).first()


def _named(channel: str, place: str) -> str:
    """A channel in words; of a partner's system the host alone, for its address may hold what nobody should read."""
    label = str(Delivery.Channel(channel).label)
    return f"{label}: {urlsplit(place).hostname}" if place else label


def items(actor: Actor, state: str, *, tried: bool = False) -> list[Item]:
    """Messages in this state, the oldest first; only those that failed before, where asked."""
    found = deliveries_seen_by(actor).filter(state=state).select_related("case").order_by("created_at")
    found = found.filter(attempts__gt=0) if tried else found
    rows = list(found[:SHOWN])
    references = _references(rows)
    return [item_of(row, references) for row in rows]


def item_of(row: Delivery, references: dict[UUID, str] | None = None) -> Item:
    """A message as it is listed."""
    names = _references([row]) if references is None else references
    reference = row.case.reference if row.case else names.get(row.contact_id, "") if row.contact_id else ""
    channel, state = row.get_channel_display(), row.get_state_display()
    said = (_purpose(row.purpose), channel, state, row.attempts, _error(row.last_error_code))
    return Item(row.pk, reference, *said, row.created_at, row.due_at)


def delivery_of(actor: Actor, pk: UUID) -> Delivery:
    """One message that waits or was given up, for a reader who may see to it."""
    found = deliveries_seen_by(actor).filter(pk=pk, state__in=OPEN).select_related("case", "person").first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def _references(rows: Iterable[Delivery]) -> dict[UUID, str]:
    ids = {row.contact_id for row in rows if row.contact_id and not row.case}
    return dict(Contact.objects.filter(pk__in=ids).values_list("pk", "reference")) if ids else {}


def _purpose(code: str) -> str:
    if code.startswith("act_now"):
        return "Alert that somebody may be in danger"
    return PURPOSES.get(code, code.replace("_", " ").capitalize())


def _error(code: str) -> str:
    return ERRORS.get(code, code)
