"""The safeguarding plan: agreed with the adult, carried out, looked at again, ended (R-082, R-083)."""

from datetime import date, datetime

from haven.casework.cases.models import Case
from haven.casework.clocks.running import start, stop
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.lib.calendar import day_of
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Enquiry, PlanAction, PlanReview, SafeguardingPlan
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime, known, named, needed
from haven.pathways.adults.operations.ending import move_to_closing
from haven.pathways.adults.timescales import PLAN_REVIEW


class AlreadyPlanned(Refusal):
    """There is one safeguarding plan at a time."""


class StepsRemain(Refusal):
    """A plan does not end with open steps, unless each is passed on to somebody (R-083)."""


@operation(may="adults.agree_plan")
def agree_plan(
    subject: Enquiry | Case,
    *,
    words: str,
    adult_agrees: str,
    review_on: date,
    triggers: str = "",
    contingency: str = "",
    by: Actor,
    at: datetime,
) -> SafeguardingPlan:
    """Agree a safeguarding plan: what keeps the adult safe, their view, what would trigger more, and a review day."""
    case = subject.case
    if case.stage not in ("enquiry", "plan"):
        raise WrongTime("A plan is agreed during an enquiry or after it. Open the case again first.")
    if SafeguardingPlan.objects.filter(case=case, ended_at=None).exists():
        raise AlreadyPlanned("There is already a plan. Change it, or end it before you agree another.")
    known(codes.AGREES, adult_agrees, "Does the adult agree to the plan?")
    plan = SafeguardingPlan(
        case=case, agreed_at=at, adult_agrees=adult_agrees, triggers=triggers, contingency=contingency
    )
    plan.words = needed(words, "Write what will keep the adult safe.")
    plan.review_on = _later(review_on, at)
    plan.save(force_insert=True)
    start(PLAN_REVIEW, authority_id=case.authority_id, case=case, at=at, by=by, no_later_than=plan.review_on)
    record(events.PLAN_AGREED, subject=plan, by=by, at=at, codes={"adult_agrees": adult_agrees})
    return plan


def _later(review_on: date, at: datetime) -> date:
    if review_on <= day_of(at):
        raise AnswerNeeded("Give a day after today on which the plan is looked at again.")
    return review_on


def _must_run(plan: SafeguardingPlan) -> None:
    if plan.ended_at is not None:
        raise WrongTime("This plan has ended.")


@operation(may="adults.change_plan")
def change_plan(
    plan: SafeguardingPlan,
    *,
    words: str,
    triggers: str = "",
    contingency: str = "",
    adult_agrees: str,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> SafeguardingPlan:
    """Change the words of a safeguarding plan, and the adult's view of it."""
    _must_run(plan)
    known(codes.AGREES, adult_agrees, "Does the adult agree to the plan?")
    words = needed(words, "Write what will keep the adult safe.")
    change(plan, version=version, words=words, triggers=triggers, contingency=contingency, adult_agrees=adult_agrees)
    record(events.PLAN_CHANGED, subject=plan, by=by, at=at, codes={"adult_agrees": adult_agrees})
    return plan


@operation(may="adults.add_plan_action")
def add_plan_action(
    plan: SafeguardingPlan, *, words: str, who: str, due_on: date, agency: str = "", by: Actor, at: datetime
) -> PlanAction:
    """Add a step to a safeguarding plan: what, who, which agency, by when."""
    _must_run(plan)
    step = PlanAction(case=plan.case, plan=plan, due_on=due_on, agency=agency)
    step.words = needed(words, "Say what will be done.")
    step.who = needed(who, "Say who will do it.")
    step.save(force_insert=True)
    record(events.PLAN_ACTION_ADDED, subject=step, by=by, at=at)
    return step


@operation(may="adults.finish_plan_action")
def finish_plan_action(
    step: PlanAction,
    *,
    words: str = "",
    transferred_to: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> PlanAction:
    """Say that a step of a plan is done, or to whom it is passed on."""
    if step.done_at is not None or step.transferred_to:
        raise WrongTime("This step was already finished or passed on.")
    if not (words.strip() or transferred_to.strip()):
        raise AnswerNeeded("Say what was done, or who goes on with it.")
    done_at = None if transferred_to.strip() else at
    change(step, version=version, done_at=done_at, done_words=words.strip(), transferred_to=transferred_to.strip())
    record(events.PLAN_ACTION_FINISHED, subject=step, by=by, at=at, codes={"transferred": bool(transferred_to.strip())})
    return step


@operation(may="adults.review_plan")
def review_plan(
    plan: SafeguardingPlan,
    *,
    outcome: str,
    words: str,
    next_review_on: date | None = None,
    by: Actor,
    at: datetime,
) -> PlanReview:
    """Look at a safeguarding plan again: go on, change it, or end it."""
    _must_run(plan)
    known(codes.REVIEW_OUTCOMES, outcome, "What did the review decide?")
    words = needed(words, "Write what the review found.")
    review = PlanReview(case=plan.case, plan=plan, due_on=plan.review_on, held_at=at, outcome=outcome, words=words)
    review.by_id = named(by)
    review.save(force_insert=True)
    stop(PLAN_REVIEW, case=plan.case, at=at, by=by)
    record(events.PLAN_REVIEWED, subject=review, by=by, at=at, codes={"outcome": outcome})
    if outcome == "end":
        end_plan(plan, reasons=words, by=by, at=at)
        return review
    if next_review_on is None:
        raise AnswerNeeded("Give the day on which the plan is looked at again.")
    change(plan, review_on=_later(next_review_on, at))
    start(
        PLAN_REVIEW, authority_id=plan.authority_id, case=plan.case, at=at, by=by, no_later_than=plan.review_on
    )  # fmt: skip
    return review


@operation(may="adults.end_plan")
def end_plan(
    plan: SafeguardingPlan, *, reasons: str, version: int | None = None, by: Actor, at: datetime
) -> SafeguardingPlan:
    """End a safeguarding plan, saying why. Each of its steps is done, or passed on to somebody."""
    _must_run(plan)
    reasons = needed(reasons, "Say why the plan ends.")
    if plan.actions.filter(done_at=None, transferred_to="").exists():
        raise StepsRemain("Some steps of the plan are still open. Finish them, or say who goes on with them.")
    change(plan, version=version, ended_at=at, ended_because=reasons)
    stop(PLAN_REVIEW, case=plan.case, at=at, by=by)
    record(events.PLAN_ENDED, subject=plan, by=by, at=at)
    if plan.case.stage == "plan":
        move_to_closing(plan.case, by=by, at=at)
    return plan
