"""Timed work of the desk."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.desk.overdue import tell_of_overdue


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk_tell_of_overdue", queueing_lock="desk_tell_of_overdue")
def tell_of_what_waits_too_long(timestamp: int) -> None:
    """Every quarter of an hour, tell those who decide of files and messages that are late; once for each."""
    with transaction.atomic():
        wall.open_to_all("files and messages that wait too long, at any authority")
        tell_of_overdue(timezone.now())
