"""Making an enquiry: asking, assessing, acting, concluding; and the safeguarding plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from haven.lib.calendar import day_of
from haven.pathways.adults import operations as do
from haven.pathways.adults.models import Enquiry
from haven.pathways.adults.year import names, narrative
from haven.pathways.adults.year.building import Building


def enquire(b: Building, enquiry: Enquiry) -> None:
    """The enquiry from the named officer to the authorised conclusion, with a plan where one is needed."""
    allocate_officer(b, enquiry)
    steps = b.spread(b.life.officer_at, b.life.authorised_at, 7)
    short = b.life.outcome == "other" and b.rng.random() < 0.6
    (short_enquiry if short else long_enquiry)(b, enquiry, steps)
    planned = not short and b.life.risk_outcome in ("reduced", "remained") and b.rng.random() < 0.2
    if planned:
        agree_plan(b, enquiry, steps[6], day_of(b.life.authorised_at) + timedelta(days=b.rng.randrange(28, 85)))
    authorise(b, enquiry)
    if planned:
        carry_out_plan(b)


def allocate_officer(b: Building, enquiry: Enquiry) -> None:
    """The named officer, and the manager who leads."""
    lead, at = b.manager, b.life.officer_at
    do.allocate_enquiry(enquiry, officer=b.worker.user, lead=lead.user, by=lead.actor, at=at)


def authorise(b: Building, enquiry: Enquiry) -> None:
    """A manager authorises what the officer proposed."""
    reasons = "The enquiry did what it was for, and the adult's wishes were followed as far as they could be."
    if b.life.asked == "not_asked":
        reasons = "Asking would not have been safe or possible. I am satisfied that it was tried."
    do.authorise_conclusion(enquiry, reasons=reasons, by=b.manager.actor, at=b.life.authorised_at)
    b.ended = b.life.authorised_at


def asking(b: Building) -> dict[str, Any]:
    """Whether the adult was asked what they want, and what they said."""
    life = b.life
    wanted = b.tell.wants(life.type, 1 if b.rng.random() < 0.6 else 2) if life.asked == "expressed" else []
    because = b.rng.choice(("not_reached", "nobody_to_speak", "unsafe")) if life.asked == "not_asked" else ""
    return {"asked": life.asked, "outcomes": wanted, "because": because}


def capacity(b: Building) -> dict[str, Any]:
    """Presumed in most; where it is lacking somebody supports the adult."""
    capacity = b.rng.choices(("no_doubt", "assessed_has", "lacks", "not_known"), (52, 14, 28, 6))[0]
    difficulty = "yes" if capacity == "lacks" or b.rng.random() < 0.15 else "no"
    advocate = b.rng.choices(("advocate", "appropriate_person", "imca", "declined"), (30, 45, 15, 10))[0]
    return {
        "capacity": capacity,
        "difficulty": difficulty,
        "under_pressure": b.rng.random() < 0.1,
        "advocate": advocate if difficulty == "yes" else "",
        "suitable": advocate == "appropriate_person",
        "advocate_name": names.name(b.rng, woman=True).full if difficulty == "yes" else "",
    }


def risk(b: Building) -> dict[str, Any]:
    """The assessment, and what became of the risk where one was found."""
    life = b.life
    if life.risk_identified:
        assessment = (
            "identified_action" if life.risk_outcome != "remained" or b.rng.random() < 0.6 else "identified_no_action"
        )
    else:
        options = ("none_no_action", "none_action", "inconclusive_action", "inconclusive_no_action", "ceased")
        assessment = b.rng.choices(options, (40, 22, 20, 10, 8))[0]
    because = b.rng.choice(("adult_accepts", "adult_accepts", "family_contact", "other_agency"))
    return {
        "assessment": assessment,
        "outcome": life.risk_outcome,
        "words": b.tell.fill(narrative.RISK_WORDS[life.risk_outcome]),
        "remained_because": because if life.risk_outcome == "remained" else "",
    }


def ratings(b: Building, how_many: int) -> list[tuple[str, str]]:
    """Each outcome as the adult and the worker see it, so that the case's rating is the planned one."""
    return [(b.life.achieved, b.life.achieved)] * how_many


