"""What an authority decides for itself about signing in."""

from datetime import datetime

from haven.casework.access import events
from haven.casework.access.models import Authority
from haven.casework.access.models.accounts import IDLE_LEAST, IDLE_MOST
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import must_be_as_seen


class TooShortOrTooLong(Refusal):
    """A screen locks after five to thirty minutes (PR-25)."""

    field = "idle_minutes"


@operation(may="access.set_idle_minutes")
def set_idle_minutes(
    authority: Authority, *, idle_minutes: int, version: int | None = None, by: Actor, at: datetime
) -> None:
    """Set after how many minutes without anybody there a screen locks: 5 to 30."""
    must_be_as_seen(authority, version, idle_minutes=idle_minutes)
    if not IDLE_LEAST <= idle_minutes <= IDLE_MOST:
        raise TooShortOrTooLong(f"Choose from {IDLE_LEAST} to {IDLE_MOST} minutes.")
    Authority.objects.filter(pk=authority.pk).update(idle_minutes=idle_minutes)
    authority.idle_minutes = idle_minutes
    record(events.IDLE_SET, subject=authority, authority_id=authority.pk, by=by, at=at, codes={"minutes": idle_minutes})
