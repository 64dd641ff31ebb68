"""The steps that bring a recent life to where it stands now. Each begins where the one it is built on ends."""

from datetime import datetime, timedelta
from random import Random

from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.operations import claim, first_look
from haven.casework.people.models import Person
from haven.lib.calendar import day_of
from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.year import arriving, deciding, ending, enquiring, narrative
from haven.pathways.adults.year.building import Building
from haven.pathways.adults.year.moments import between
from haven.pathways.adults.year.report import receive_report
from haven.pathways.adults.year.staff import Staff

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def after(b: Building, moment: datetime, usual: timedelta, now: datetime) -> datetime:
    """Some time after a moment, within what is usual, in office hours where it can be, and never later than now."""
    return between(b.rng, min(moment + MINUTE, now), min(moment + usual, now))


# ---------------------------------------------------------------------------------------------------- the duty desk


def arrive_only(b: Building, now: datetime) -> None:
    """Somebody has told us; nobody has looked."""
    person = arriving.sketch(b)
    b.tell = narrative.Teller(b.rng, person.given_name, b.life.adult.woman)
    b.contact = receive_report(b, person)


def looked_at(b: Building, now: datetime) -> None:
    """Looked at, and waiting to be taken on."""
    arrive_only(b, now)
    b.life.looked_at = after(b, b.life.received_at, 4 * HOUR, now)
    arriving.look(b, b.rng.choice(("today", "routine")))


def act_now(b: Building, now: datetime) -> None:
    """Somebody is on it, and it cannot wait."""
    arrive_only(b, now)
    b.life.looked_at = after(b, b.life.received_at, HOUR, now)
    claim(b.contact, by=b.desk.actor, at=b.life.looked_at)
    words = "Police are on their way. I am staying on the line with the person who rang."
    first_look(b.contact, safe_tonight="no", urgency="act_now", words=words, by=b.desk.actor, at=b.life.looked_at)
    do.tell_also(
        b.contact, line="police", told_at=b.life.looked_at, reference="CAD 4417", by=b.desk.actor, at=b.life.looked_at
    )


def refused(b: Building, now: datetime) -> None:
    """Not a safeguarding concern, and somebody said why."""
    looked_at(b, now)
    do.refuse_report(
        b.contact,
        reasons="A question about a blue badge. No sign of abuse or neglect, and the adult wrote it with us.",
        advice="Passed to customer services, who will ring tomorrow.",
        by=b.desk.actor,
        at=after(b, b.life.looked_at, 3 * HOUR, now),
    )


# ---------------------------------------------------------------------------------------------------- the concern


def accepted(b: Building, now: datetime) -> Concern:
    """Taken on; no worker yet."""
    life = b.life
    life.looked_at = after(b, life.received_at, 4 * HOUR, now)
    life.accepted_at = after(b, life.looked_at, HOUR, now)
    person = arriving.arrive(b)
    arriving.look(b)
    return arriving.accept(b, person)


def allocated(b: Building, now: datetime) -> Concern:
    """With a named worker."""
    concern = accepted(b, now)
    b.life.allocated_at = after(b, b.life.accepted_at, 20 * HOUR, now)
    arriving.allocate(b, concern)
    return concern


def heard(b: Building, now: datetime) -> Concern:
    """The adult heard, or why not; what kind of harm."""
    concern = allocated(b, now)
    at = after(b, b.life.allocated_at, 10 * HOUR, now)
    if b.rng.random() < 0.4:
        do.record_attempt(concern, happened_at=at, by=b.worker.actor, at=at)
    deciding.hear(b, concern, at)
    deciding.name_harm(b, concern, after(b, at, HOUR, now))
    note(b, at, now)
    if b.rng.random() < 0.8:
        ending.give_feedback(b, after(b, at, 5 * HOUR, now), receipt_only=True)
    return concern


