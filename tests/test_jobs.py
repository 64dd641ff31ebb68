"""The project's own jobs: what a dead worker left is done after all, and the coming months are made."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, transaction

from haven.casework.access.models import Authority
from haven.casework.deliveries.sending import send
from haven.project.jobs import make_coming_months, retry_stalled_jobs
from haven.project.testing.working import work_off

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))

DIED_IN_THE_MIDDLE = """
WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes') RETURNING id)
UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)
"""


@pytest.mark.usefixtures("own_database")
def test_a_job_whose_worker_died_in_the_middle_is_done_after_all() -> None:
    authority = Authority.objects.create(code="eastmere", name="Eastmere Council")
    words: dict[str, Any] = {"channel": "email", "subject": "Your message", "body": "Thank you.", "at": TUESDAY}
    with transaction.atomic(), connection.cursor() as cursor:
        send(authority_id=authority.pk, to_address="tom@example.org", purpose="feedback", **words)
        cursor.execute(DIED_IN_THE_MIDDLE)
    assert not mail.outbox, "the worker that had it died before it was sent"

    # Not asserted: that a worker alone leaves it. When a minute turns while one runs, it sweeps by itself.
    retry_stalled_jobs.defer(timestamp=0)
    work_off()
    work_off()

    assert [message.to for message in mail.outbox] == [["tom@example.org"]]


def test_the_coming_months_are_there_and_making_them_again_changes_nothing(db: None) -> None:
    def months() -> list[tuple[str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY 1")
            return cursor.fetchall()

    before = months()
    make_coming_months(0)

    assert len(months()) >= 3 * 24
    assert set(before) <= set(months())
    made = months()
    make_coming_months(0)
    assert months() == made
