"""Loading the demonstration, in the order in which a visitor needs it; run again it goes on where it stopped."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.measures.snapshots import save_snapshot
from haven.casework.operations.models import JobProgress
from haven.lib.calendar import day_of
from haven.lib.period import Period
from haven.pathways.adults.year.recent import build_recent
from haven.pathways.adults.year.running import build_year, one_at_a_time
from haven.pathways.adults.year.scenario import SCENARIOS, Scenario, read_scenario
from haven.pathways.adults.year.staff import Staff, staff_for
from haven.project.demonstration.personas import IN_POST, at_work, make_personas
from haven.project.demonstration.trust import build_trust

NAME = "demonstration"
Progress = Callable[[str, int, int], None]


def the_year() -> Scenario:
    """The published year that the demonstration authority lives through."""
    return read_scenario(SCENARIOS / "saeb-2018-19.yaml")


def make_authority(at: datetime) -> Staff:
    """The authority, its teams, its staff and somebody for each role."""
    scenario = the_year()
    with transaction.atomic():
        wall.open_to_all("the demonstration's own synthetic people")
        one_at_a_time(scenario.code)
        staff = staff_for(scenario.code, scenario.authority_name, concerns=1031, from_on=IN_POST, at=at)
        make_personas(staff.authority)
    return staff


def load_demonstration(now: datetime, progress: Progress) -> None:
    """The desk's last weeks first, so that there is something to see; then the year behind it; then its figures."""
    staff = make_authority(now)
    with transaction.atomic():
        wall.open_to_all("the demonstration's own synthetic people")
        made = make_personas(staff.authority)
        personas = at_work(made, staff.authority, now)
    build_recent(staff, personas, now, lambda done, total: progress("The last weeks", done, total))
    build_trust(staff, made, now)
    job = _job(now)
    build_year(the_year(), lambda done, total: _keep(job, done, total, progress))
    count_figures(staff.authority, now)
    _keep(job, job.total, job.total, progress, JobProgress.State.DONE)


def count_figures(authority: Authority, now: datetime) -> None:
    """The figures of the published year and of the present one, ready for the page."""
    for period in (the_year().period, Period.financial_year_of(day_of(now))):
        with transaction.atomic():
            wall.open_to_all("figures count every case, sealed included")
            save_snapshot(authority, period, now)


def _job(now: datetime) -> JobProgress:
    facts = {"started_at": now, "updated_at": now}
    return JobProgress.objects.get_or_create(name=NAME, defaults=facts)[0]


def _keep(job: JobProgress, done: int, total: int, progress: Progress, state: str = JobProgress.State.RUNNING) -> None:
    """Leave how far it has come where pages and people can see it."""
    progress("The year", done, total)
    job.done, job.total, job.state, job.updated_at = done, total, state, timezone.now()
    job.save(update_fields=["done", "total", "state", "updated_at"])
