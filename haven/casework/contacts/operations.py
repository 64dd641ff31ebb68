"""What duty does with an arrival before it is anything else."""

from datetime import datetime

from haven.casework.clocks.models import Clock
from haven.casework.contacts import events
from haven.casework.contacts.messaging import ANSWER_MESSAGE
from haven.casework.contacts.models import Contact, FirstLook, Outcome
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change


class AlreadyTaken(Refusal):
    """A colleague has it; ask them, or take it over knowingly."""


class AlreadyDecided(Refusal):
    """Somebody has already said what this report is."""


class SafetyRequired(Refusal):
    """A first look says whether the adult is safe tonight."""


@operation(may="contacts.claim")
def claim(contact: Contact, *, take_over: bool = False, by: Actor, at: datetime) -> Contact:
    """Take a report to look at: "I'm on it"."""
    must_wait(contact)
    if contact.claimed_by_id not in (None, by.id) and not take_over:
        raise AlreadyTaken("A colleague is on this one. Ring them, or choose “Take over”.")
    change(contact, claimed_by_id=by.id, claimed_at=at)
    record(events.CLAIMED, subject=contact, by=by, at=at)
    return contact


@operation(may="contacts.first_look")
def first_look(
    contact: Contact,
    *,
    safe_tonight: str,
    urgency: str,
    words: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> FirstLook:
    """Say whether the adult is safe tonight, how urgent this is, and what you did (PR-01)."""
    must_wait(contact)
    if not safe_tonight or not urgency:
        raise SafetyRequired("Say whether they are safe tonight, and choose Act now, Today or Routine.")
    look = FirstLook(contact=contact, safe_tonight=safe_tonight, urgency=urgency, words=words, at=at, by_id=by.user_id)
    look.save(force_insert=True)
    change(
        contact,
        version=version,
        state=Contact.State.LOOKED_AT,
        safe_tonight=safe_tonight,
        urgency=urgency,
        looked_at=contact.looked_at or at,
        claimed_by_id=contact.claimed_by_id or by.id,
        claimed_at=contact.claimed_at or at,
    )
    _stop_clocks(contact, at)
    codes = {"safe_tonight": safe_tonight, "urgency": urgency}
    record(events.LOOKED_AT, subject=contact, by=by, at=at, codes=codes, digest=look.seal(words))
    return look


def must_wait(contact: Contact) -> None:
    """Refuse where the report has already been decided."""
    if not contact.is_waiting:
        raise AlreadyDecided("This report has already been decided. Open it to see what it became.")


def _stop_clocks(contact: Contact, at: datetime) -> None:
    """Somebody has looked: what ran on the report itself, before it was anything else, stops (PR-31). A
    message that waits for an answer still waits."""
    clocks = Clock.objects.filter(contact_id=contact.pk, case=None).running()
    clocks.exclude(rule=ANSWER_MESSAGE.code).update(stopped_at=at)


def mark_accepted(contact: Contact, *, by: Actor, at: datetime) -> None:
    """The report became one or more cases; called by the pathway that made them."""
    must_wait(contact)
    change(contact, state=Contact.State.ACCEPTED)
    _stop_clocks(contact, at)
    record(events.ACCEPTED, subject=contact, by=by, at=at)


def mark_merged(contact: Contact, *, into: Contact, reasons: str, by: Actor, at: datetime) -> None:
    """The report tells of an incident already reported; both referrers are kept (PR-02)."""
    must_wait(contact)
    outcome = Outcome(contact=contact, reasons=reasons, at=at, by_id=by.user_id)
    outcome.save(force_insert=True)
    change(contact, state=Contact.State.MERGED, merged_into_id=into.pk)
    _stop_clocks(contact, at)
    codes = {"into": str(into.pk)}
    record(events.MERGED, subject=contact, by=by, at=at, codes=codes, digest=outcome.seal(reasons))


def mark_refused(contact: Contact, *, reasons: str, advice: str = "", by: Actor, at: datetime) -> None:
    """A named person decides this is not a safeguarding concern, saying why; never a machine (TR-19)."""
    must_wait(contact)
    outcome = Outcome(contact=contact, reasons=reasons, advice=advice, at=at, by_id=by.user_id)
    outcome.save(force_insert=True)
    change(contact, state=Contact.State.REFUSED)
    _stop_clocks(contact, at)
    record(events.REFUSED, subject=contact, by=by, at=at, digest=outcome.seal(reasons + advice))
