"""Work that has not run is seen by the pages, which do not depend on it."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.waiting.beating import GRACE, beats

EVERY_MINUTE = "deliver_waiting"


def ended_well(name: str, at) -> None:
    """What the queue leaves when a timed piece of work ended well at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
            "VALUES ('default', %(name)s, '{}', 'succeeded') RETURNING id), "
            "deferred AS (INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, job_id, periodic_id) "
            "SELECT %(name)s, extract(epoch FROM %(at)s::timestamptz)::bigint, id, '' FROM job) "
            "INSERT INTO procrastinate_events (job_id, type, at) SELECT id, 'succeeded', %(at)s FROM job",
            {"name": name, "at": at},
        )


def beat_of(name: str, at):
    return next(one for one in beats(at) if one.name == name)


def test_work_that_ran_a_moment_ago_is_on_time_and_work_that_stopped_is_late(db):
    now = timezone.now()
    ended_well(EVERY_MINUTE, now - timedelta(minutes=1))

    assert not beat_of(EVERY_MINUTE, now).late
    assert beat_of(EVERY_MINUTE, now + GRACE + timedelta(minutes=2)).late


def test_nightly_work_is_not_late_before_its_night(db):
    day = timezone.now().replace(hour=12, minute=0)
    ended_well("count_figures", day.replace(hour=2, minute=21))

    assert not beat_of("count_figures", day).late
    assert beat_of("count_figures", day + timedelta(days=1)).late


def test_a_copy_in_which_nothing_has_ever_run_says_so(db):
    assert all(one.late and one.ran_at is None for one in beats(timezone.now()))


def test_every_timed_piece_of_work_is_watched(db):
    assert {one.name for one in beats(timezone.now())} == {
        timed.task.name for timed in app.periodic_registry.periodic_tasks.values()
    }


def test_the_page_says_that_haven_stands_still(desmond, sign_in):
    page = sign_in(desmond).get("/waiting").content.decode()

    assert "Haven’s own work has stood still" in page
