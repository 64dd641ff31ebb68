"""Figures of time: each says from what to what it counts. Aims, not legal limits."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.measures.answers import Share
from haven.casework.measures.registry import measure
from haven.lib.period import Period
from haven.pathways.adults.measures.counted import (
    SAEB,
    begun,
    cases_of,
    completed,
    received,
    under_days,
    with_the_police,
    without_the_police,
)
from haven.pathways.adults.models import Concern, Enquiry, Feedback
from haven.pathways.adults.timescales import ALLOCATE_CONCERN, ALLOCATE_ENQUIRY, ENQUIRY, FEEDBACK

DAYS = 90
"""T-05: in under 90 days, calendar days in London from the decision to the authorised conclusion."""

TWO_CLOCKS = _(
    "There are two waits, before and after the decision, on two clocks. This one runs from receipt to a named "
    "worker; a team's "
    "tray does not stop it. Those still waiting count as not yet in time, or the slow would vanish."
)
AFTER_DECISION = _(
    "Runs from the section 42 decision, not from receipt: the wait before the decision is in the other figure. "
    "The two cannot "
    "be read as one clock."
)
PAUSES = _(
    "Pauses are counted as time taken here. Only completed enquiries are in it: the slow ones still running are "
    "not, so it "
    "flatters a year with a backlog."
)
POLICE = _("Enquiries raised with the police wait for the police: slower is not worse. Raised at any point counts.")


def allocated_in_time(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those given to a named worker before that clock was due."""
    return concerns.filter(Exists(Clock.objects.met(ALLOCATE_CONCERN).filter(case=OuterRef("case"))))


def section_42_begun(authority: Authority, period: Period) -> QuerySet[Enquiry]:
    return begun(authority, period).filter(kind="section_42")


def within_a_day(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Those given to a named officer within 24 hours of the decision, whatever the local number is."""
    clock = Clock.objects.of(ALLOCATE_ENQUIRY).filter(case=OuterRef("case"), started_at=OuterRef("begun_at"))
    return enquiries.filter(Exists(clock.filter(stopped_at__lte=F("started_at") + timedelta(hours=24))))


def in_time_less_pauses(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Those completed before their clock was due, the time it was paused taken out."""
    clock = Clock.objects.met(ENQUIRY).filter(case=OuterRef("case"), started_at=OuterRef("begun_at"))
    return enquiries.filter(Exists(clock))


def may_be_told(authority: Authority, period: Period) -> QuerySet[Concern]:
    """Concerns decided in the period whose sender wanted to be told and from whom it was not held back."""
    held = Feedback.objects.filter(case=OuterRef("case"), contact=OuterRef("contact")).exclude(held_because="")
    decided = Concern.objects.filter(authority=authority, **period.within("decided_at"))
    return decided.filter(~Exists(held), contact__referrer__wants_feedback=True).exclude(contact__about="me")


def told(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those whose sender was told before that clock was due, at whatever level they may be."""
    given = Feedback.objects.filter(
        case=OuterRef("case"), contact=OuterRef("contact"), told_at__gte=OuterRef("decided_at")
    )
    return concerns.filter(Exists(given), Exists(Clock.objects.met(FEEDBACK).filter(case=OuterRef("case"))))


def cases_allocated(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(allocated_in_time(received(authority, period)))


def cases_officer(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(within_a_day(section_42_begun(authority, period)))


def cases_in_90_days(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(under_days(completed(authority, period), DAYS))


def cases_less_pauses(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(in_time_less_pauses(completed(authority, period)))


def cases_police_90(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(under_days(with_the_police(completed(authority, period)), DAYS))


def cases_other_90(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(under_days(without_the_police(completed(authority, period)), DAYS))


def cases_told(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(told(may_be_told(authority, period)))


@measure(
    "allocated_within_target",
    _("Named worker within the aim"),
    "share",
    "Westminster 2022/23: within 5 days, unless the authority sets its own",
    TWO_CLOCKS,
    cases=cases_allocated,
)
def allocated_within_target(authority: Authority, period: Period) -> Share:
    """Starts at receipt. Of the concerns received, those given to a named worker within 5 calendar days, or the local
    aim.
    """
    concerns = received(authority, period)
    return Share(allocated_in_time(concerns).count(), concerns.count())


@measure(
    "s42_allocated_within_24h",
    _("Named officer within 24 hours"),
    "share",
    "Westminster 2022/23: within 24 hours",
    AFTER_DECISION,
    cases=cases_officer,
)
def s42_allocated_within_24h(authority: Authority, period: Period) -> Share:
    """Starts at the section 42 decision. Of the section 42 enquiries begun, those given to a named officer within 24
    hours.
    """
    enquiries = section_42_begun(authority, period)
    return Share(within_a_day(enquiries).count(), enquiries.count())


@measure(
    "completed_within_90_days",
    _("Completed in under 90 days"),
    "share",
    f"{SAEB}: in under 90 days",
    PAUSES,
    cases=cases_in_90_days,
)
def completed_within_90_days(authority: Authority, period: Period) -> Share:
    """Of the enquiries completed, those authorised in under 90 calendar days from the decision to make them."""
    enquiries = completed(authority, period)
    return Share(under_days(enquiries, DAYS).count(), enquiries.count())


@measure(
    "completed_within_aim_less_pauses",
    _("Completed in time, pauses taken out"),
    "share",
    f"{SAEB}: in under 90 days, or the local aim",
    _(
        "A pause has a reason from a closed list. Read it with the figure that counts pauses as time taken, not "
        "instead of it."
    ),
    cases=cases_less_pauses,
)
def completed_within_aim_less_pauses(authority: Authority, period: Period) -> Share:
    """Of the enquiries completed, those completed in under 90 days or the local aim, the time they were paused taken
    out.
    """
    enquiries = completed(authority, period)
    return Share(in_time_less_pauses(enquiries).count(), enquiries.count())


@measure(
    "completed_within_90_days_police",
    _("Completed in under 90 days: raised with the police"),
    "share",
    f"{SAEB}, safeguarding and crime",
    POLICE,
    cases=cases_police_90,
)
def completed_within_90_days_police(authority: Authority, period: Period) -> Share:
    """Of the enquiries completed that were raised with the police, those completed in under 90 days."""
    enquiries = with_the_police(completed(authority, period))
    return Share(under_days(enquiries, DAYS).count(), enquiries.count())


@measure(
    "completed_within_90_days_other",
    _("Completed in under 90 days: not raised with the police"),
    "share",
    f"{SAEB}, safeguarding and crime",
    POLICE,
    cases=cases_other_90,
)
def completed_within_90_days_other(authority: Authority, period: Period) -> Share:
    """Of the enquiries completed that were not raised with the police, those completed in under 90 days."""
    enquiries = without_the_police(completed(authority, period))
    return Share(under_days(enquiries, DAYS).count(), enquiries.count())


@measure(
    "feedback_to_referrer",
    _("Person who told us answered within the aim"),
    "share",
    "London multi-agency policy (2019), closing actions: within 5 working days",
    _(
        "Only of those who wanted to be told and could be safely: held back is not counted against us, nor for "
        "us. The public may "
        "be told no more than that we had it."
    ),
    cases=cases_told,
)
def feedback_to_referrer(authority: Authority, period: Period) -> Share:
    """Starts at the decision. Of the concerns whose sender wanted to be told and safely could be, those told within
    the aim.
    """
    concerns = may_be_told(authority, period)
    return Share(told(concerns).count(), concerns.count())
