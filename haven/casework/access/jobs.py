"""What happens to accounts by itself, every night."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access import wall
from haven.casework.access.operations.unused import review_unused
from haven.casework.access.sessions import forget_ended_sessions
from haven.casework.access.throttling import forget_old


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="review_unused_accounts")
def review_unused_accounts(timestamp: int) -> None:
    """Warn about and suspend accounts that nobody uses (PR-25); forget old counts of wrong tries and ended sessions."""
    with transaction.atomic():
        wall.open_to_all("accounts belong to no one authority")
        review_unused(timezone.now())
    forget_old(timezone.now())
    forget_ended_sessions()
