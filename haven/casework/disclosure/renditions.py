"""Making each recipient's own letter, having it approved, and sending it (TR-10, TR-12)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.disclosure import events
from haven.casework.disclosure.gathering import facts_of, is_linked, reports_of
from haven.casework.disclosure.hooks import is_on_hold, referrer_level
from haven.casework.documents.keeping import get, put
from haven.casework.events.recording import record
from haven.casework.letters.approving import approval_needed, ask_approval, must_be_approved, void_approval
from haven.casework.letters.codes import LEVELS, RECIPIENTS
from haven.casework.letters.composing import compose, write_letter
from haven.casework.letters.models import Letter, Recipient, Rendition, Writing, WritingPart
from haven.casework.letters.rendering import Facts, Piece, Reader, Shown, shown_to
from haven.casework.letters.templates import letter_template, load_letters
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.lib.paper.making import Section, text_pdf

load_letters(Path(__file__).parent / "letters")

TEMPLATE = "shared"
KEPT_AWAY = ("provider", "alleged_source")
"""Nothing goes to the alleged person or an employer while the police ask us to wait (PR-15)."""

HELD_TO_RECEIPT = ("referrer", "resident", "other", *KEPT_AWAY)


class NothingForThem(Refusal):
    """Somebody would get an empty letter."""


class NotMadeYet(Refusal):
    """There is nobody it goes to, or nothing in it, or the letters are not made yet."""


class ChangedSince(Refusal):
    """What somebody may see, or the bytes, are not what was shown."""


@dataclass(frozen=True)
class Preview:
    """One recipient's letter as it would leave, and what they do not get."""

    recipient: Recipient
    reader: Reader
    shown: Shown
    subject: str
    body: str

    @property
    def is_empty(self) -> bool:
        """They may see nothing of it."""
        return not self.shown.pieces


def previews_of(writing: Writing) -> list[Preview]:
    """Every recipient's letter, side by side."""
    facts, pieces = facts_of(writing.case), [piece_of(part) for part in parts_of(writing)]
    return [preview(recipient, pieces, facts) for recipient in recipients_of(writing)]


def parts_of(writing: Writing) -> list[WritingPart]:
    return list(writing.parts.prefetch_related("about").order_by("position"))


def recipients_of(writing: Writing) -> list[Recipient]:
    found = list(writing.recipients.select_related("person").order_by("position"))
    for recipient in found:
        recipient.writing = writing
    return found


def piece_of(part: WritingPart) -> Piece:
    """A part as the rules look at it."""
    return Piece(
        part.pk, part.heading, part.text, frozenset(person.pk for person in part.about.all()), part.source_label,
        part.restriction, part.level, frozenset(part.audience), part.needs_agreement,
    )  # fmt: skip


def reader_of(recipient: Recipient) -> Reader:
    """Who a recipient is now: no more than the pathway lets somebody who told us know, and a receipt under a hold."""
    case = recipient.case
    linked = recipient.kind == "alleged_source" or is_linked(case, recipient.person_id)
    reader = Reader(
        recipient.kind, recipient.name, recipient.level, recipient.person_id, recipient.adult_agrees, linked
    )
    if recipient.kind in HELD_TO_RECEIPT and is_on_hold(case):
        return replace(reader, level="receipt")
    if recipient.kind == "referrer":
        return replace(reader, level=_least(recipient.level, _told(case, recipient)))
    return reader


def _told(case: Case, recipient: Recipient) -> str:
    contact = next((each for each in reports_of(case) if each.pk == recipient.contact_id), None)
    return referrer_level(case, contact) if contact else "receipt"


def _least(one: str, other: str) -> str:
    return min(one, other, key=list(LEVELS).index)


def preview(recipient: Recipient, pieces: Sequence[Piece], facts: Facts) -> Preview:
    """One recipient's letter from the facts of the case."""
    reader = reader_of(recipient)
    kept_away = recipient.kind in KEPT_AWAY and is_on_hold(recipient.case)
    shown = shown_to(reader, [] if kept_away else pieces, facts)
    subject, body = compose(letter_template(TEMPLATE), _values(recipient, shown)) if shown.pieces else ("", "")
    return Preview(recipient, reader, shown, subject, body)


def _values(recipient: Recipient, shown: Shown) -> dict[str, str]:
    place = recipient.case.authority
    telephone = place.telephone or "the council"
    return {"name": recipient.name, "authority": place.name, "telephone": telephone, "words": shown.words}


@operation(may="disclosure.share")
def make_renditions(writing: Writing, *, by: Actor, at: datetime) -> list[Rendition]:
    """Make each recipient a letter of their own, as text and PDF, and ask a second person to approve each.

    Refused: nobody it goes to, nothing in it, or somebody who would get an empty letter.
    """
    if writing.sent_at is not None:
        raise NotMadeYet("This has been sent already.")
    found = previews_of(writing)
    if not found or not parts_of(writing):
        raise NotMadeYet("Add what it says and who gets it first.")
    for each in found:
        if each.is_empty:
            raise NothingForThem(f"{each.recipient.name} may see nothing of it. Take them off, or write what they may.")
    withdraw(writing, by=by, at=at)
    made = [_made(each, by=by, at=at) for each in found]
    for rendition, each in zip(made, found, strict=True):
        why = why_approved(writing, each.reader, len(found))
        if why:
            ask_approval(rendition, why=why, sha256=rendition.sha256, by=by, at=at)
    change(writing)
    record(events.RENDITIONS_MADE, subject=writing, by=by, at=at, codes={"count": len(made)})
    return made


