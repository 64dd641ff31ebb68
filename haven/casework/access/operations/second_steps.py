"""Somebody has lost their telephone and their recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from haven.casework.access import events
from haven.casework.access.models import User
from haven.casework.access.sessions import end_sessions
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation


@operation(may="access.forget_second_step")
def forget_second_step(user: User, *, by: Actor, at: datetime) -> None:
    """Forget somebody else's second step, so that they set up another at their next sign-in; their sessions end."""
    Authenticator.objects.filter(user=user).delete()
    codes = {"sessions": end_sessions(user)}
    record(events.SECOND_STEP_FORGOTTEN, subject=user, by=by, at=at, codes=codes)
