"""Jobs of the project itself."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from haven.casework.events.partitions import make_months

MONTHS_AHEAD = 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Run again the jobs whose worker died in the middle: nothing else would. Jobs are written to bear it."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="make_coming_months")
def make_coming_months(timestamp: int) -> None:
    """Make the coming months of the append-only tables; where this did not run, the default partition loses nothing."""
    make_months(timezone.localdate(), MONTHS_AHEAD)
