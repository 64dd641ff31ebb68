"""The worker's part in deliveries: at once after the commit, and again every minute for what is left."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.deliveries.carrying import carry_out, carry_out_waiting


@app.task(name="deliver")
def deliver(delivery_id: str) -> None:
    """Carry one delivery out; safe to run twice."""
    carry_out(UUID(delivery_id), timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="deliver_waiting", queueing_lock="deliver_waiting")
def deliver_waiting(timestamp: int) -> None:
    """Try again what failed, and what waits because its job was lost: nothing stays waiting unseen."""
    carry_out_waiting(timezone.now())
