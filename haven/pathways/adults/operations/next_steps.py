"""What may be done next in a case, by the one who asks: the buttons of the case page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from haven.casework.access.may import may
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock, Pause
from haven.casework.operations.actor import Actor
from haven.pathways.adults.models import Concern, Enquiry, PoliceHold, SafeguardingPlan
from haven.pathways.adults.timescales import ENQUIRY


@dataclass(frozen=True)
class NextStep:
    """One step, in words, the name of its page, and whether it is the main one now."""

    code: str
    words: str
    main: bool = False

    @property
    def url_name(self) -> str:
        """The name of its page: the operation's own name."""
        return self.code.replace("_", "-")


Steps = list[NextStep]


def next_actions(case: Case, actor: Actor) -> Steps:
    """The steps that make sense now and that this actor may take, the main one first."""
    concern: Any = _concern_of(case)
    if concern is None:
        return []
    concern.case = case
    steps = _BY_STAGE[case.stage](case, concern)
    steps += [] if case.stage == "closed" else _always(concern)
    allowed = [step for step in steps if may(actor, f"adults.{step.code}", case)]
    return sorted(allowed, key=lambda step: not step.main)


def _concern_of(case: Case) -> Concern | None:
    """The concern, with whether a police hold is on, a plan runs and a clock is over its time: one statement."""
    held = Exists(PoliceHold.objects.filter(case=OuterRef("case"), lifted_at=None))
    planned = Exists(SafeguardingPlan.objects.filter(case=OuterRef("case"), ended_at=None))
    late = Exists(Clock.objects.running().filter(case=OuterRef("case"), due_at__lte=Now()))
    found = Concern.objects.select_related("contact").annotate(held=held, planned=planned, late=late)
    return found.filter(case=case).first()


def _always(concern: Any) -> Steps:
    hold = (
        NextStep("lift_police_hold", "Lift the police hold")
        if concern.held
        else NextStep("set_police_hold", "Set a police hold")
    )
    return [
        NextStep("record_conversation", "Record a conversation with the adult"),
        NextStep("record_attempt", "Tried to reach the adult"),
        NextStep("name_alleged_source", "Name an alleged source of harm"),
        NextStep("record_crime", "Possible crime"),
        NextStep("tell_also", "Who else must know"),
        hold,
        *([NextStep("explain_delay", "Why it takes longer")] if concern.late else []),
    ]


def _concern(case: Case, concern: Concern) -> Steps:
    if concern.outcome:
        return [NextStep("countersign_concern", "Give a second view", main=True)]
    answered = concern.limbs.count() == 3
    return [
        NextStep("allocate_concern", "Allocate to a named worker", main=case.worker_id is None),
        NextStep("record_hearing", "What the adult says", main=concern.heard is None),
        NextStep("record_types", "Types of harm, place and source"),
        NextStep("answer_limbs", "Answer the three parts of section 42", main=not answered),
        NextStep("decide_concern", "Decide", main=answered and concern.heard is not None),
    ]


def _enquiry(case: Case, concern: Any) -> Steps:
    stopped = Exists(Pause.objects.filter(clock__case=OuterRef("case"), clock__rule=ENQUIRY.code, until_at=None))
    enquiry: Any = Enquiry.objects.running().filter(case=case).annotate(stopped=stopped).first()
    if enquiry is None:
        return []
    if enquiry.concluded_at is not None:
        return [
            NextStep("authorise_conclusion", "Authorise the conclusion", main=True),
            NextStep("send_back_conclusion", "Send it back to the officer"),
        ]
    return [
        NextStep("allocate_enquiry", "Allocate to a named officer", main=enquiry.officer_id is None),
        NextStep("record_outcomes_asked", "What the adult wants", main=not enquiry.asked),
        NextStep("record_capacity", "Capacity and support to take part"),
        NextStep("add_action", "Add an action"),
        NextStep("assess_risk", "Assess the risk", main=bool(enquiry.asked) and not enquiry.risk_assessment),
        *_rating(enquiry),
        *([] if concern.planned else [NextStep("agree_plan", "Agree a safeguarding plan")]),
        NextStep("conclude_short_enquiry", "Short enquiry on one page"),
        NextStep("propose_conclusion", "Propose the conclusion", main=bool(enquiry.asked and enquiry.risk_assessment)),
        *_clock(enquiry, concern),
    ]


def _clock(enquiry: Any, concern: Any) -> Steps:
    """Pause, or run again; a clock that a police hold stopped runs again when the hold is lifted (PR-15)."""
    if concern.held and enquiry.stopped:
        return []
    if enquiry.stopped:
        return [NextStep("resume_enquiry", "Let the enquiry's clock run again")]
    return [NextStep("pause_enquiry", "Pause the enquiry's clock")]


def _rating(enquiry: Enquiry) -> Steps:
    wanted = enquiry.asked == "expressed"
    return [NextStep("rate_outcomes", "How far outcomes were achieved", main=not enquiry.achieved)] if wanted else []


def _plan(case: Case, concern: Any) -> Steps:
    if not concern.planned:
        return [
            NextStep("agree_plan", "Agree a safeguarding plan", main=True),
            NextStep("prepare_closing", "Begin closing"),
        ]
    return [
        NextStep("review_plan", "Review the plan", main=True),
        NextStep("add_plan_action", "Add a step to the plan"),
        NextStep("change_plan", "Change the plan"),
        NextStep("end_plan", "End the plan"),
    ]


def _closing(case: Case, concern: Concern) -> Steps:
    declined = concern.outcome == "not_an_enquiry"
    destination: Steps = [NextStep("record_destination", "Destination sent and accepted")] if declined else []
    return [
        NextStep("tell_adult", "The adult was told"),
        *destination,
        NextStep("send_feedback", "Tell those who told us"),
        NextStep("hold_feedback", "Hold back feedback"),
        NextStep("close_case", "Close the case", main=True),
        NextStep("reopen_case", "Go back to an enquiry"),
    ]


def _closed(case: Case, concern: Concern) -> Steps:
    return [NextStep("reopen_case", "Open the case again")]


_BY_STAGE: dict[str, Any] = {
    "concern": _concern,
    "enquiry": _enquiry,
    "plan": _plan,
    "closing": _closing,
    "closed": _closed,
}