def talk(b: Building, at: datetime) -> dict[str, Any]:
    """A conversation with the adult."""
    said = "; ".join(b.tell.wants(b.life.type, 1))
    return {"happened_at": at, "how": b.rng.choice(("visit", "visit", "telephone")), "adult_words": f"{said}."}


def short_enquiry(b: Building, enquiry: Enquiry, steps: Sequence[datetime]) -> None:
    """The whole enquiry on one page."""
    said = asking(b)
    do.conclude_short_enquiry(
        enquiry,
        conversation=talk(b, steps[0]) if b.life.asked in ("expressed", "none_expressed") else None,
        capacity=capacity(b),
        **said,
        ratings=ratings(b, len(said["outcomes"])),
        risk=risk(b),
        words=b.tell.one(narrative.FOUND),
        by=b.worker.actor,
        at=steps[5],
    )


def long_enquiry(b: Building, enquiry: Enquiry, steps: Sequence[datetime]) -> None:
    """The enquiry step by step."""
    by, life = b.worker.actor, b.life
    if life.asked in ("expressed", "none_expressed"):
        do.record_conversation(enquiry, **talk(b, steps[0]), by=by, at=steps[0])
    elif b.rng.random() < 0.5:
        do.record_attempt(enquiry, happened_at=steps[0], by=by, at=steps[0])
    wanted = do.record_outcomes_asked(enquiry, **asking(b), by=by, at=steps[1])
    do.record_capacity(enquiry, **capacity(b), by=by, at=steps[2])
    if b.rng.random() < 0.6:
        act(b, enquiry, steps[2], steps[4])
    do.assess_risk(enquiry, **risk(b), by=by, at=steps[4])
    if wanted:
        rated = dict(zip([row.pk for row in wanted], ratings(b, len(wanted)), strict=True))
        do.rate_outcomes(enquiry, ratings=rated, by=by, at=steps[5])
    do.propose_conclusion(enquiry, words=b.tell.one(narrative.FOUND), by=by, at=steps[6])


def act(b: Building, enquiry: Enquiry, begun: datetime, done: datetime) -> None:
    """Something done in the enquiry."""
    code, words = b.tell.action(b.life.type)
    action = do.add_action(
        enquiry,
        words=words,
        code=code,
        owner_words=b.worker.user.name,
        due_on=day_of(done),
        by=b.worker.actor,
        at=begun,
    )
    do.finish_action(action, words="Done, and recorded.", by=b.worker.actor, at=done)


def agree_plan(b: Building, enquiry: Enquiry, at: datetime, review_on: date) -> None:
    """A safeguarding plan with a step and a review day."""
    by = b.worker.actor
    b.plan = do.agree_plan(
        enquiry,
        words=b.tell.fill("{name} is visited weekly by the same worker, and rings the line if worried."),
        adult_agrees="yes",
        triggers="Any new injury, money missing, or visits stopped.",
        contingency="Ring the safeguarding line; out of hours, the duty number.",
        review_on=review_on,
        by=by,
        at=at,
    )
    b.step = do.add_plan_action(
        b.plan,
        words="Weekly visit",
        who=b.worker.user.name,
        agency="Adult social care",
        due_on=review_on,
        by=by,
        at=at,
    )


def carry_out_plan(b: Building) -> None:
    """The step done, the review held, the plan ended."""
    by = b.worker.actor
    b.ended += timedelta(days=b.rng.randrange(25, 80))
    do.finish_plan_action(b.step, words="Visits made each week.", by=by, at=b.ended - timedelta(days=1))
    b.plan.case = b.case
    do.review_plan(b.plan, outcome="end", words="The plan has done its work.", by=by, at=b.ended)
