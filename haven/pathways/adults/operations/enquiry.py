"""Making an enquiry: who makes it, what the adult wants, whether they can take part, what is done (PR-16, PR-18)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.cases.casework import allocate
from haven.casework.cases.models import Case, Involvement
from haven.casework.clocks.running import pause, resume, stop
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.people.closeness import risks_to
from haven.casework.people.models import Person
from haven.casework.tasks.doing import add_task, finish_task
from haven.casework.tasks.models import Task
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Action, DesiredOutcome, Enquiry, Participation, PoliceHold
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime, known, known_or_unset, needed
from haven.pathways.adults.operations.crime import HELD, running_enquiry_clock
from haven.pathways.adults.timescales import ALLOCATE_ENQUIRY


class EnquiryIsOver(Refusal):
    """The conclusion has been authorised: reopen the case to go on."""


class NotAppropriate(Refusal):
    """This person cannot support the adult as an appropriate person (Care Act 2014 s68(3); PR-18)."""


class NothingRuns(Refusal):
    """There is no running clock to pause, or no pause to end."""


def must_be_open(enquiry: Enquiry) -> None:
    """Refuse where the conclusion has been authorised."""
    if enquiry.authorised_at is not None:
        raise EnquiryIsOver("This enquiry is complete. Open the case again if there is more to do.")


@operation(may="adults.allocate_enquiry")
def allocate_enquiry(
    enquiry: Enquiry,
    *,
    officer: User,
    lead: User | None = None,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Enquiry:
    """Give the enquiry to a named officer, and say which manager leads it."""
    must_be_open(enquiry)
    lead_id = lead.pk if lead else enquiry.lead_id or by.id
    change(enquiry, version=version, officer_id=officer.pk, lead_id=lead_id)
    allocate(enquiry.case, user=officer, manager=lead, kind="enquiry", at=at)
    stop(ALLOCATE_ENQUIRY, case=enquiry.case, at=at, by=by)
    told = {"officer": str(officer.pk), "lead": str(lead_id)}
    record(events.ENQUIRY_ALLOCATED, subject=enquiry, by=by, at=at, codes=told)
    return enquiry


@operation(may="adults.record_outcomes_asked")
def record_outcomes_asked(
    enquiry: Enquiry,
    *,
    asked: str,
    outcomes: Sequence[str] = (),
    because: str = "",
    whom: str = "adult",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> list[DesiredOutcome]:
    """Record whether the adult was asked what they want to happen, and each thing they want, in their words (R-073).

    Not asked needs a reason, and a manager's note when the conclusion is authorised (R-076).
    """
    must_be_open(enquiry)
    known(codes.ASKED, asked, "Were they asked what they want to happen?")
    wanted = [words.strip() for words in outcomes if words.strip()]
    _must_agree(asked, wanted)
    if asked == "not_asked":
        known(codes.NOT_ASKED_REASONS, because, "Why were they not asked?")
    change(
        enquiry,
        version=version,
        asked=asked,
        asked_by_id=by.id,
        asked_whom=known(codes.ASKED_WHOM, whom, "Who was asked?"),
        not_asked_because=because if asked == "not_asked" else "",
        achieved="",
    )
    DesiredOutcome.objects.filter(enquiry=enquiry).delete()
    rows = [DesiredOutcome(enquiry=enquiry, words=words, position=i) for i, words in enumerate(wanted, start=1)]
    DesiredOutcome.objects.bulk_create(rows)
    record(events.OUTCOMES_ASKED, subject=enquiry, by=by, at=at, codes={"asked": asked, "outcomes": len(rows)})
    return rows


def _must_agree(asked: str, wanted: Sequence[str]) -> None:
    if asked == "expressed" and not wanted:
        raise AnswerNeeded("Write at least one thing the adult wants to happen, in their words.")
    if asked != "expressed" and wanted:
        raise AnswerNeeded("You have written what the adult wants, so choose “Asked, and outcomes expressed”.")


@operation(may="adults.record_capacity")
def record_capacity(
    enquiry: Enquiry,
    *,
    capacity: str,
    under_pressure: bool | None = None,
    difficulty: str = "",
    advocate: str = "",
    advocate_name: str = "",
    appropriate_person: Person | None = None,
    suitable: bool = False,
    referred_at: datetime | None = None,
    words: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Participation:
    """Record capacity for this decision, whether the adult can take part, and who supports them (PR-18).

    `suitable`: the appropriate person is willing, wanted (or in their best interests) and not paid to care. Refused
    for an alleged source of harm and for anybody linked as a risk to the adult. Waiting never delays protection.
    """
    must_be_open(enquiry)
    known(codes.CAPACITY, capacity, "Does the adult have capacity for this decision?")
    known_or_unset(codes.DIFFICULTY, difficulty, "Can they take part without substantial difficulty?")
    if difficulty == "yes":
        known(codes.ADVOCATE, advocate, "Who supports them to take part?")
    if advocate == "appropriate_person":
        _must_be_appropriate(enquiry.case, appropriate_person, suitable)
    facts: dict[str, Any] = {
        "capacity": capacity,
        "under_pressure": under_pressure,
        "difficulty": difficulty,
        "advocate": advocate,
        "advocate_name": advocate_name or (appropriate_person.display_name if appropriate_person else ""),
        "advocate_referred_at": (referred_at or at) if advocate == "waiting" else referred_at,
        "words": words.strip(),
        "recorded_at": at,
    }
    kept = _keep(enquiry, version, facts)
    told = {"capacity": capacity, "difficulty": difficulty, "advocate": advocate, "under_pressure": under_pressure}
    record(events.CAPACITY_RECORDED, subject=kept, by=by, at=at, codes=told)
    return kept


def _keep(enquiry: Enquiry, version: int | None, facts: dict[str, Any]) -> Participation:
    kept = Participation.objects.filter(enquiry=enquiry).first()
    if kept is None:
        kept = Participation(case=enquiry.case, enquiry=enquiry, **facts)
        kept.save(force_insert=True)
        return kept
    kept.case = enquiry.case
    return change(kept, version=version, **facts)


def _must_be_appropriate(case: Case, person: Person | None, suitable: bool) -> None:
    if not suitable:
        raise NotAppropriate(
            "An appropriate person must be willing, wanted by the adult or in their best interests, and not paid "
            "to care. Otherwise arrange an advocate."
        )
    if person is None:
        return
    alleged = Involvement.objects.filter(case=case, person=person, role="alleged_source").exists()
    if alleged or person.pk in risks_to([case.person_id]):
        raise NotAppropriate("This person may be a risk to the adult and cannot support them. Arrange an advocate.")
    with wall.lifted("somebody who is a risk supports nobody, wherever that was learnt"):
        kept = person.pk in risks_to([case.person_id])
    if kept:
        raise NotAppropriate("Ring the guardian before this person supports the adult, or arrange an advocate.")


@operation(may="adults.add_action")
def add_action(
    subject: Enquiry | Case,
    *,
    words: str,
    due_on: date | None = None,
    owner: User | None = None,
    owner_words: str = "",
    code: str = "",
    by: Actor,
    at: datetime,
) -> Action:
    """Add something that has to be done, by whom and by when. An owner with an account gets it as a task."""
    words = needed(words, "Say what has to be done.")
    known_or_unset(codes.ACTIONS_TAKEN, code, "What kind of action?")
    if owner is None:
        owner_words = needed(owner_words, "Say who will do it.")
    action = Action(case=subject.case, words=words, due_on=due_on, owner=owner, owner_words=owner_words, code=code)
    action.enquiry = subject if isinstance(subject, Enquiry) else None
    action.task = _task_of(action, by, at)
    action.save(force_insert=True)
    record(
        events.ACTION_ADDED, subject=action, by=by, at=at, codes={"code": code, "owner": str(owner.pk) if owner else ""}
    )
    return action


def _task_of(action: Action, by: Actor, at: datetime) -> Task | None:
    if action.owner is None or action.due_on is None:
        return None
    case = action.case
    return add_task(
        authority_id=case.authority_id,
        case=case,
        kind="adults.action",
        words=action.words,
        owner=action.owner,
        due_on=action.due_on,
        at=at,
        by=by,
    )


@operation(may="adults.finish_action")
def finish_action(
    action: Action, *, words: str, code: str = "", version: int | None = None, by: Actor, at: datetime
) -> Action:
    """Say that an action is done, and what came of it."""
    if action.done_at is not None:
        raise WrongTime("This action was already finished.")
    words = needed(words, "Say what was done.")
    known_or_unset(codes.ACTIONS_TAKEN, code, "What kind of action?")
    change(action, version=version, done_at=at, done_words=words, code=code or action.code)
    if action.task is not None and action.task.done_at is None:
        finish_task(action.task, words=words, by=by, at=at)
    record(events.ACTION_FINISHED, subject=action, by=by, at=at, codes={"code": action.code})
    return action


@operation(may="adults.pause_enquiry")
def pause_enquiry(enquiry: Enquiry, *, reason: str, by: Actor, at: datetime) -> None:
    """Pause the enquiry's clock, with a reason from the list. Protection goes on."""
    must_be_open(enquiry)
    known(codes.PAUSE_REASONS, reason, "Why is the enquiry paused?")
    clock = running_enquiry_clock(enquiry.case)
    if clock is None:
        raise NothingRuns("This enquiry has no running clock to pause.")
    pause(clock, reason=reason, by=by, at=at)
    record(events.ENQUIRY_PAUSED, subject=enquiry, by=by, at=at, codes={"reason": reason})


@operation(may="adults.resume_enquiry")
def resume_enquiry(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Let the enquiry's clock run again. One that a police hold stopped runs again when the hold is lifted."""
    clock = running_enquiry_clock(enquiry.case)
    paused = clock.pauses.filter(until_at=None).first() if clock else None
    if clock is None or paused is None:
        raise NothingRuns("This enquiry's clock is not paused.")
    if paused.reason == HELD and PoliceHold.objects.filter(case=enquiry.case, lifted_at=None).exists():
        raise NothingRuns("A police hold stopped this clock. Lift the hold, and it runs again.")
    resume(clock, by=by, at=at)
    record(events.ENQUIRY_RESUMED, subject=enquiry, by=by, at=at)
