"""The outbox for mail about accounts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.casework.access import wall
from haven.casework.deliveries.sending import send


def post(*, to: str, subject: str, body: str, purpose: str, authority_id: UUID, at: datetime) -> None:
    """Write the mail and its job together; a worker sends it."""
    with transaction.atomic(), wall.lifted("mail about an account, before anybody is known", authority_id):
        send(
            channel="email", to_address=to, subject=subject, body=body, purpose=purpose, authority_id=authority_id,
            at=at,
        )  # fmt: skip
