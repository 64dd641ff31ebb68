"""Timed jobs are looked after: one that does not run is told, and so is it when nobody looks (TR-18)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from haven.casework.tasks.models import Task
from haven.casework.upkeep.models import ContinuityPack, Turn
from haven.casework.upkeep.telling import tell
from haven.casework.upkeep.turns import last_due, look_after, nobody_looks, silent_jobs, timed_jobs
from haven.project.testing.people import TUESDAY, make_user

NIGHTLY = "upkeep_count_findings"


def succeeded(task: str, at: datetime) -> None:
    """What the queue says of a job that was done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status) "
            "VALUES (%s, 'default', '{}', 'succeeded') RETURNING id", [task],
        )  # fmt: skip
        [number] = cursor.fetchone()
        cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', %s)", [number, at])


def test_the_jobs_of_every_part_are_looked_after():
    assert {NIGHTLY, "make_continuity_packs", "count_figures", "haven.project.jobs.make_coming_months"} <= set(
        timed_jobs()
    )


def test_a_job_that_has_just_become_known_is_not_silent(db: None):
    assert look_after(TUESDAY) == []


def test_a_nightly_job_that_was_missed_is_silent_and_one_that_ran_is_not(db: None):
    look_after(TUESDAY)
    succeeded(NIGHTLY, TUESDAY + timedelta(hours=18))
    silent = {each.task for each in look_after(TUESDAY + timedelta(days=1))}

    assert NIGHTLY not in silent
    assert "make_continuity_packs" in silent


def test_what_was_due_is_known_to_the_minute():
    at = datetime(2026, 3, 10, 3, 19, tzinfo=UTC)

    assert last_due("50 2 * * *", at) == datetime(2026, 3, 9, 2, 50, tzinfo=UTC)
    assert last_due("50 2 * * *", at + timedelta(minutes=2)) == datetime(2026, 3, 10, 2, 50, tzinfo=UTC)


def test_where_nobody_looks_any_more_that_is_said(db: None):
    assert nobody_looks(TUESDAY)
    look_after(TUESDAY)

    assert not nobody_looks(TUESDAY + timedelta(minutes=29))
    assert nobody_looks(TUESDAY + timedelta(minutes=31))


def test_a_job_that_is_no_more_is_forgotten(db: None):
    Turn.objects.create(task="an earlier release's", known_at=TUESDAY, looked_at=TUESDAY)
    look_after(TUESDAY)

    assert not Turn.objects.filter(task="an earlier release's").exists()


@pytest.fixture
def operator(authority):
    return make_user("Marek Probnik", authority, "platform_operator")


def test_who_runs_the_service_is_given_one_task_for_each_silent_job(operator, authority):
    make_user("Linh Vi-Du", authority, "authority_administrator")
    look_after(TUESDAY)
    later = TUESDAY + timedelta(days=1)

    silent = silent_jobs(later)
    assert tell(silent, later) == len(silent) > 3
    assert tell(silent, later) == 0
    assert set(Task.objects.filter(kind="upkeep").values_list("owner", flat=True)) == {operator.pk}


def test_an_old_pack_is_told_and_a_new_one_is_not(operator, authority):
    ContinuityPack.objects.create(
        authority=authority, roles=["manager"], made_at=TUESDAY, sha256="0" * 64, path="00/00/00"
    )

    assert tell([], TUESDAY + timedelta(hours=35)) == 0
    assert tell([], TUESDAY + timedelta(hours=37)) == 1
