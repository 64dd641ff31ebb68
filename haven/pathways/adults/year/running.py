"""Building the year: batch by batch, once; run again it goes on where it stopped, or finds that all is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.clocks.models import LocalPolicy
from haven.casework.clocks.policies import remembering, set_policy
from haven.casework.operations.models import JobProgress
from haven.casework.operations.operation import bulk_load
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.timescales import ALLOCATE_CONCERN
from haven.pathways.adults.year.amounts import ScenarioError
from haven.pathways.adults.year.build import live
from haven.pathways.adults.year.building import Building
from haven.pathways.adults.year.moments import place_lives
from haven.pathways.adults.year.plan import Life, Plan, plan_year
from haven.pathways.adults.year.scenario import Scenario
from haven.pathways.adults.year.staff import Staff, staff_for

BATCH = 25
"""Concerns kept or lost together."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Answer:
    """What was built, in all its runs together."""

    authority: str
    pathway: str
    concerns: int
    enquiries: int
    seconds: float


def build_year(scenario: Scenario, progress: Progress = lambda done, total: None) -> Answer:
    """Build a scenario's year, or what is left of it.

    Refused, naming the key, where the scenario is impossible or another one was built for the same authority and days.
    """
    plan = plan_year(scenario, place_lives)
    with transaction.atomic():
        wall.open_to_all("a year of synthetic people")
        one_at_a_time(scenario.code)
        _refuse_another(scenario)
        staff = _prepare(plan)
        job = _job(plan)
    began = timezone.now() - (job.updated_at - job.started_at)
    people: dict[int, UUID] = {}
    for start in range(0, len(plan.lives), BATCH):
        progress(start, len(plan.lives))
        if _build_batch(plan, staff, plan.lives[start : start + BATCH], people):
            _keep_progress(job, began, min(start + BATCH, len(plan.lives)))
    progress(len(plan.lives), len(plan.lives))
    return _answer(plan, job)


def _generated(scenario: Scenario) -> Any:
    within = scenario.period.within("received_at")
    return Concern.objects.filter(authority__code=scenario.code, case__pathway="adults", **within).exclude(
        generated_key=None
    )


def _refuse_another(scenario: Scenario) -> None:
    if _generated(scenario).exclude(generated_key__startswith=scenario.digest[:40]).exists():
        days = f"{scenario.period.from_on} and {scenario.period.to_on}"
        raise ScenarioError(
            "authority.code",
            f"{scenario.code} already has a year of another scenario between {days}. Use another authority or period.",
        )


def _prepare(plan: Plan) -> Staff:
    scenario, targets = plan.scenario, plan.targets
    in_post = scenario.period.from_on - timedelta(days=400)
    staff = staff_for(
        scenario.code, scenario.authority_name, concerns=targets.concerns, from_on=in_post, at=scenario.period.starts_at
    )
    if targets.allocated_days != ALLOCATE_CONCERN.amount:
        _set_days(plan, staff)
    return staff


def _set_days(plan: Plan, staff: Staff) -> None:
    """The authority's own number of days for allocation, in its period."""
    period, rule = plan.period, ALLOCATE_CONCERN.code
    if LocalPolicy.objects.filter(authority=staff.authority, rule=rule, from_on=period.from_on).exists():
        return
    set_policy(
        staff.authority,
        timescale=ALLOCATE_CONCERN,
        amount=plan.targets.allocated_days,
        from_on=period.from_on,
        until_on=period.to_on,
        source=f"Scenario {plan.scenario.name}"[:200],
        by=staff.head.actor,
        at=period.starts_at,
    )


def _job(plan: Plan) -> JobProgress:
    now = timezone.now()
    facts = {"total": len(plan.lives), "started_at": now, "updated_at": now}
    return JobProgress.objects.get_or_create(name=f"year {plan.scenario.digest[:40]}", defaults=facts)[0]


def _keep_progress(job: JobProgress, began: datetime, done: int) -> None:
    """How far it has come, and how long it has worked in all its runs."""
    now = timezone.now()
    job.done, job.updated_at, job.started_at = done, now, began
    job.state = JobProgress.State.DONE if done >= job.total else JobProgress.State.RUNNING
    job.save(update_fields=["done", "updated_at", "started_at", "state"])


def _build_batch(plan: Plan, staff: Staff, lives: Sequence[Life], people: dict[int, UUID]) -> bool:
    """Build what a batch still lacks, all of it or none; whether it lacked anything. One process at a time.

    The people of a batch that fails are forgotten with it.
    """
    with bulk_load(), remembering():
        wall.open_to_all("a year of synthetic people")
        one_at_a_time(plan.scenario.digest)
        built = _built(plan, lives)
        met = people | {plan.adult_of[key]: person for key, person in built.items() if key in plan.adult_of}
        missing = [life for life in lives if plan.key_of(life) not in built]
        for life in missing:
            live(_building(plan, staff, life, met))
    people.update(met)
    return bool(missing)


def one_at_a_time(digest: str) -> None:
    """Wait until no other process builds the same: two loads of one scenario take turns and see each other's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"year {digest}"])


def _built(plan: Plan, lives: Sequence[Life]) -> dict[str, UUID]:
    """Which concerns of the batch are there, and those with which its adults were first met: key to person."""
    keys = {plan.key_of(life) for life in lives} | {plan.first_key_of[life.adult.number] for life in lives}
    found = Concern.objects.filter(generated_key__in=keys).values_list("generated_key", "case__person_id")
    return {key: person for key, person in found if key}


def _building(plan: Plan, staff: Staff, life: Life, people: dict[int, UUID]) -> Building:
    key = plan.key_of(life)
    return Building(
        staff=staff,
        life=life,
        key=key,
        period_start=plan.period.from_on,
        period_end=plan.period.to_on,
        people=people,
        rng=Random(key),
        seed_of_adults=plan.scenario.digest,
    )


def _answer(plan: Plan, job: JobProgress) -> Answer:
    with transaction.atomic():
        wall.open_to_all("a year of synthetic people")
        built = Concern.objects.filter(generated_key__startswith=f"{plan.scenario.digest[:40]}:")
        enquiries = Enquiry.objects.filter(case__concern__in=built).count()
        concerns = built.count()
        job.refresh_from_db()
    seconds = round((job.updated_at - job.started_at).total_seconds(), 1)
    return Answer(plan.scenario.code, plan.scenario.pathway, concerns, enquiries, seconds)
