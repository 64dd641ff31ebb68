"""Telling the adult and those who told us, and closing."""

from datetime import datetime, timedelta

from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Concern
from haven.pathways.adults.year import narrative
from haven.pathways.adults.year.building import Building


def close(b: Building) -> None:
    """The adult told, whoever told us told or held, and the case closed by a manager."""
    closed = max(b.life.closed_at, b.ended + timedelta(hours=2))
    steps = b.spread(b.ended, closed, 2)
    tell_adult(b, steps[0])
    if not b.told:
        give_feedback(b, steps[1])
    do.close_case(
        b.case,
        reasons="Everything is settled and everybody who should know has been told.",
        how_to_come_back=narrative.COME_BACK,
        children_considered="no_children",
        by=b.manager.actor,
        at=closed,
    )


def tell_adult(b: Building, at: datetime) -> None:
    """In person or by telephone; or why not."""
    if b.rng.random() < 0.93:
        how = b.rng.choice(("telephone", "in_person", "letter"))
        do.tell_adult(b.case, told_at=at, how=how, by=b.worker.actor, at=at)
    else:
        do.tell_adult(b.case, because=b.rng.choice(("not_reached", "nobody_to_tell")), by=b.worker.actor, at=at)


def tell_early(b: Building, concern: Concern) -> None:
    """Most who told us are told of the stage soon after the decision, where the adult has been spoken with."""
    if concern.heard and b.rng.random() < 0.86:
        give_feedback(b, b.life.decided_at + timedelta(hours=b.rng.uniform(1, 150)))
        b.told = True


def give_feedback(b: Building, at: datetime, *, receipt_only: bool = False) -> None:
    """As much as they may be told; held where they left no safe way. Nothing generated is ever sent."""
    referrer, by = b.contact.referrer, b.worker.actor
    if not referrer.wants_feedback or b.contact.about == "me":
        return
    if not referrer.email or b.rng.random() < 0.06:
        because = "no_safe_way" if not referrer.email else "adult_does_not_agree"
        do.hold_feedback(b.case, contact=b.contact, because=because, by=by, at=at)
        return
    level = "receipt"
    if referrer.is_professional and not receipt_only:
        level = "outcome" if b.case.stage == "closing" and b.rng.random() < 0.6 else "stage"
    do.send_feedback(
        b.case,
        contact=b.contact,
        level=level,
        words=(
            "Thank you. We have looked into this with the adult; please go on visiting and ring us if anything changes."
        )
        if level == "outcome"
        else "",
        ground="keeps_adult_safe" if level == "outcome" else "",
        checked=True,
        not_sent=b.not_sent,
        by=by,
        at=at,
    )
