"""Figures of concerns: how many, who told us, what they became."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority
from haven.casework.measures.answers import Count, Share, Table
from haven.casework.measures.registry import measure
from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.measures.counted import SAC, SAEB, by_code, cases_of, coded, received, rolled_up

MORE_REPORTS = _(
    "A rise is more reporting or a changed rule about what is recorded, before it is more harm. It says "
    "nothing by itself."
)
CONVENTIONS = "Care Act 2014 s42; which other enquiries are made is local practice"
THREE_CONVERSIONS = _(
    "Three definitions are in use: any enquiry of concerns, section 42 enquiries of concerns, and section 42 of "
    "all enquiries. "
    "Authorities also count concerns differently. There is no right value, so no target and no colour."
)


def cases_received(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(received(authority, period))


def cases_met(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(received(authority, period).threshold_met())  # type: ignore[attr-defined]


def cases_section_42(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(received(authority, period).section_42())  # type: ignore[attr-defined]


def cases_repeat(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(received(authority, period).filter(repeat=True))


def cases_by_source(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(received(authority, period), "source_code", codes.SOURCES, row))


@measure("concerns_raised", _("Concerns received"), "count", f"{SAC}, table SG1f", MORE_REPORTS, cases=cases_received)
def concerns_raised(authority: Authority, period: Period) -> Count:
    """Safeguarding concerns about one adult each, of which any part of the authority first had the report in the
    period.
    """
    return Count(received(authority, period).count())


@measure(
    "threshold_met", _("Concerns that led to an enquiry"), "count", CONVENTIONS, THREE_CONVERSIONS, cases=cases_met
)
def threshold_met(authority: Authority, period: Period) -> Count:
    """Of the concerns received in the period, those decided to be a section 42 or an other safeguarding enquiry."""
    return Count(received(authority, period).threshold_met().count())  # type: ignore[attr-defined]


@measure(
    "threshold_rate", _("Met the threshold for any enquiry"), "share", CONVENTIONS, THREE_CONVERSIONS, cases=cases_met
)
def threshold_rate(authority: Authority, period: Period) -> Share:
    """First convention: concerns that led to an enquiry of either kind, of all concerns received in the period."""
    concerns = received(authority, period)
    return Share(concerns.threshold_met().count(), concerns.count())  # type: ignore[attr-defined]


@measure("section_42_rate", _("Met section 42"), "share", CONVENTIONS, THREE_CONVERSIONS, cases=cases_section_42)
def section_42_rate(authority: Authority, period: Period) -> Share:
    """Second convention: concerns that led to a section 42 enquiry, of all concerns received in the period."""
    concerns = received(authority, period)
    return Share(concerns.section_42().count(), concerns.count())  # type: ignore[attr-defined]


@measure(
    "repeat_concerns",
    _("Earlier concern in twelve months"),
    "share",
    "Local definition: another concern about the same adult in the year before",
    _("A repeat may mean that people trust us enough to come back, as well as that the first time did not help."),
    cases=cases_repeat,
)
def repeat_concerns(authority: Authority, period: Period) -> Share:
    """Of the concerns received in the period, those about an adult of whom there was a concern in the year before."""
    concerns = received(authority, period)
    return Share(concerns.filter(repeat=True).count(), concerns.count())


@measure(
    "source_of_referral",
    _("Who told us"),
    "table",
    f"{SAEB}: nine sources, finer ones counted under theirs",
    _(
        "Told by the police is not the same as raised with the police. Care homes and hospitals report more "
        "because they "
        "see more. A high share of not known means we did not ask."
    ),
    cases=cases_by_source,
)
def source_of_referral(authority: Authority, period: Period) -> Table:
    """Concerns received in the period by who told us first. Base: concerns received."""
    return rolled_up(by_code(received(authority, period), "source_code"), codes.SOURCES)