def note(b: Building, at: datetime, now: datetime) -> None:
    """A case note of what was said by a professional."""
    words = b.tell.fill("Rang the person who told us. {name} is at home and has somebody there this evening.")
    happened = after(b, at, HOUR, now)
    add_case_note(
        b.case, how="call", happened_at=happened, words=words, standing="told", by=b.worker.actor, at=happened
    )


def weighed(b: Building, now: datetime) -> Concern:
    """The three parts answered; waiting for a manager to decide."""
    concern = heard(b, now)
    at = after(b, b.life.allocated_at + 11 * HOUR, 12 * HOUR, now)
    if b.life.police:
        deciding.record_crime(b, concern, at)
    needs, abuse, protect = deciding.limbs(b)
    do.answer_limbs(concern, needs=needs, abuse=abuse, protect=protect, by=b.worker.actor, at=at)
    b.life.decided_at = after(b, at, 20 * HOUR, now)
    return concern


def declined_awaiting(b: Building, now: datetime) -> None:
    """Decided as not an enquiry; a second person has still to agree."""
    b.life.outcome = "not_an_enquiry"
    concern = weighed(b, now)
    do.decide_concern(
        concern,
        outcome="not_an_enquiry",
        reasons="A self-neglect case already worked with every week; the same worker will go on.",
        destination="self_neglect_pathway",
        by=b.manager.actor,
        at=b.life.decided_at,
    )


# ---------------------------------------------------------------------------------------------------- the enquiry


def begun(b: Building, now: datetime) -> Enquiry:
    """Decided; no named officer yet."""
    concern = weighed(b, now)
    enquiry = deciding.decide(b, concern)
    assert enquiry is not None
    b.concern = concern
    return enquiry


def with_officer(b: Building, now: datetime) -> Enquiry:
    """With a named officer, and those who told us mostly told so."""
    enquiry = begun(b, now)
    b.life.officer_at = after(b, b.life.decided_at, 20 * HOUR, now)
    enquiring.allocate_officer(b, enquiry)
    if b.life.decided_at + 150 * HOUR < now and not b.owed and b.rng.random() < 0.9:
        ending.give_feedback(b, after(b, b.life.decided_at, 4 * DAY, now), receipt_only=not b.concern.heard)
    return enquiry


def asking(b: Building, now: datetime) -> Enquiry:
    """Spoken with, and asked what they want."""
    enquiry = with_officer(b, now)
    at = after(b, b.life.officer_at, 4 * DAY, now)
    if b.life.asked in ("expressed", "none_expressed"):
        do.record_conversation(enquiry, **enquiring.talk(b, at), by=b.worker.actor, at=at)
    b.wanted = do.record_outcomes_asked(enquiry, **enquiring.asking(b), by=b.worker.actor, at=at)
    b.ended = at
    return enquiry


def acting(b: Building, now: datetime) -> Enquiry:
    """Capacity recorded; actions under way, some past their day."""
    enquiry = asking(b, now)
    at = after(b, b.ended, 3 * DAY, now)
    do.record_capacity(enquiry, **enquiring.capacity(b), by=b.worker.actor, at=at)
    enquiring.act(b, enquiry, at, after(b, at, 5 * DAY, now))
    code, words = b.tell.action(b.life.type)
    due = day_of(now) + timedelta(days=b.rng.randrange(-6, 12))
    do.add_action(
        enquiry,
        words=words,
        code=code,
        owner=b.worker.user,
        due_on=due,
        by=b.worker.actor,
        at=after(b, at, 5 * DAY, now),
    )
    b.ended = at
    return enquiry


def assessed(b: Building, now: datetime) -> Enquiry:
    """The risk assessed."""
    enquiry = asking(b, now)
    at = after(b, b.ended + 2 * DAY, 12 * DAY, now)
    do.record_capacity(enquiry, **enquiring.capacity(b), by=b.worker.actor, at=at)
    do.assess_risk(enquiry, **enquiring.risk(b), by=b.worker.actor, at=at)
    b.ended = at
    return enquiry


