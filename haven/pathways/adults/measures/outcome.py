"""Figures of enquiries completed: what the adult wanted and got, and what became of the risk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority
from haven.casework.measures.answers import Count, Share, Table
from haven.casework.measures.registry import measure
from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.measures.counted import SAC, by_code, cases_of, coded, completed, risk_found, rolled_up

CHOICE = _(
    "Of those completed in which a risk was identified, and not of all completed: in one report 82% of 55%, "
    "which is 45% of completed. "
    "A risk that remained may be the adult's own choice, made with capacity."
)
FOUND = _("Of completed enquiries only. An assessment that was inconclusive is not one that found no risk.")
WHO_RATED = _(
    "Of those who said what they wanted, not of all completed: in one report 90% of 65%, which is 58.5%. The "
    "adult's own view counts "
    "where it is "
    "known, otherwise the worker's."
)


def cases_completed(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(completed(authority, period))


def cases_asked(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(completed(authority, period), "asked", codes.ASKED, row))


def cases_achieved(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(completed(authority, period).filter(asked="expressed"), "achieved", codes.ACHIEVED, row))


def cases_risk(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(risk_found(authority, period), "risk_outcome", codes.RISK_OUTCOMES, row))


def cases_better(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(risk_found(authority, period).filter(risk_outcome__in=BETTER))


BETTER = ("removed", "reduced")


@measure(
    "enquiries_completed",
    _("Enquiries completed"),
    "count",
    f"{SAC}, SG2 to SG4 count what was concluded in the year",
    _(
        "Some began before the period, and some that began in it are still running: this is not a part of the "
        "enquiries begun."
    ),
    cases=cases_completed,
)
def enquiries_completed(authority: Authority, period: Period) -> Count:
    """Enquiries whose conclusion was authorised in the period, whenever they began."""
    return Count(completed(authority, period).count())


@measure(
    "outcomes_asked",
    _("Asked what they want to happen"),
    "table",
    f"{SAC}, table SG4a",
    _("Not asked may be right where asking was unsafe or impossible; each needs a reason and a manager's note."),
    cases=cases_asked,
)
def outcomes_asked(authority: Authority, period: Period) -> Table:
    """Enquiries completed in the period by whether the adult, or who speaks for them, was asked. Base: completed."""
    return rolled_up(by_code(completed(authority, period), "asked"), codes.ASKED)


@measure("outcomes_achieved", _("Got what they wanted"), "table", f"{SAC}, table SG4a", WHO_RATED, cases=cases_achieved)
def outcomes_achieved(authority: Authority, period: Period) -> Table:
    """Completed enquiries in which the adult said what they wanted, by how far it was achieved. Base: outcomes
    expressed.
    """
    expressed = completed(authority, period).filter(asked="expressed")
    return rolled_up(by_code(expressed, "achieved"), codes.ACHIEVED)


@measure("risk_identified", _("Risk identified"), "count", f"{SAC}, table SG2c", FOUND, cases=cases_risk)
def risk_identified(authority: Authority, period: Period) -> Count:
    """Enquiries completed in the period in which a risk was identified, whether or not action was taken."""
    return Count(risk_found(authority, period).count())


@measure(
    "risk_identified_rate", _("Risk identified, of completed"), "share", f"{SAC}, table SG2c", FOUND, cases=cases_risk
)
def risk_identified_rate(authority: Authority, period: Period) -> Share:
    """Of the enquiries completed in the period, those in which a risk was identified."""
    return Share(risk_found(authority, period).count(), completed(authority, period).count())


@measure("risk_outcome", _("What became of the risk"), "table", f"{SAC}, table SG2e", CHOICE, cases=cases_risk)
def risk_outcome(authority: Authority, period: Period) -> Table:
    """Completed enquiries in which a risk was identified, by what became of it. Base: risk identified."""
    return rolled_up(by_code(risk_found(authority, period), "risk_outcome"), codes.RISK_OUTCOMES)


@measure(
    "risk_removed_or_reduced", _("Risk removed or reduced"), "share", f"{SAC}, table SG2e", CHOICE, cases=cases_better
)
def risk_removed_or_reduced(authority: Authority, period: Period) -> Share:
    """Of the completed enquiries in which a risk was identified, those in which it was removed or reduced."""
    found = risk_found(authority, period)
    return Share(found.filter(risk_outcome__in=BETTER).count(), found.count())
