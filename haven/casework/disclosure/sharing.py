"""Writing once for several people, and what each of them gets (TR-10)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.disclosure import events
from haven.casework.disclosure.renditions import withdraw
from haven.casework.events.recording import record
from haven.casework.letters.codes import CHANNELS, LEVELS, RECIPIENTS, WRITINGS
from haven.casework.letters.models import Recipient, Writing, WritingPart
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change, must_be_as_seen
from haven.casework.people.models import Person


class AlreadySent(Refusal):
    """What has been sent stays as it was."""


class LabelStays(Refusal):
    """Only a manager takes the label of somebody else's words away, or opens what is restricted (TR-11)."""

    field = "source_label"


class OnePersonOnly(Refusal):
    """A recipient is one person or one agency: no copies, open or blind."""

    field = "address"


class AnswerUnknown(Refusal):
    """An answer is one of those offered."""


class AddressNeeded(Refusal):
    """What is sent needs an address."""

    field = "address"


@operation(may="disclosure.share")
def start_writing(case: Case, *, kind: str = "summary", by: Actor, at: datetime) -> Writing:
    """Begin a summary, minutes or a report that several people are to have, each as much as they may."""
    _known(WRITINGS, kind)
    writing = Writing(case=case, authority_id=case.authority_id, kind=kind, started_by_id=by.user_id, started_at=at)
    writing.save(force_insert=True)
    record(events.WRITING_STARTED, subject=writing, by=by, at=at, codes={"kind": kind})
    return writing


@operation(may="disclosure.share")
def write_part(
    writing: Writing,
    *,
    part: WritingPart | None = None,
    heading: str = "",
    text: str,
    about: Iterable[Person] = (),
    source_label: str = "",
    restriction: str = Restriction.OPEN,
    level: str = "outcome",
    audience: Iterable[str] = (),
    needs_agreement: bool = False,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> WritingPart:
    """Write a section, or change one: its words, whom it is about, whose words they are and who may have it.

    What was made for the recipients before is withdrawn. Only a manager takes a label or a restriction away.
    """
    _must_be_open(writing)
    _known(LEVELS, level)
    for each in audience:
        _known(RECIPIENTS, each)
    if part is not None:
        must_be_as_seen(part, version, heading=heading.strip(), text=text.strip(), source_label=source_label.strip())
        _label_stays(part, source_label, restriction, by)
    last = writing.parts.aggregate(last=Max("position"))["last"] or 0
    row = part or WritingPart(writing=writing, position=last + 1)
    row.heading, row.text, row.source_label = heading.strip(), text.strip(), source_label.strip()
    row.restriction, row.level, row.audience, row.needs_agreement = restriction, level, list(audience), needs_agreement
    row.save()
    row.about.set(about)
    _changed(writing, "part_changed" if part else "part_added", by=by, at=at)
    return row


@operation(may="disclosure.share")
def remove_part(part: WritingPart, *, by: Actor, at: datetime) -> None:
    """Take a section away."""
    _must_be_open(part.writing)
    part.delete()
    _changed(part.writing, "part_removed", by=by, at=at)


@operation(may="disclosure.share")
def add_recipient(
    writing: Writing,
    *,
    kind: str,
    name: str,
    level: str,
    channel: str,
    address: str = "",
    adult_agrees: bool = False,
    person: Person | None = None,
    contact_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Recipient:
    """Add one who is to have it. One person or agency each, at one address: nobody gets a copy of another's."""
    _must_be_open(writing)
    for known, given in ((RECIPIENTS, kind), (LEVELS, level), (CHANNELS, channel)):
        _known(known, given)
    address = " ".join(address.split())
    if channel != "hand" and not address:
        raise AddressNeeded("Give the address it is sent to, or choose to hand it over.")
    if channel == "email" and (address.count("@") != 1 or any(mark in address for mark in ",; ")):
        raise OnePersonOnly("Give one e-mail address. Everybody gets a letter of their own: add them one by one.")
    last = writing.recipients.aggregate(last=Max("position"))["last"] or 0
    recipient = Recipient(writing=writing, position=last + 1, kind=kind, name=name.strip(), level=level)
    recipient.person, recipient.contact_id, recipient.adult_agrees = person, contact_id, adult_agrees
    recipient.channel, recipient.address = channel, address
    recipient.save(force_insert=True)
    _changed(writing, "recipient_added", by=by, at=at)
    return recipient


@operation(may="disclosure.share")
def remove_recipient(recipient: Recipient, *, by: Actor, at: datetime) -> None:
    """Take somebody off the list; what was made for them is withdrawn."""
    _must_be_open(recipient.writing)
    _changed(recipient.writing, "recipient_removed", by=by, at=at)
    recipient.delete()


def _changed(writing: Writing, what: str, *, by: Actor, at: datetime) -> None:
    withdraw(writing, by=by, at=at)
    change(writing)
    record(events.WRITING_CHANGED, subject=writing, by=by, at=at, codes={"what": what})


def _must_be_open(writing: Writing) -> None:
    if writing.sent_at is not None:
        raise AlreadySent("This has been sent, so it stays as it is. Begin another one.")


def _label_stays(part: WritingPart, source_label: str, restriction: str, by: Actor) -> None:
    kept = list(Restriction.values)
    lowered = kept.index(restriction) < kept.index(part.restriction)
    taken = bool(part.source_label) and source_label.strip() != part.source_label
    if (lowered or taken) and not by.has_role_at(part.case.authority_id, *DECIDES):
        raise LabelStays("Only a manager takes away whose words these are, or opens what is restricted. Ask yours.")


def _known(codes: dict[str, Any], given: str) -> None:
    if given not in codes:
        raise AnswerUnknown("Choose one of the answers.")
