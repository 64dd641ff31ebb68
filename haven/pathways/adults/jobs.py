"""Timed work of adult safeguarding."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.operations.actor import Actor
from haven.pathways.adults.operations.arrival import alert_again
from haven.pathways.adults.operations.unsent import forget_unsent_files


@app.periodic(cron="*/5 * * * *")
@app.task(name="adults_alert_unopened", queueing_lock="adults_alert_unopened")
def alert_unopened(timestamp: int) -> None:
    """Alert again, and then the next name, while a report of immediate danger lies unopened (PR-01).

    Safe to run twice: one alert for each report and quarter of an hour.
    """
    with transaction.atomic():
        wall.open_to_all("reports of danger that nobody has opened, at any authority")
        alert_again(timezone.now(), Actor.job("alert unopened reports"))


@app.periodic(cron="20 3 * * *")
@app.task(name="adults_forget_unsent_files", queueing_lock="adults_forget_unsent_files")
def forget_unsent(timestamp: int) -> None:
    """Every night, delete the files of reports that were begun and never sent."""
    with transaction.atomic():
        wall.open_to_all("files of reports never sent, at any authority")
        forget_unsent_files(timezone.now())
