"""Writing back and forth with somebody who told us without a name: the number, their words, ours (R-041, PR-23)."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from uuid import UUID

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.clocks.running import start, stop
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.contacts import events
from haven.casework.contacts.messages import Message, MessageBox
from haven.casework.contacts.models import Contact, Referrer
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people.keys import keyring_of

DIGITS = 16
"""10**16 numbers, and a wrong one is counted by how it begins: twelve in a quarter of an hour."""

LONGEST = 20_000
MOST_UNANSWERED = 20
"""Messages in a row that nobody has answered yet; a machine that found a number fills no disk with it."""

ANSWER_MESSAGE = Timescale(
    "answer_message",
    "Answer the person who wrote back",
    amount=2,
    counting=Counting.WORKING_DAYS,
    source="Local procedure (R-041); Public Interest Disclosure Act 1998 sets no time",
    starts="They write by their number",
    stops="A named worker answers, or says why it needs no answer",
)


class NumberTaken(Refusal):
    """The number of a box is made once; again only while nobody has used it."""


class NothingSaid(Refusal):
    """A message holds words, or comes with a file."""

    field = "words"


class TooManyUnanswered(Refusal):
    """Many messages in a row lie unanswered; more must wait until somebody has read them."""


class WhyNoAnswer(Refusal):
    """Leaving a message without an answer needs reasons."""

    field = "reasons"


class NothingWaits(Refusal):
    """There is no message that waits for an answer."""


def may_have_box(told: Referrer) -> bool:
    """Whoever gave no name, or asked us to keep it to ourselves."""
    return told.identity != "use"


@operation(may="contacts.open_box")
def give_number(contact: Contact, *, again: bool = False, by: Actor, at: datetime) -> str:
    """Give the number that opens the messages of a report: shown this once and kept nowhere, but for its fingerprint.

    `again`: in place of one that was lost on the way and that nobody has used. Refused otherwise.
    """
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    box = MessageBox.objects.select_for_update(of=("self",)).filter(contact=contact).first()
    if box is not None and not (again and box.used_at is None):
        raise NumberTaken("Your number was shown once. Nobody can show it again, not even us.")
    box = box or MessageBox(contact=contact, authority_id=contact.authority_id)
    box.number_hash, box.given_at = fingerprint(contact.authority_id, number), at
    box.save()
    record(events.NUMBER_GIVEN, subject=contact, by=by, at=at)
    return number


def fingerprint(authority_id: UUID, number: str) -> str:
    """What is kept of a number: a copy of the table alone opens nothing, for the key is not in the database."""
    digits = "".join(re.findall(r"[0-9]", number))
    key = keyring_of(authority_id, make=True).fingerprint
    return hmac.new(key, f"message box {digits}".encode(), hashlib.sha256).hexdigest()


def in_groups(number: str) -> str:
    """As it is read and written down: 4-4-4-4."""
    return "-".join(number[place : place + 4] for place in range(0, len(number), 4))


def box_of(authority: Authority, number: str) -> MessageBox | None:
    """The box a number opens. One that was never given, of another authority or no number at all is looked for alike,
    so that neither the answer nor the time it takes tells them apart."""
    wanted = fingerprint(authority.pk, number)
    wall.name(wanted)
    return MessageBox.objects.filter(authority=authority, number_hash=wanted).first()


@operation(may="contacts.write_from_outside")
def tell_more(contact: Contact, *, words: str, files: int = 0, key: UUID, by: Actor, at: datetime) -> Message:
    """Add words or files to a report by its number. It waits under a clock until a named worker answers.

    Sent twice with the same key, it is one message: the first.
    """
    words, sent = words.strip()[:LONGEST], Message.objects.filter(contact=contact, pk=key).first()
    if sent is not None:
        record(events.MESSAGE_CAME, subject=contact, by=by, at=at, codes={"repeat": True})
        return sent
    if not words and not files:
        raise NothingSaid("Write something, or choose a file.")
    if Message.objects.filter(contact=contact).unanswered().count() >= MOST_UNANSWERED:
        raise TooManyUnanswered("We have not read your last messages yet. Please wait, or ring us.")
    message = Message(pk=key, contact=contact, authority_id=contact.authority_id, from_outside=True)
    message.words, message.files, message.written_at = words, files, at
    message.save(force_insert=True)
    if not Clock.objects.of(ANSWER_MESSAGE, contact_id=contact.pk).running().exists():
        start(ANSWER_MESSAGE, authority_id=contact.authority_id, contact_id=contact.pk, at=at, by=by)
    record(events.MESSAGE_CAME, subject=contact, by=by, at=at, codes={"files": files}, digest=message.seal(words))
    return message


@operation(may="contacts.answer_message")
def answer_message(contact: Contact, *, words: str, by: Actor, at: datetime) -> Message:
    """Write to the person who told us; whatever they wrote before counts as answered."""
    if not words.strip():
        raise NothingSaid("Write your answer.")
    message = Message(contact=contact, authority_id=contact.authority_id, from_outside=False)
    message.words, message.written_at, message.written_by_id = words.strip()[:LONGEST], at, by.user_id
    message.save(force_insert=True)
    _settle(contact, by, at)
    record(events.MESSAGE_ANSWERED, subject=contact, by=by, at=at, digest=message.seal(message.words))
    return message


@operation(may="contacts.answer_message")
def settle_messages(contact: Contact, *, reasons: str, by: Actor, at: datetime) -> int:
    """Say why what they wrote needs no answer; how many messages that was."""
    if not reasons.strip():
        raise WhyNoAnswer("Write why no answer is needed, or what was done instead.")
    waiting = Message.objects.filter(contact=contact).unanswered().order_by("-written_at").first()
    if waiting is None:
        raise NothingWaits("Nothing waits for an answer here.")
    settled = _settle(contact, by, at, reasons.strip())
    record(events.MESSAGE_PUT_BY, subject=contact, by=by, at=at, digest=waiting.seal(reasons.strip()))
    return settled


def _settle(contact: Contact, by: Actor, at: datetime, reasons: str = "") -> int:
    stop(ANSWER_MESSAGE, contact_id=contact.pk, by=by, at=at)
    facts = {"settled_at": at, "settled_by_id": by.user_id, "settled_reasons": reasons}
    return Message.objects.filter(contact=contact).unanswered().update(**facts)
