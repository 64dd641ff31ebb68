"""The receipt, which is shown only after the report is kept for good (TR-20); and its page for paper."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format

from haven.casework.access import wall
from haven.casework.access.may import may
from haven.casework.access.models import Authority
from haven.casework.clocks.due import INSTANT, due_moment
from haven.casework.clocks.policies import rules_of
from haven.casework.contacts.messages import MessageBox
from haven.casework.contacts.messaging import NumberTaken, give_number, in_groups
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.desk.loading import actor_of
from haven.casework.operations.actor import Actor
from haven.casework.people.keys import KeyMissing
from haven.lib.calendar import LONDON, day_of, england
from haven.pathways.adults.timescales import FIRST_LOOK, FIRST_REPLY
from haven.pathways.adults.views.public.hours import clock_said, desk_now
from haven.pathways.adults.views.public.kept import HELD_FOR
from haven.pathways.adults.views.public.pages import council_of, go, shown

log = logging.getLogger("haven.receipts")

SALT = "adults.public.receipt"


def receipt_of(council: Authority, contact: Contact) -> HttpResponse:
    """To the receipt. Its address says nothing of anyone, and stops opening after two hours."""
    return go("public-receipt", council, signing.dumps(contact.pk.hex, salt=SALT))


def public_receipt(request: HttpRequest, authority: str, token: str) -> HttpResponse:
    """The reference, what happens next and by when, and what to do if it gets worse (PR-07); once, the number with
    which somebody who gave no name comes back."""
    return with_receipt(request, authority, token, "receipt")


def public_new_number(request: HttpRequest, authority: str, token: str) -> HttpResponse:
    """The receipt with another number, in place of one that was lost on the way and that nobody has used."""
    if request.method != "POST":
        return redirect("public-receipt", authority, token)
    return with_receipt(request, authority, token, "receipt", again=True)


def public_receipt_print(request: HttpRequest, authority: str, token: str) -> HttpResponse:
    """The same for paper."""
    return with_receipt(request, authority, token, "receipt_print")


def with_receipt(request: HttpRequest, authority: str, token: str, page: str, *, again: bool = False) -> HttpResponse:
    """Show the report the token stands for; an old or a wrong token is told where to ask instead."""
    council = council_of(request, authority)
    try:
        contact_id = signing.loads(token, salt=SALT, max_age=HELD_FOR)
    except signing.BadSignature:
        return shown(request, council, "receipt_over", not_sent=False)
    wall.hold(UUID(contact_id))
    found = Contact.objects.select_related("referrer", "message_box").filter(authority=council, pk=contact_id)
    contact = found.first()
    if contact is None:
        return shown(request, council, "receipt_over", not_sent=False)
    told = {**what_happens_next(council, contact), **number_of(contact, actor_of(request), page, again)}
    return shown(request, council, page, contact=contact, token=token, not_sent=False, **told)


def number_of(contact: Contact, actor: Actor, page: str, again: bool) -> dict[str, Any]:
    """The number, the one time that it is shown: on the page after sending, to whoever gave no name or did so in
    confidence. A fault in making it never hides that the report arrived."""
    box: MessageBox | None = getattr(contact, "message_box", None)
    facts = {"has_number": box is not None, "may_have_another": box is not None and box.used_at is None}
    if page != "receipt" or (box is not None and not again) or not may(actor, "contacts.open_box", contact):
        return facts
    try:
        return {"number": in_groups(give_number(contact, again=again, by=actor, at=timezone.now()))}
    except NumberTaken:
        return facts
    except (OSError, KeyMissing):
        log.exception("no number could be made for a receipt")
        return facts


def what_happens_next(council: Authority, contact: Contact) -> dict[str, Any]:
    """By when it is read and when somebody replies, from the authority's own numbers."""
    received = contact.received_at
    rules = rules_of(council.pk)
    look = rules.amount(FIRST_LOOK, day_of(received))
    reply = rules.amount(FIRST_REPLY, day_of(received))
    reply_by = due_moment(FIRST_REPLY, received, reply, england(), rules.desk) - INSTANT
    return {
        "received": said(received),
        "look_hours": look,
        "then": desk_now(council, received),
        "reply_by": date_format(day_of(reply_by), "l j F"),
        "may_reply": bool(contact.referrer.safe_ways),
        "is_alerted": is_alerted(contact),
    }


def is_alerted(contact: Contact) -> bool:
    """Whether somebody was in fact alerted: where there is no duty address and nobody on duty, nobody is."""
    sent = Delivery.objects.filter(contact_id=contact.pk, channel=Delivery.Channel.ALERT)
    return contact.immediate_danger == "yes" and sent.exists()


def said(moment: datetime) -> str:
    """“Friday 6 March 2026 at 2:05pm”."""
    local = moment.astimezone(LONDON)
    return f"{date_format(local, 'l j F Y')}, {clock_said(local.time())}"
