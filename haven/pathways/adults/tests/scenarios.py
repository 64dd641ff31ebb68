"""Scenarios for tests: written as a file would be, or drawn at random; and a year's figures counted from its plan."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from haven.lib.calendar import day_of, end_of
from haven.pathways.adults.year.moments import place_lives
from haven.pathways.adults.year.plan import Life, Plan, plan_year
from haven.pathways.adults.year.scenario import LISTS, Scenario, parse

YEAR = {
    "name": "A year",
    "authority": {"code": "riverton", "name": "Riverton"},
    "from": "2021-04-01",
    "to": "2022-03-31",
}


def scenario(**keys: Any) -> Scenario:
    """A year of Riverton with these keys."""
    return parse({**YEAR, **keys})


def planned(**keys: Any) -> Plan:
    """The plan of such a year."""
    return plan_year(scenario(**keys), place_lives)


def figures(plan: Plan) -> dict[str, Any]:
    """What the measures would count, from the plan's moments and codes alone."""
    lives, period = plan.lives, plan.period
    within = lambda moment: period.starts_at <= moment < period.ends_at  # noqa: E731
    received = [life for life in lives if within(life.received_at)]
    begun = [life for life in lives if life.is_enquiry and within(life.decided_at)]
    completed = [life for life in begun if within(life.authorised_at)]
    found = [life for life in completed if life.risk_identified]
    adults = {life.adult for life in begun}
    days = plan.targets.within_days
    return {
        "concerns": len(received),
        "threshold_met": len([life for life in received if life.is_enquiry]),
        "begun": len(begun),
        "section_42": len([life for life in begun if life.outcome == "section_42"]),
        "adults_at_risk": len(adults),
        "age_65_plus": len([adult for adult in adults if adult.aged_65_plus]),
        "women": len([adult for adult in adults if adult.woman]),
        "completed": len(completed),
        "risk_identified": len(found),
        "risk_removed_or_reduced": len([life for life in found if life.risk_outcome in ("removed", "reduced")]),
        "source_of_referral": Counter(life.source for life in received),
        "location_of_harm": Counter(life.location for life in begun),
        "type_of_harm": Counter(life.type for life in begun),
        "outcomes_asked": Counter(life.asked for life in completed),
        "outcomes_achieved": Counter(life.achieved for life in completed if life.asked == "expressed"),
        "raised_with_police": len([life for life in begun if life.police]),
        "allocated": len([life for life in received if in_time(life, plan.targets.allocated_days)]),
        "s42_allocated": len([life for life in begun if officer_in_time(life, plan.targets.s42_hours)]),
        "within": {
            police: [days_taken(life) < days for life in completed if life.police is police] for police in (True, False)
        },
    }


def in_time(life: Life, days: int) -> bool:
    return life.allocated_at < end_of(day_of(life.received_at) + timedelta(days=days))


def officer_in_time(life: Life, hours: int) -> bool:
    return life.outcome == "section_42" and life.officer_at <= life.decided_at + timedelta(hours=hours)


def days_taken(life: Life) -> int:
    return (day_of(life.authorised_at) - day_of(life.decided_at)).days


@st.composite
def part(draw: Any, whole: int) -> Any:
    """A count up to the whole, or a percentage."""
    if draw(st.booleans()):
        return draw(st.integers(0, whole))
    return f"{draw(st.integers(0, 1000)) / 10:g}%"


@st.composite
def share_list(draw: Any, key: str) -> dict[str, str]:
    """Percentages of some of a list's codes, which come to 100 or less."""
    chosen = draw(st.lists(st.sampled_from(LISTS[key]), min_size=1, unique=True))
    left, shares = 1000, {}
    for code in chosen:
        take = draw(st.integers(0, left))
        shares[code], left = f"{take / 10:g}%", left - take
    return shares


@st.composite
def random_year(draw: Any) -> dict[str, Any]:
    """A scenario with any of its keys, of at most some hundred concerns, whose counts are possible."""
    concerns = draw(st.integers(10, 220))
    last = date(2021, 4, 1) + timedelta(days=draw(st.sampled_from((364, 364, 364, 729, 181, 91, 30, 6))))
    keys: dict[str, Any] = {"concerns": concerns, "to": last.isoformat()}
    for some in (enquiries(concerns), lists(), waits()):
        if draw(st.booleans()):
            keys |= draw(some)
    return keys


@st.composite
def enquiries(draw: Any, concerns: int) -> dict[str, Any]:
    """Some of the numbers of enquiries and adults, which are possible for so many concerns."""
    met = draw(st.integers(1, concerns))
    offered = {
        "section_42": part(met),
        "raised_with_police": part(met),
        "adults_at_risk": st.integers(1, met),
        "completed": st.integers(0, met),
        "adults": st.fixed_dictionaries({"age_65_plus": part(0), "women": percent}),
    }
    return {"threshold_met": met} | draw(some_of(offered))


@st.composite
def lists(draw: Any) -> dict[str, Any]:
    """Some of the lists."""
    found: dict[str, Any] = draw(some_of({key: share_list(key) for key in LISTS}))
    return found


@st.composite
def waits(draw: Any) -> dict[str, Any]:
    """Some of the waits."""
    offered = {
        "allocated_within": st.fixed_dictionaries({"days": st.integers(1, 20), "share": percent}),
        "s42_allocated_within": st.fixed_dictionaries({"hours": st.integers(1, 96), "share": percent}),
        "completed_within": st.fixed_dictionaries({"days": st.just(90), "police": percent, "other": percent}),
    }
    found: dict[str, Any] = draw(some_of(offered))
    return found


percent = st.integers(0, 100).map(lambda number: f"{number}%")


def some_of(offered: dict[str, Any]) -> Any:
    """A dictionary with any of these keys."""
    return st.fixed_dictionaries({}, optional=offered)
