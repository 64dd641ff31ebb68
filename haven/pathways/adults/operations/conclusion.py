"""Ending an enquiry: risk, outcomes achieved, a conclusion proposed, and authorised by someone else (PR-16, R-065)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.cases.models import Allocation
from haven.casework.clocks.running import stop
from haven.casework.decisions.deciding import decide
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change, must_be_as_seen
from haven.casework.stages.moves import move
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import DesiredOutcome, Enquiry, SafeguardingPlan
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime, known, needed
from haven.pathways.adults.operations.ending import move_to_closing
from haven.pathways.adults.operations.enquiry import must_be_open, record_capacity, record_outcomes_asked
from haven.pathways.adults.operations.speaking import record_conversation
from haven.pathways.adults.questions import CONCLUSION
from haven.pathways.adults.timescales import ENQUIRY

Rating = tuple[str, str]
"""How far an outcome was achieved: by the adult, by the worker; either may be left open."""


class OwnEnquiry(Refusal):
    """Nobody authorises their own enquiry (PR-12)."""


class NotReady(Refusal):
    """The enquiry lacks what its conclusion needs; the message names each."""


@operation(may="adults.assess_risk")
def assess_risk(
    enquiry: Enquiry,
    *,
    assessment: str,
    outcome: str = "",
    words: str = "",
    remained_because: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Enquiry:
    """Assess the risk, what was done, and what became of the risk where one was identified (R-079).

    A risk that remained says why: it may be the adult's own choice.
    """
    must_be_open(enquiry)
    known(codes.RISK_ASSESSMENT, assessment, "What did the risk assessment find?")
    identified = assessment in codes.RISK_IDENTIFIED
    if identified:
        known(codes.RISK_OUTCOMES, outcome, "What became of the risk?")
    elif outcome:
        raise AnswerNeeded("No risk was identified, so leave out what became of it.")
    if outcome == "remained":
        known(codes.REMAINED_REASONS, remained_because, "Why does the risk remain?")
    change(
        enquiry,
        version=version,
        risk_assessment=assessment,
        risk_outcome=outcome,
        risk_words=needed(words, "Write what you found and what was done."),
        remained_because=remained_because if outcome == "remained" else "",
        ended_by_adult=assessment == "ceased",
    )
    told = {"assessment": assessment, "outcome": outcome, "because": enquiry.remained_because}
    record(events.RISK_ASSESSED, subject=enquiry, by=by, at=at, codes=told)
    return enquiry


@operation(may="adults.rate_outcomes")
def rate_outcomes(enquiry: Enquiry, *, ratings: Mapping[UUID, Rating], by: Actor, at: datetime) -> str:
    """Record how far each outcome was achieved, as the adult sees it and as the worker sees it (R-074)."""
    must_be_open(enquiry)
    if enquiry.asked != "expressed":
        raise WrongTime("The adult expressed no outcomes, so there is nothing to rate.")
    rows = list(enquiry.desired_outcomes.all())
    for row in rows:
        row.by_adult, row.by_worker = _rating(ratings.get(row.pk, ("", "")))
    DesiredOutcome.objects.bulk_update(rows, ["by_adult", "by_worker"])
    change(enquiry, achieved=achieved_overall((row.by_adult, row.by_worker) for row in rows))
    record(events.OUTCOMES_RATED, subject=enquiry, by=by, at=at, codes={"achieved": enquiry.achieved})
    return enquiry.achieved


def _rating(rating: Rating) -> Rating:
    by_adult, by_worker = rating
    if not (by_adult or by_worker):
        raise AnswerNeeded("Say how far each outcome was achieved. “Not known” is an answer.")
    for code in (by_adult, by_worker):
        if code:
            known(codes.ACHIEVED, code, "How far was this achieved?")
    return by_adult, by_worker


def achieved_overall(ratings: Iterable[Rating]) -> str:
    """One rating for the enquiry (R-074): the adult's view where known, else the worker's; of those known, all fully is
    fully, all not is not, otherwise partly; none known is not known.
    """
    views = [adult if adult not in ("", "not_known") else worker for adult, worker in ratings]
    told = {view for view in views if view not in ("", "not_known")}
    if not told:
        return "not_known"
    return told.pop() if len(told) == 1 else "partly"


def lacking(enquiry: Enquiry) -> list[str]:
    """What a conclusion still needs, each in words; empty when it can be proposed."""
    missing = {
        "whether the adult was asked what they want to happen": not enquiry.asked,
        "how far each outcome was achieved": enquiry.asked == "expressed" and not enquiry.achieved,
        "the risk assessment": not enquiry.risk_assessment,
    }
    return [words for words, yes in missing.items() if yes]


@operation(may="adults.propose_conclusion")
def propose_conclusion(enquiry: Enquiry, *, words: str, version: int | None = None, by: Actor, at: datetime) -> Enquiry:
    """Propose the conclusion of the enquiry, for somebody else to authorise."""
    must_be_open(enquiry)
    missing = lacking(enquiry)
    if missing:
        raise NotReady(f"Before you propose the conclusion, record {'; '.join(missing)}.")
    words = needed(words, "Write what the enquiry concluded.")
    change(enquiry, version=version, conclusion_words=words, proposed_by_id=by.id, concluded_at=at)
    record(events.CONCLUSION_PROPOSED, subject=enquiry, by=by, at=at)
    return enquiry


@operation(may="adults.authorise_conclusion")
def authorise_conclusion(
    enquiry: Enquiry, *, reasons: str, plan_to_follow: bool = False, by: Actor, at: datetime
) -> Enquiry:
    """Authorise the conclusion of an enquiry somebody else made. The enquiry is complete.

    The case goes to its plan where there is one or one is to follow, otherwise to closing. Where the adult was not
    asked what they want, the reasons are the manager's note (R-076).
    """
    _must_be_proposed(enquiry)
    if by.id in (enquiry.officer_id, enquiry.proposed_by_id) or _was_officer(enquiry, by):
        raise OwnEnquiry("You made this enquiry. Somebody else has to authorise its conclusion.")
    if enquiry.asked == "not_asked":
        needed(reasons, "The adult was not asked what they want. Write your note on why that is acceptable.")
    decide(enquiry.case, CONCLUSION, outcome="authorised", reasons=reasons, by=by, at=at)
    change(enquiry, authorised_at=at, authorised_by_id=by.id)
    stop(ENQUIRY, case=enquiry.case, at=at, by=by)
    told = {"asked": enquiry.asked, "risk": enquiry.risk_assessment, "risk_outcome": enquiry.risk_outcome}
    record(events.CONCLUSION_AUTHORISED, subject=enquiry, by=by, at=at, codes=told)
    _go_on(enquiry, plan_to_follow=plan_to_follow, by=by, at=at)
    return enquiry


def _was_officer(enquiry: Enquiry, by: Actor) -> bool:
    """Handing one's enquiry to a colleague does not make it somebody else's."""
    held = Allocation.objects.filter(case=enquiry.case, kind="enquiry", user_id=by.user_id, at__gte=enquiry.begun_at)
    return held.exists()


def _must_be_proposed(enquiry: Enquiry) -> None:
    must_be_open(enquiry)
    if enquiry.concluded_at is None:
        raise WrongTime("No conclusion has been proposed yet. The officer proposes one when the work is done.")


def _go_on(enquiry: Enquiry, *, plan_to_follow: bool, by: Actor, at: datetime) -> None:
    case = enquiry.case
    if plan_to_follow or SafeguardingPlan.objects.filter(case=case, ended_at=None).exists():
        move(case, to="plan", by=by, at=at)
    else:
        move_to_closing(case, by=by, at=at)


@operation(may="adults.send_back_conclusion")
def send_back_conclusion(enquiry: Enquiry, *, reasons: str, by: Actor, at: datetime) -> Enquiry:
    """Send a proposed conclusion back to the officer, saying what is missing."""
    _must_be_proposed(enquiry)
    decide(enquiry.case, CONCLUSION, outcome="sent_back", reasons=reasons, by=by, at=at)
    change(enquiry, concluded_at=None, proposed_by_id=None)
    record(events.CONCLUSION_SENT_BACK, subject=enquiry, by=by, at=at)
    return enquiry


@operation(may="adults.conclude_short_enquiry")
def conclude_short_enquiry(
    enquiry: Enquiry,
    *,
    conversation: Mapping[str, Any] | None,
    capacity: Mapping[str, Any],
    asked: str,
    outcomes: Sequence[str] = (),
    ratings: Sequence[Rating] = (),
    because: str = "",
    risk: Mapping[str, Any],
    words: str,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Enquiry:
    """Record a whole short enquiry on one page, with the same codes, and propose its conclusion (PR-16).

    `conversation`, `capacity` and `risk` hold the answers of record_conversation, record_capacity and assess_risk;
    `ratings` go with `outcomes` one by one. Somebody else still authorises it.
    """
    must_be_open(enquiry)
    must_be_as_seen(enquiry, version, asked=asked, not_asked_because=because, conclusion_words=words)
    if conversation:
        record_conversation(enquiry, **conversation, by=by, at=at)
    record_capacity(enquiry, **capacity, by=by, at=at)
    wanted = record_outcomes_asked(enquiry, asked=asked, outcomes=outcomes, because=because, by=by, at=at)
    assess_risk(enquiry, **risk, by=by, at=at)
    if wanted:
        if len(ratings) != len(wanted):
            raise AnswerNeeded("Say how far each outcome was achieved. “Not known” is an answer.")
        pairs = {row.pk: rating for row, rating in zip(wanted, ratings, strict=True)}
        rate_outcomes(enquiry, ratings=pairs, by=by, at=at)
    change(enquiry, short=True)
    return propose_conclusion(enquiry, words=words, by=by, at=at)
