"""How far a long piece of work has come is a row that makes sense."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.operations.models import JobProgress

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def progress(**facts: Any) -> JobProgress:
    return JobProgress.objects.create(name="a year", started_at=TUESDAY, updated_at=TUESDAY, **facts)


def test_work_begins_running_with_nothing_done(db: None) -> None:
    work = progress(total=1031)

    assert (work.done, work.state) == (0, JobProgress.State.RUNNING)


def test_no_more_is_done_than_there_is(db: None) -> None:
    with pytest.raises(IntegrityError, match="no_more_is_done_than_there_is"), transaction.atomic():
        progress(total=10, done=11)