def proposed(b: Building, now: datetime) -> Enquiry:
    """The conclusion proposed; somebody else has to authorise it."""
    enquiry = assessed(b, now)
    at = after(b, b.ended, 3 * DAY, now)
    if b.wanted:
        rated = dict(zip([row.pk for row in b.wanted], enquiring.ratings(b, len(b.wanted)), strict=True))
        do.rate_outcomes(enquiry, ratings=rated, by=b.worker.actor, at=at)
    do.propose_conclusion(enquiry, words=b.tell.one(narrative.FOUND), by=b.worker.actor, at=at)
    b.life.authorised_at = after(b, at, 2 * DAY, now)
    return enquiry


def held(b: Building, now: datetime) -> None:
    """The police asked us to wait."""
    enquiry = asking(b, now)
    words = "Do not speak to the nephew, and do not tell the bank that anybody has asked."
    do.set_police_hold(
        enquiry.case,
        words=words,
        officer="DC Sampleford, economic crime",
        by=b.worker.actor,
        at=after(b, b.ended, DAY, now),
    )


def paused(b: Building, now: datetime) -> None:
    """The adult is too unwell to take part."""
    enquiry = asking(b, now)
    do.pause_enquiry(enquiry, reason="hospital", by=b.worker.actor, at=after(b, b.ended, 2 * DAY, now))


# ---------------------------------------------------------------------------------------------------- plan and closing


def planned(b: Building, now: datetime) -> None:
    """A plan agreed, with its review to come or just past."""
    b.life.risk_identified = True
    enquiry = proposed(b, now)
    at = after(b, b.life.authorised_at, DAY, now)
    review_on = max(day_of(at) + DAY, day_of(now) + b.rng.randrange(-4, 45) * DAY)
    enquiring.agree_plan(b, enquiry, at, review_on)
    b.life.authorised_at = at
    enquiring.authorise(b, enquiry)


def closing(b: Building, now: datetime) -> None:
    """Authorised; the adult and those who told us still to be told."""
    enquiry = proposed(b, now)
    enquiring.authorise(b, enquiry)


def adult_told(b: Building, now: datetime) -> None:
    """The adult told; those who told us are owed an answer."""
    closing(b, now)
    ending.tell_adult(b, after(b, b.ended, 3 * DAY, now))


def closed(b: Building, now: datetime) -> None:
    """Its whole way, and closed."""
    concern = weighed(b, now)
    enquiry = deciding.decide(b, concern)
    if enquiry is not None:
        b.life.officer_at = after(b, b.life.decided_at, 20 * HOUR, now)
        latest = max(b.life.officer_at + HOUR, now - 3 * DAY)
        b.life.authorised_at = min(b.life.officer_at + b.rng.uniform(10, 32) * DAY, latest)
        enquiring.allocate_officer(b, enquiry)
        enquiring.short_enquiry(b, enquiry, b.spread(b.life.officer_at, b.life.authorised_at, 7))
        enquiring.authorise(b, enquiry)
    b.life.closed_at = after(b, b.ended + 2 * HOUR, 2 * DAY, now)
    ending.close(b)


def join_second_report(staff: Staff, concern: Concern, key: str, rng: Random, now: datetime) -> None:
    """Somebody else tells us of the same incident."""
    first = concern.contact
    adult = first.adults.all()[0]
    person = Person(given_name=adult.given_name, family_name=adult.family_name)
    b = Building.second(staff, key, rng, source="police", harm="neglect", at=min(first.received_at + 5 * HOUR, now))
    b.tell = narrative.Teller(rng, person.given_name, woman=True)
    b.contact = receive_report(b, person)
    b.life.looked_at = after(b, b.life.received_at, HOUR, now)
    arriving.look(b, "today")
    reasons = "The same visit on the same day, told by the officer who was called to it."
    do.join_report(b.contact, to=concern, reasons=reasons, by=b.desk.actor, at=after(b, b.life.looked_at, HOUR, now))
