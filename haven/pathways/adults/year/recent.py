"""The last weeks of a desk, up to now: something in every queue, some of it late, as a real one has."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access import wall
from haven.casework.clocks.policies import remembering
from haven.casework.contacts.models import Contact
from haven.casework.operations.operation import bulk_load
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Concern
from haven.pathways.adults.year import recent_steps as steps
from haven.pathways.adults.year.building import Building
from haven.pathways.adults.year.moments import between
from haven.pathways.adults.year.plan import Adult, Life, draw
from haven.pathways.adults.year.running import one_at_a_time
from haven.pathways.adults.year.staff import Staff, Worker

DAY = timedelta(days=1)
TYPES = {
    "neglect": 29,
    "financial": 21,
    "physical": 19,
    "psychological": 14,
    "domestic": 7,
    "self_neglect": 5,
    "sexual": 3,
}
LOCATIONS = {"own_home": 61, "care_home": 15, "extra_care": 8, "hospital": 7, "in_the_community": 5, "other": 4}
SOURCES = {
    "health_staff": 30,
    "social_care_staff": 30,
    "family_friend_neighbour_self": 18,
    "police": 7,
    "housing": 6,
    "cqc": 2,
    "other": 7,
}


@dataclass(frozen=True)
class Sort:
    """How many stand at one point of the way, how many days ago they arrived, and the steps that bring them there."""

    name: str
    how_many: int
    days_ago: tuple[float, float]
    steps: Callable[[Building, datetime], Any]
    facts: tuple[tuple[str, Any], ...] = ()


SORTS = (
    Sort("unseen", 5, (0.02, 0.7), steps.arrive_only),
    Sort("unseen danger", 2, (0.01, 0.1), steps.arrive_only, (("danger", "yes"), ("children", None))),
    Sort("seen", 4, (0.3, 1.6), steps.looked_at),
    Sort("act now", 1, (0.05, 0.2), steps.act_now, (("danger", "yes"), ("children", True))),
    Sort("unallocated", 5, (0.4, 3.5), steps.accepted),
    Sort("allocated", 6, (1, 5), steps.allocated),
    Sort("worked on", 7, (1, 6), steps.heard),
    Sort("to decide", 6, (1.5, 6), steps.weighed),
    Sort("second person", 2, (2, 6), steps.declined_awaiting, (("type", "self_neglect"),)),
    Sort("no officer", 4, (2, 6), steps.begun),
    Sort("asking", 11, (6, 40), steps.asking),
    Sort("acting", 12, (15, 118), steps.acting),
    Sort("assessed", 6, (25, 100), steps.assessed),
    Sort("proposed", 5, (25, 96), steps.proposed),
    Sort("held", 1, (20, 40), steps.held, (("type", "financial"), ("police", True))),
    Sort("paused", 1, (40, 60), steps.paused),
    Sort("plan", 10, (65, 150), steps.planned, (("outcome", "section_42"), ("risk_outcome", "reduced"))),
    Sort("closing", 5, (20, 90), steps.closing, (("owed", True),)),
    Sort("feedback owed", 3, (20, 70), steps.adult_told, (("source", "health_staff"), ("owed", True))),
    Sort("closed", 18, (40, 150), steps.closed),
    Sort("declined", 10, (6, 60), steps.closed, (("outcome", "not_an_enquiry"),)),
    Sort("refused", 2, (1, 9), steps.refused, (("source", "other"),)),
)
WAITING = ("unseen", "unseen danger", "seen", "act now")


@dataclass(frozen=True)
class Personas:
    """The people a visitor signs in as, so that each finds work of their own."""

    duty: Worker
    practitioner: Worker
    manager: Worker


def build_recent(staff: Staff, personas: Personas, now: datetime, progress: Callable[[int, int], None]) -> int:
    """Build the last weeks once, a sort at a time; what is there already is left alone. How many were built."""
    total, done, built = sum(sort.how_many for sort in SORTS), 0, 0
    for sort in SORTS:
        progress(done, total)
        built += _build_sort(staff, personas, sort, now)
        done += sort.how_many
    _join_a_report(staff, now)
    progress(total, total)
    return built


def _build_sort(staff: Staff, personas: Personas, sort: Sort, now: datetime) -> int:
    with bulk_load(), remembering():
        wall.open_to_all("a year of synthetic people")
        one_at_a_time(f"recent {staff.authority.code}")
        keys = [f"recent {staff.authority.code} {sort.name}:{number}" for number in range(sort.how_many)]
        there = set(Contact.objects.filter(idempotency_key__in=keys).values_list("idempotency_key", flat=True))
        missing = [key for key in keys if key not in there]
        for key in missing:
            sort.steps(building_of(staff, personas, sort, key, now), now)
        return len(missing)


def building_of(staff: Staff, personas: Personas, sort: Sort, key: str, now: datetime) -> Building:
    """One life of the sort, begun so many days ago, in the hands of a persona about as often as not."""
    rng = Random(key)
    facts = dict(sort.facts)
    own = {name: facts.pop(name) for name in ("danger", "children", "owed") if name in facts}
    life = replace(life_of(rng, sort.days_ago, now, sort.name in WAITING), **facts)
    if life.outcome == "not_an_enquiry":
        life = replace(life, risk_outcome="", risk_identified=False, asked="", achieved="")
    people: dict[int, UUID] = {}
    today = day_of(now)
    b = Building(staff, life, key, today.replace(year=today.year - 1, day=1), today, people, rng, **own)
    b.desk = personas.duty if rng.random() < 0.5 else b.desk
    if rng.random() < 0.4:
        b.worker, b.team = personas.practitioner, personas.practitioner.team
    b.manager = personas.manager if rng.random() < 0.6 else b.manager
    return b


def life_of(rng: Random, days_ago: tuple[float, float], now: datetime, any_hour: bool) -> Life:
    """An ordinary life that began so many days ago. An enquiry, unless said otherwise."""
    outcome = rng.choices(("section_42", "other"), (6, 4))[0]
    found = rng.random() < 0.6
    asked = rng.choices(("expressed", "none_expressed", "not_asked"), (75, 12, 13))[0]
    earliest, latest = now - days_ago[1] * DAY, now - days_ago[0] * DAY
    received = earliest + (latest - earliest) * rng.random() if any_hour else between(rng, earliest, latest)
    return Life(
        outcome=outcome,
        adult=Adult(1, rng.random() < 0.66, rng.random() < 0.6),
        source=draw(rng, SOURCES, "other"),
        location=draw(rng, LOCATIONS, "own_home"),
        type=draw(rng, TYPES, "neglect"),
        police=rng.random() < 0.2,
        risk_identified=found,
        risk_outcome=rng.choice(("removed", "reduced", "reduced", "remained")) if found else "",
        asked=asked,
        achieved=rng.choice(("fully", "fully", "partly", "not")) if asked == "expressed" else "",
        received_at=received,
    )


def _join_a_report(staff: Staff, now: datetime) -> None:
    """A second report of an incident already taken on, joined to it; both people who told us are kept."""
    key = f"recent {staff.authority.code} joined"
    with bulk_load(), remembering():
        wall.open_to_all("a year of synthetic people")
        if Contact.objects.filter(idempotency_key=key).exists():
            return
        open_ones = Q(case__stage="concern", outcome="") & ~Q(case__worker=None)
        concern = Concern.objects.filter(open_ones, authority=staff.authority).order_by("received_at").first()
        if concern is not None:
            steps.join_second_report(staff, concern, key, Random(key), now)
