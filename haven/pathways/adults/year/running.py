"""Building the year: batch by batch, once; run again it goes on where it stopped, or finds that all is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
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
from haven.pathways.adults.year.plan import Plan, plan_year
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
        wall.open_to_all()
        _refuse_another(scenario)
        staff = _prepare(plan)
        job = _job(plan)
    done = _built(scenario)
    lives = [life for life in plan.lives if key_of(scenario, life.number) not in done]
    people = _people(scenario, plan, done)
    began = timezone.now() - (job.updated_at - job.started_at)
    for start in range(0, len(lives), BATCH):
        progress(len(plan.lives) - len(lives) + start, len(plan.lives))
        _build_batch(plan, staff, lives[start : start + BATCH], people)
        _keep_progress(job, began, len(plan.lives) - len(lives) + min(start + BATCH, len(lives)))
    progress(len(plan.lives), len(plan.lives))
    return _answer(plan, job)


def key_of(scenario: Scenario, number: int) -> str:
    """The key of one concern: the scenario's digest and its number."""
    return f"{scenario.digest[:40]}:{number}"


def _generated(scenario: Scenario) -> Any:
    within = scenario.period.within("received_at")
    return Concern.objects.filter(authority__code=scenario.code, case__pathway="adults", **within).exclude(
        generated_key=None
    )


def _refuse_another(scenario: Scenario) -> None:
    if _generated(scenario).exclude(generated_key__startswith=scenario.digest[:40]).exists():
        days = f"{scenario.period.from_on} to {scenario.period.to_on}"
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


def _built(scenario: Scenario) -> set[str]:
    with transaction.atomic():
        wall.open_to_all()
        keys = Concern.objects.filter(generated_key__startswith=f"{scenario.digest[:40]}:")
        return {key for key in keys.values_list("generated_key", flat=True) if key}


def _people(scenario: Scenario, plan: Plan, done: set[str]) -> dict[int, UUID]:
    """Which person each adult of the plan is, from the concerns already built."""
    if not done:
        return {}
    with transaction.atomic():
        wall.open_to_all()
        found = Concern.objects.filter(generated_key__startswith=f"{scenario.digest[:40]}:")
        person_of: dict[str | None, UUID] = dict(found.values_list("generated_key", "case__person_id"))
    return {
        life.adult.number: person_of[key] for life in plan.lives if (key := key_of(scenario, life.number)) in person_of
    }


def _build_batch(plan: Plan, staff: Staff, lives: list[Any], people: dict[int, UUID]) -> None:
    """All of a batch or none of it. People of a batch that fails are forgotten with it."""
    met = dict(people)
    with bulk_load(), remembering():
        wall.open_to_all()
        for life in lives:
            key = key_of(plan.scenario, life.number)
            building = Building(
                staff=staff,
                life=life,
                key=key,
                period_start=plan.period.from_on,
                period_end=plan.period.to_on,
                people=met,
                rng=Random(key),
            )
            live(building)
    people.update(met)


def _answer(plan: Plan, job: JobProgress) -> Answer:
    with transaction.atomic():
        wall.open_to_all()
        built = Concern.objects.filter(generated_key__startswith=f"{plan.scenario.digest[:40]}:")
        enquiries = Enquiry.objects.filter(case__concern__in=built).count()
        concerns = built.count()
    seconds = round((job.updated_at - job.started_at).total_seconds(), 1)
    return Answer(plan.scenario.code, plan.scenario.pathway, concerns, enquiries, seconds)
