"""Receiving what arrives: durable before it is acknowledged, once however often it is sent (TR-14, TR-20)."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts import events
from haven.casework.contacts.keeping import keep_where_they_are, keep_who_told_us
from haven.casework.contacts.models import Contact, ContactPerson, Referrer
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.references import new_reference

ARRIVED: dict[str, Callable[[Contact, Actor, datetime], None]] = {}
"""Pathway code → what else it does when something arrives (its first clock, its alert), in the same transaction."""

ON_ARRIVAL: list[Callable[[Contact, Actor, datetime], None]] = []
"""What else happens when anything arrives, whatever the process: what must be asked of every report (PR-05)."""


class KeyUsedForAnotherBody(Refusal):
    """The same submission key came with other words: the first report stands and this one is not taken for it."""


class NobodyToFind(Refusal):
    """A report must give some way to find the person: a name, a description or a whereabouts (PR-03)."""


def digest_of(body: Any) -> str:
    """A fingerprint of what was sent, to tell a repeat from another report."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


@operation(may="contacts.receive")
def receive(
    authority: Authority,
    *,
    pathway: str,
    channel: str,
    form: str,
    answers: dict[str, Any],
    adults: list[dict[str, Any]],
    referrer: dict[str, Any],
    idempotency_key: str,
    received_at: datetime,
    by: Actor,
    at: datetime,
    **facts: Any,
) -> Contact:
    """Receive a report, whatever the channel, and put it in the duty queue.

    `answers` is the exact receipt as typed. The same key with the same body gives the same contact; with another body
    it is refused. Refused too when no adult can be found from it at all. An adult's `keep_protected`: where they are is
    shown to those only who need it.
    """
    body = digest_of([answers, adults, referrer])
    _one_at_a_time(authority, idempotency_key)
    wall.name(idempotency_key)
    already = Contact.objects.filter(authority=authority, idempotency_key=idempotency_key).first()
    if already is not None:
        return _same_or_refused(already, body, by=by, at=at)
    contact = Contact(
        reference=new_reference("C"),
        authority=authority,
        pathway=pathway,
        channel=channel,
        answers=answers,
        idempotency_key=idempotency_key,
        body_digest=body,
        received_at=received_at,
        recorded_at=at,
        entered_by_id=by.id if by.is_user else None,
        **facts,
    )
    people = [ContactPerson(contact=contact, position=i, **_plain(adult)) for i, adult in enumerate(adults)]
    if not people or not any(person.is_findable for person in people):
        raise NobodyToFind("Tell us some way to find the person: a name, what they look like, or where they are.")
    wall.hold(contact.pk)
    contact.save(force_insert=True)
    ContactPerson.objects.bulk_create(people)
    told = Referrer(contact=contact, **referrer)
    told.save(force_insert=True)
    keep_who_told_us(told, by=by, at=at)
    keep_where_they_are(contact, adults, by=by, at=at)
    record(
        events.RECEIVED,
        subject=contact,
        by=by,
        at=received_at,
        codes={"channel": channel, "form": form},
        digest=contact.seal(body),
    )
    ARRIVED.get(pathway, _nothing_more)(contact, by, at)
    for also in ON_ARRIVAL:
        also(contact, by, at)
    return contact


def _plain(adult: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in adult.items() if name != "keep_protected"}


def _one_at_a_time(authority: Authority, key: str) -> None:
    """Hold back a second submission of the same form until the first is in, so that it finds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{authority.pk}:{key}"])


def _nothing_more(contact: Contact, by: Actor, at: datetime) -> None:
    """A pathway that does nothing more on arrival."""


def _same_or_refused(contact: Contact, body: str, *, by: Actor, at: datetime) -> Contact:
    if contact.body_digest != body:
        raise KeyUsedForAnotherBody(
            f"We already have a report from this form under {contact.reference}. Start a new report to tell us more."
        )
    record(events.RECEIVED, subject=contact, by=by, at=at, codes={"channel": contact.channel, "repeat": True})
    return contact
