"""Telling those who told us: no more than each may know, or holding it back with a reason (R-087, PR-21)."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.clocks.running import stop_many
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.events.recording import record
from haven.casework.letters.composing import write_letter
from haven.casework.letters.models import Letter
from haven.casework.letters.templates import Template, letter_template
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.tasks.doing import add_task
from haven.lib.calendar import day_of
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Closing, Conversation, Feedback
from haven.pathways.adults.operations.answers import known, named, needed
from haven.pathways.adults.operations.levels import Allowed, level_allowed
from haven.pathways.adults.timescales import FEEDBACK, FIRST_REPLY

STAGE_WORDS = {
    "concern": "we are looking at it",
    "enquiry": "we are making enquiries",
    "plan": "we are making enquiries",
    "closing": "we have made our decision",
    "closed": "we have finished",
}
"""What a partner is told of the stage. The public is told received and being looked at only, for ever (PR-21)."""


class NotTheirReport(Refusal):
    """Feedback goes to somebody who told us about this case."""


class TooMuch(Refusal):
    """The referrer may not be told that much."""


class AdultFirst(Refusal):
    """The adult, or who speaks for them, is told first unless it is unsafe (PR-21)."""


class NoSafeWay(Refusal):
    """The referrer did not say that this way of reaching them is safe (PR-07)."""


@operation(may="adults.send_feedback")
def send_feedback(
    case: Case,
    *,
    contact: Contact,
    level: str,
    words: str = "",
    ground: str = "",
    how: str = "email",
    checked: bool = False,
    not_sent: str = "",
    by: Actor,
    at: datetime,
) -> Feedback:
    """Tell somebody who told us: a receipt, the stage, or the outcome and what we need from them.

    More than a receipt waits until the adult has been told. Where the referrer may be close to the alleged source of
    harm, or a police hold is on, only a receipt leaves, and a manager is asked to look.
    """
    _must_be_theirs(case, contact)
    known(codes.FEEDBACK_LEVELS, level, "How much are they told?")
    allowed = _must_be_allowed(case, contact, level, ground, checked)
    if level != "receipt":
        _adult_first(case)
    if level == "outcome":
        words = needed(words, "Write the outcome and what you need from them, in your own words.")
    told = Feedback(case=case, contact=contact, level=level, how=how, told_at=at, by_id=named(by), recorded_at=at)
    told.ground, told.words = (ground, words) if level == "outcome" else ("", "")
    _put_on_paper(told, words, not_sent, by=by, at=at)
    told.save(force_insert=True)
    stop_many([FEEDBACK, FIRST_REPLY], case=case, at=at, by=by)
    if allowed.because:
        _ask_manager(case, by=by, at=at)
    said = {"level": level, "how": how, "contact": str(contact.pk), "limited_because": allowed.because}
    record(events.FEEDBACK_SENT, subject=told, by=by, at=at, codes=said, digest=told.seal(told.words))
    return told


def _must_be_theirs(case: Case, contact: Contact) -> None:
    if case.contact_id not in (contact.pk, contact.merged_into_id):
        raise NotTheirReport("That report is not part of this case.")


def _must_be_allowed(case: Case, contact: Contact, level: str, ground: str, checked: bool) -> Allowed:
    if ground:
        known(codes.FEEDBACK_GROUNDS, ground, "Why may they be told the outcome?")
    allowed = level_allowed(case, contact, ground=ground, checked=checked)
    if allowed.covers(level):
        return allowed
    if allowed.because:
        reason = codes.label(codes.HELD_REASONS, allowed.because).lower()
        raise TooMuch(f"Only a receipt may be sent: {reason}. Send a receipt, or hold it back; a manager can look.")
    if allowed.level == "stage":
        raise TooMuch("To tell them the outcome, record that they help keep the adult safe, or that the adult agrees.")
    raise TooMuch("They may be told no more than a receipt, unless you have made sure who they are.")


def adult_was_first(case: Case) -> bool:
    """The adult has been told, or spoken with, or it is said why not: now others may be told how far it is (PR-21)."""
    closing = Closing.objects.filter(case=case).first()
    if closing and (closing.adult_told_at or closing.adult_not_told_because):
        return True
    return Conversation.objects.filter(case=case, reached=True).exists()


def _adult_first(case: Case) -> None:
    if not adult_was_first(case):
        raise AdultFirst("Tell the adult first, or record why it is not safe or possible. Then tell those who told us.")


def _put_on_paper(told: Feedback, words: str, not_sent: str, *, by: Actor, at: datetime) -> None:
    """Write the letter and hand it to the outbox; a call or a meeting leaves neither."""
    known(codes.TOLD_HOW, told.how, "How were they told?")
    if told.how not in ("email", "letter"):
        return
    address = safe_address(told.contact, told.how)
    told.letter = letter = _letter(told, words, by=by, at=at)
    told.delivery = send(
        channel=Delivery.Channel(told.how),
        to_address=address,
        subject=letter.subject,
        body=letter.body,
        purpose="feedback",
        authority_id=told.case.authority_id,
        case=told.case,
        contact_id=told.contact.pk,
        letter=letter,
        person=told.case.person if told.contact.about == "me" else None,
        known_as=(told.contact.referrer.name, told.contact.referrer.telephone, told.contact.referrer.email),
        not_sent=not_sent,
        at=at,
    )


def safe_address(contact: Contact, how: str) -> str:
    """Where the referrer may safely be written to in this way; refused where they did not say so (NoSafeWay)."""
    referrer = contact.referrer
    if how == "email" and referrer.email and (referrer.is_professional or "email" in referrer.safe_ways):
        return referrer.email
    if how == "letter" and "letter" in referrer.safe_ways and referrer.name:
        return f"{referrer.name}, {referrer.organisation}".strip(", ")
    raise NoSafeWay("They did not say that this way is safe. Choose a way they agreed to, or hold it back.")


def feedback_letter(case: Case, contact: Contact, level: str, words: str) -> tuple[Template, dict[str, str]]:
    """The letter of this level and what fills it, for reading before it is sent and for writing it."""
    template = letter_template(f"feedback_{level}")
    authority = case.authority
    values = {
        "reference": contact.reference,
        "authority": authority.name,
        "telephone": authority.telephone or "the council",
        "stage": STAGE_WORDS.get(case.stage, STAGE_WORDS["concern"]),
        "words": words,
    }
    return template, {name: value for name, value in values.items() if name in template.placeholders}


def _letter(told: Feedback, words: str, *, by: Actor, at: datetime) -> Letter:
    template, wanted = feedback_letter(told.case, told.contact, told.level, words)
    return write_letter(
        template,
        wanted,
        authority_id=told.case.authority_id,
        to_kind="referrer",
        case=told.case,
        contact_id=told.contact.pk,
        by=by,
        at=at,
    )


def _ask_manager(case: Case, *, by: Actor, at: datetime) -> None:
    add_task(
        authority_id=case.authority_id,
        case=case,
        kind="adults.feedback_limited",
        words="Only a receipt was sent to somebody who told us. Look at who they are, and decide what they are told.",
        owner=case.manager,
        team=case.team,
        due_on=day_of(at),
        at=at,
        by=by,
    )


@operation(may="adults.hold_feedback")
def hold_feedback(case: Case, *, contact: Contact, because: str, by: Actor, at: datetime) -> Feedback:
    """Hold back feedback to somebody who told us, with a reason from the list."""
    _must_be_theirs(case, contact)
    known(codes.HELD_REASONS, because, "Why are they not told?")
    held = Feedback(case=case, contact=contact, held_because=because, by_id=named(by), recorded_at=at)
    held.save(force_insert=True)
    stop_many([FEEDBACK, FIRST_REPLY], case=case, at=at, by=by)
    record(events.FEEDBACK_HELD, subject=held, by=by, at=at, codes={"because": because, "contact": str(contact.pk)})
    return held
