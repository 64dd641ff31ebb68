"""Possible crime, and the police hold (PR-15)."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock, Pause
from haven.casework.clocks.running import pause, resume
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.pathways.adults import codes, events
from haven.pathways.adults.models import Concern, PoliceHold, PossibleCrime
from haven.pathways.adults.operations.answers import happened, known, named, needed
from haven.pathways.adults.timescales import ENQUIRY

HELD = "police_hold"


class AlreadyHeld(Refusal):
    """There is one police hold at a time."""


class NotHeld(Refusal):
    """The hold was lifted before."""


@operation(may="adults.record_crime")
def record_crime(
    subject: Concern | Case,
    *,
    answer: str,
    told_at: datetime | None = None,
    told_by: str = "",
    reference: str = "",
    why_not: str = "",
    adult_wanted: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> PossibleCrime:
    """Record whether a crime may have been committed, and when the police were told or why not."""
    known(codes.CRIME_ANSWERS, answer, "May a crime have been committed?")
    if answer == "yes" and told_at is None:
        needed(why_not, "Say when the police were told, or why not and what the adult wanted.")
    facts = {
        "answer": answer,
        "told_at": happened(told_at, at) if told_at else None,
        "told_by": told_by,
        "reference": reference,
        "why_not": why_not.strip(),
        "adult_wanted": adult_wanted.strip(),
    }
    crime = PossibleCrime.objects.filter(case=subject.case).first()
    if crime is None:
        crime = PossibleCrime(case=subject.case, **facts)
        crime.save(force_insert=True)
    else:
        crime.case = subject.case
        change(crime, version=version, **facts)
    told = {"answer": answer, "police_told": told_at is not None}
    record(events.CRIME_RECORDED, subject=crime, by=by, at=at, codes=told)
    return crime


@operation(may="adults.set_police_hold")
def set_police_hold(subject: Concern | Case, *, words: str, officer: str, by: Actor, at: datetime) -> PoliceHold:
    """Set a police hold: whom not to speak to and what not to alert, and which officer asked.

    It pauses the enquiry's clock; never protection, and never the first look. While it is on, feedback is a receipt.
    """
    words = needed(words, "Say whom not to speak to and what not to alert.")
    officer = needed(officer, "Name the police officer who asked.")
    if PoliceHold.objects.filter(case=subject.case, lifted_at=None).exists():
        raise AlreadyHeld("A police hold is already on. Lift it before you set another.")
    hold = PoliceHold(case=subject.case, words=words, officer=officer, set_by_id=named(by), set_at=at)
    hold.save(force_insert=True)
    pause_where_held(subject.case, by=by, at=at)
    record(events.HOLD_SET, subject=hold, by=by, at=at, digest=hold.seal(words + officer))
    return hold


@operation(may="adults.lift_police_hold")
def lift_police_hold(hold: PoliceHold, *, words: str, by: Actor, at: datetime) -> PoliceHold:
    """Lift a police hold, saying who agreed to it. The enquiry's clock runs again."""
    words = needed(words, "Say why the hold is lifted, and who agreed.")
    still = PoliceHold.objects.filter(pk=hold.pk, lifted_at=None)
    if not still.update(lifted_at=at, lifted_by_id=by.id, lifted_words=words):
        raise NotHeld("This hold was already lifted.")
    hold.lifted_at, hold.lifted_by_id, hold.lifted_words = at, by.id, words
    clock = running_enquiry_clock(hold.case)
    if clock is not None and Pause.objects.filter(clock=clock, until_at=None, reason=HELD).exists():
        resume(clock, by=by, at=at)
    record(events.HOLD_LIFTED, subject=hold, by=by, at=at, digest=hold.seal(words))
    return hold


def pause_where_held(case: Case, *, by: Actor, at: datetime) -> None:
    """Stop the enquiry's clock where a police hold is on: also the clock of an enquiry that begins under one."""
    if not PoliceHold.objects.filter(case=case, lifted_at=None).exists():
        return
    clock = running_enquiry_clock(case)
    if clock is not None and not clock.pauses.filter(until_at=None).exists():
        pause(clock, reason=HELD, by=by, at=at)


def running_enquiry_clock(case: Case) -> Clock | None:
    """The clock of the enquiry, where one runs."""
    return Clock.objects.of(ENQUIRY, case=case).running().first()