def why_approved(writing: Writing, reader: Reader, count: int) -> str:
    """Why a second person must look; empty where nobody need."""
    reasons = [("linked", reader.linked), ("several", count > 1)]
    return next((why for why, holds in reasons if holds and approval_needed(why)), "")


def _made(each: Preview, *, by: Actor, at: datetime) -> Rendition:
    case, recipient = each.recipient.case, each.recipient
    letter = write_letter(
        letter_template(TEMPLATE), _values(recipient, each.shown), authority_id=case.authority_id, case=case,
        to_kind=recipient.kind, contact_id=recipient.contact_id, to_name=recipient.name, by=by, at=at,
    )  # fmt: skip
    pdf = text_pdf(letter.subject, [Section("", letter.body)])
    rendition = Rendition(recipient=recipient, letter=letter, made_at=at, pdf_sha256=hashlib.sha256(pdf).hexdigest())
    rendition.shown = [piece.id for piece, _ in each.shown.pieces]
    rendition.pdf_path, rendition.sha256 = put(pdf, rendition.pdf_sha256), bytes_sha256(letter, pdf)
    rendition.save(force_insert=True)
    return rendition


def bytes_sha256(letter: Letter, pdf: bytes) -> str:
    """SHA-256 of all that leaves: subject, an empty line, body, a zero byte, the PDF (TR-12)."""
    return hashlib.sha256(f"{letter.subject}\n\n{letter.body}".encode() + b"\0" + pdf).hexdigest()


def renditions_of(writing: Writing) -> list[Rendition]:
    """Those that stand, in the order of the recipients."""
    found = Rendition.objects.filter(recipient__writing=writing, replaced_at=None)
    rows = list(found.select_related("letter", "recipient__person").order_by("recipient__position"))
    for rendition in rows:
        rendition.recipient.writing = writing
    return rows


def withdraw(writing: Writing, *, by: Actor, at: datetime) -> None:
    """Take back what was made for the recipients, its approvals with it: something has changed (TR-12)."""
    for rendition in renditions_of(writing):
        void_approval(rendition, because="changed", by=by, at=at)
        rendition.replaced_at = at
        rendition.save(update_fields=["replaced_at"])


@operation(may="disclosure.share")
def send_renditions(writing: Writing, *, by: Actor, at: datetime) -> list[Rendition]:
    """Send each recipient their own letter, all or none.

    Looked at once more at this moment: refused where somebody may now see less or other, where a byte has changed,
    where a second person has not approved these bytes, or where it is not safe to reach somebody that way.
    """
    renditions = renditions_of(writing)
    found = previews_of(writing)
    if writing.sent_at is not None or not renditions or len(renditions) != len(found):
        raise NotMadeYet("Make the letters first. What has been sent is not sent again.")
    for rendition, each in zip(renditions, found, strict=True):
        _must_be_as_shown(rendition, each)
        if why_approved(writing, each.reader, len(found)):
            must_be_approved(rendition, rendition.sha256)
        _send(rendition, by=by, at=at)
    change(writing, sent_at=at)
    return renditions


def _must_be_as_shown(rendition: Rendition, each: Preview) -> None:
    pdf = get(rendition.pdf_path, rendition.pdf_sha256)
    if bytes_sha256(rendition.letter, pdf) != rendition.sha256:
        raise ChangedSince("A letter is not the one that was shown. Make the letters again.")
    if (each.subject, each.body) != (rendition.letter.subject, rendition.letter.body):
        name = each.recipient.name
        raise ChangedSince(f"What {name} may see has changed since the letters were made. Make them again and look.")


def _send(rendition: Rendition, *, by: Actor, at: datetime) -> None:
    recipient, letter = rendition.recipient, rendition.letter
    if recipient.channel != "hand":
        send(
            channel=Delivery.Channel(recipient.channel), to_address=recipient.address, subject=letter.subject,
            body=letter.body, purpose="shared", authority_id=letter.authority_id, case=letter.case, letter=letter,
            contact_id=recipient.contact_id, person=recipient.person, known_as=(recipient.name,), at=at,
        )  # fmt: skip
    rendition.sent_at = at
    rendition.save(update_fields=["sent_at"])
    codes = {"to_kind": recipient.kind, "how": recipient.channel, "letter": str(letter.pk), "sha256": rendition.sha256}
    record(
        events.SENT,
        subject=rendition,
        case_id=letter.case_id,
        authority_id=letter.authority_id,
        by=by,
        at=at,
        codes=codes,
    )


def kinds_in_words(kind: str) -> str:
    """Who a recipient is to the case."""
    return RECIPIENTS.get(kind, kind)
