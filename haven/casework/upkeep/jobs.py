"""The jobs of upkeep: counting the rules at night, looking after every timed job, letting old rows of the queue go."""

from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.upkeep.counting import count_findings
from haven.casework.upkeep.telling import tell
from haven.casework.upkeep.turns import look_after

KEPT_HOURS = 21 * 24
"""How long the queue keeps what was done; what failed stays."""


@app.periodic(cron="50 2 * * *")
@app.task(name="upkeep_count_findings", queueing_lock="upkeep_count_findings")
def count_findings_nightly(timestamp: int) -> None:
    """Count how many records break each rule."""
    count_findings(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="upkeep_look_after", queueing_lock="upkeep_look_after")
def look_after_jobs(timestamp: int) -> None:
    """See that every timed job runs and every pack is new; tell somebody where not."""
    at = timezone.now()
    with transaction.atomic():
        wall.open_to_all("silent jobs and old packs of every authority are told")
        tell(look_after(at), at)


@app.periodic(cron="5 4 * * *")
@app.task(name="upkeep_forget_done_jobs", queueing_lock="upkeep_forget_done_jobs", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:
    """Let the queue's rows of work done long ago go, so that it stays quick."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
