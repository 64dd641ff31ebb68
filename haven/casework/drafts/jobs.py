"""Forgetting drafts whose 28 days are over, every night (PR-07)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.drafts.drafting import delete_expired


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="delete_expired_drafts")
def delete_expired_drafts(timestamp: int) -> None:
    """Delete what expired."""
    delete_expired(timezone.now())
