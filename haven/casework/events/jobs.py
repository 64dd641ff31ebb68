"""Verifying the whole sealed log every night: a million events take seconds."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.events.keeping import Machine, keep
from haven.casework.events.verifying import verify


@app.periodic(cron="40 3 * * *")
@app.task(name="verify_log", queueing_lock="verify_log")
def verify_log(timestamp: int) -> None:
    """Compare everything sealed with its heads; keep the result; a fault raises its alarm. Safe to run twice."""
    keep(verify(), by=Machine(), at=timezone.now())
