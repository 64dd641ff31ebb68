"""Mail about accounts. It leaves through the outbox, which stands above this part and registers itself here."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

OUTBOX: list[Callable[..., None]] = []
"""Takes `to`, `subject`, `body`, `purpose`, `authority_id`, `at`, and writes them in the running transaction."""


class NoOutbox(RuntimeError):
    """A programming error: nothing is registered that would send this."""


def post(*, to: str, subject: str, body: str, purpose: str, authority_id: UUID, at: datetime) -> None:
    """Send a mail about an account once this transaction commits. `subject` says nothing about anybody (TR-41)."""
    if not OUTBOX:
        raise NoOutbox(purpose)
    for send in OUTBOX:
        send(to=to, subject=subject, body=body, purpose=purpose, authority_id=authority_id, at=at)
