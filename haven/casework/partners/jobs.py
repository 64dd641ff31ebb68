"""Timed work about partners' systems."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.partners.reconciling import look_for_gaps
from haven.casework.partners.telling import tell_what_moved


@app.periodic(cron="* * * * *")
@app.task(name="partners_tell", queueing_lock="partners_tell")
def tell_partners(timestamp: int) -> None:
    """Every minute: what has moved on. Safe to run twice: what was told stands on the row."""
    tell_what_moved(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="partners_look_for_gaps", queueing_lock="partners_look_for_gaps")
def find_gaps(timestamp: int) -> None:
    """Every ten minutes: numbers that did not come, counts that differ, senders that are silent."""
    look_for_gaps(timezone.now())
