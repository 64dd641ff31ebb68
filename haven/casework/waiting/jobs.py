"""The alarms of age, every five minutes. That this job itself has run is watched apart (beating)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.waiting.ageing import look_for_ageing


@app.periodic(cron="*/5 * * * *")
@app.task(name="look_for_ageing", queueing_lock="look_for_ageing")
def look_for_ageing_now(timestamp: int) -> None:
    """Tell whoever must know that something has waited too long; safe to run twice."""
    look_for_ageing(timezone.now())
