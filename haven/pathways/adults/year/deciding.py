"""Working out what a concern is, and the decision under section 42."""

from datetime import datetime, timedelta

from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.operations.decision import Limb, reasons_drafted
from haven.pathways.adults.year import names, narrative
from haven.pathways.adults.year.building import Building

CRIMES = ("financial", "physical", "domestic", "sexual", "modern_slavery", "neglect")
DECLINED = (
    "care_management",
    "care_act_assessment",
    "care_review",
    "advice",
    "customer_services",
    "quality_alert",
    "complaint",
    "domestic_abuse_agency",
    "trading_standards",
    "advice",
)


def work_out(b: Building, concern: Concern) -> None:
    """Everything that comes before the decision: what the adult says, the kind of harm, the three parts."""
    steps = b.spread(b.life.allocated_at, b.life.decided_at, 4)
    hear(b, concern, steps[0])
    if b.life.type != "not_known":
        name_harm(b, concern, steps[1])
    if b.life.police or (b.life.type in CRIMES and b.rng.random() < 0.12):
        record_crime(b, concern, steps[2])
    needs, abuse, protect = limbs(b)
    do.answer_limbs(concern, needs=needs, abuse=abuse, protect=protect, by=b.worker.actor, at=steps[3])


def decide(b: Building, concern: Concern) -> Enquiry | None:
    """A manager decides; a second one agrees where that is needed."""
    enquiry = do.decide_concern(
        concern,
        outcome=b.life.outcome,
        reasons=reasons_drafted(concern),
        destination="" if b.life.is_enquiry else b.rng.choice(DECLINED),
        by=b.manager.actor,
        at=b.life.decided_at,
    )
    if enquiry is None:
        decline(b, concern)
    return enquiry


def hear(b: Building, concern: Concern, at: datetime) -> None:
    """What the adult says and wants, or why we have not heard them yet."""
    heard = b.rng.random() < 0.8
    wants = b.tell.wants(b.life.type, 1)[0] if heard else ""
    do.record_hearing(
        concern,
        heard=heard,
        words=f"{wants}." if heard else "",
        knows="yes" if heard else "not_known",
        agrees=b.rng.choices(("yes", "not_asked"), (4, 1))[0] if heard else "not_asked",
        wants=wants,
        not_heard_because="" if heard else b.rng.choice(("not_reached", "not_reached", "unsafe", "capacity")),
        by=b.worker.actor,
        at=at,
    )


def name_harm(b: Building, concern: Concern, at: datetime) -> None:
    """The types of harm, where, and who or what it came from."""
    sources = narrative.RISK_FROM.get(b.life.type, ("known_not_related",))
    do.record_types(
        concern,
        types=types(b),
        primary=b.life.type,
        location=b.life.location,
        sources=[b.rng.choice(sources)],
        by=b.worker.actor,
        at=at,
    )


def types(b: Building) -> list[str]:
    """The primary kind, and sometimes a second."""
    second = b.rng.choice(("psychological", "neglect", "financial", "physical"))
    return list(dict.fromkeys([b.life.type, second])) if b.rng.random() < 0.25 else [b.life.type]


def record_crime(b: Building, concern: Concern, at: datetime) -> None:
    """Told to the police, or why not."""
    told = b.life.police
    do.record_crime(
        concern,
        answer="yes",
        told_at=at if told else None,
        told_by=b.worker.user.name if told else "",
        reference=f"CAD {b.rng.randrange(1000, 9999)}" if told else "",
        why_not="" if told else "The adult, with capacity, does not want the police told, and nobody else is at risk.",
        by=b.worker.actor,
        at=at,
    )


def limbs(b: Building) -> tuple[Limb, Limb, Limb]:
    """Three yeses for section 42; otherwise at least one is not yes, and none is left not yet known."""
    tell, outcome = b.tell, b.life.outcome
    needs, protect = ("yes", tell.one(narrative.NEEDS)), ("yes", tell.one(narrative.PROTECT))
    if outcome != "section_42":
        if b.rng.random() < 0.4:
            needs = ("no", tell.one(narrative.NO_NEEDS))
        else:
            protect = ("no", tell.one(narrative.CAN_PROTECT))
    return needs, ("yes", tell.one(narrative.ABUSE)), protect


def decline(b: Building, concern: Concern) -> None:
    """Not an enquiry: a second person where one is needed, and sent to somebody who accepts it by name."""
    decided = b.life.decided_at
    if concern.second_person_because:
        second = b.rng.choice([each for each in b.staff.managers if each is not b.manager])
        words = "I have read the record and agree: the needs are met elsewhere."
        do.countersign_concern(concern, agrees=True, reasons=words, by=second.actor, at=decided + timedelta(minutes=20))
    at = decided + timedelta(minutes=40)
    accepted = names.name(b.rng, woman=True).full
    do.record_destination(concern, sent_at=at, accepted_by=accepted, by=b.manager.actor, at=at)
    b.ended = at
