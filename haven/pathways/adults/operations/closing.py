"""Closing: the adult told, a gate that names every gap, a named person's decision; and opening again (R-093, PR-17)."""

from datetime import datetime
from typing import Any

from haven.casework.cases.models import Case
from haven.casework.clocks.running import start_many, stop_many
from haven.casework.decisions.deciding import decide
from haven.casework.deliveries.safety import is_unsafe
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.stages.moves import move
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Closing, Concern, Enquiry, SafeguardingPlan
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime, happened, known, known_or_unset
from haven.pathways.adults.operations.crime import pause_where_held
from haven.pathways.adults.operations.ending import closing_of, move_to_closing
from haven.pathways.adults.operations.gaps import Gap, closing_gaps
from haven.pathways.adults.questions import CLOSING, REOPENING
from haven.pathways.adults.timescales import ALLOCATE_ENQUIRY, ENQUIRY, TIMESCALES


class GapsRemain(Refusal):
    """The case cannot close yet; `gaps` lists what is missing, each with the page that settles it."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("This case cannot close yet: " + "; ".join(gap.words for gap in gaps) + ".")
        self.gaps = gaps


class NotSafeThatWay(Refusal):
    """The adult's safe contact says not to reach them that way (PR-22)."""


@operation(may="adults.prepare_closing")
def prepare_closing(case: Case, *, by: Actor, at: datetime) -> Closing:
    """Begin closing the case. A plan that still runs is ended first."""
    if case.stage == "plan":
        if SafeguardingPlan.objects.filter(case=case, ended_at=None).exists():
            raise WrongTime("The safeguarding plan still runs. End it, then begin closing.")
        move_to_closing(case, by=by, at=at)
    elif case.stage != "closing":
        raise WrongTime("Closing begins when the concern is decided, and any enquiry is authorised.")
    closing = closing_of(case, at)
    record(events.CLOSING_PREPARED, subject=closing, by=by, at=at)
    return closing


@operation(may="adults.tell_adult")
def tell_adult(
    case: Case,
    *,
    told_at: datetime | None = None,
    how: str = "",
    because: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Closing:
    """Record when and how the adult, or who speaks for them, was told; or why not.

    Refused against the adult's safe contact: nobody is written to where that is not safe.
    """
    if (told_at is None) == (not because):
        raise AnswerNeeded("Say when the adult was told, or why not: one of the two.")
    facts: dict[str, Any] = {"adult_told_at": None, "adult_told_how": "", "adult_not_told_because": ""}
    if told_at is None:
        facts["adult_not_told_because"] = known(codes.ADULT_NOT_TOLD, because, "Why was the adult not told?")
    else:
        facts["adult_told_how"] = known(codes.TOLD_HOW, how, "How were they told?")
        facts["adult_told_at"] = happened(told_at, at)
        _must_be_safe(case, how)
    closing = change(closing_of(case, at), version=version, **facts)
    told = {"told": told_at is not None, "how": how, "because": because}
    record(events.ADULT_TOLD, subject=closing, by=by, at=at, codes=told)
    return closing


def _must_be_safe(case: Case, how: str) -> None:
    if how in ("email", "letter") and is_unsafe(how, case.person_id):
        raise NotSafeThatWay("The adult's safe contact says not to reach them that way. Choose another.")


@operation(may="adults.close_case")
def close_case(
    case: Case,
    *,
    reasons: str,
    how_to_come_back: str,
    plan_status: str = "",
    children_considered: str = "",
    learning_flag: bool = False,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Closing:
    """Close the case. Everything still missing is named, and nothing closes until it is settled (GapsRemain)."""
    if case.stage != "closing":
        raise WrongTime("A case closes from closing. Begin closing first.")
    closing = closing_of(case, at)
    closing.how_to_come_back = how_to_come_back.strip()
    closing.plan_status = (
        known_or_unset(codes.PLAN_STATUS, plan_status, "What became of the plan?") or closing.plan_status
    )
    known_or_unset(codes.CHILDREN_CONSIDERED, children_considered, "What was done for children?")
    closing.children_considered = children_considered or closing.children_considered
    gaps = closing_gaps(case, closing)
    if gaps:
        raise GapsRemain(gaps)
    decide(case, CLOSING, outcome="closed", reasons=reasons, by=by, at=at)
    change(
        closing,
        version=version,
        how_to_come_back=closing.how_to_come_back,
        plan_status=closing.plan_status or "none_needed",
        children_considered=closing.children_considered,
        learning_flag=learning_flag,
        closed_at=at,
        closed_by_id=by.id,
    )
    move(case, to="closed", by=by, at=at)
    stop_many(TIMESCALES, case=case, at=at, by=by)
    record(events.CASE_CLOSED, subject=closing, by=by, at=at, codes={"learning": learning_flag})
    return closing


@operation(may="adults.reopen_case")
def reopen_case(case: Case, *, reasons: str, kind: str = "", by: Actor, at: datetime) -> Enquiry:
    """Open a case again that is closed or closing, saying why. A new enquiry begins; the first clocks stay (PR-17)."""
    if case.stage not in ("closed", "closing"):
        raise WrongTime("Only a case that is closed or closing is opened again.")
    if Enquiry.objects.filter(case=case, authorised_at=None).exists():
        raise WrongTime("An enquiry is still going on in this case.")
    concern = Concern.objects.get(case=case)
    kind = known(codes.ENQUIRY_KINDS, kind or concern.outcome, "What kind of enquiry begins?")
    decide(case, REOPENING, outcome="reopened", reasons=reasons, by=by, at=at)
    move(case, to="enquiry", by=by, at=at)
    closing = closing_of(case, at)
    change(closing, closed_at=None, closed_by_id=None, adult_told_at=None, adult_told_how="", adult_not_told_because="")
    enquiry = Enquiry(case=case, kind=kind, begun_at=at, location=concern.location)
    enquiry.save(force_insert=True)
    start_many([ALLOCATE_ENQUIRY, ENQUIRY], authority_id=case.authority_id, case=case, at=at, by=by)
    pause_where_held(case, by=by, at=at)
    record(events.CASE_REOPENED, subject=case, by=by, at=at, codes={"kind": kind})
    return enquiry
