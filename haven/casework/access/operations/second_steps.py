"""Somebody has lost their telephone and their recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from haven.casework.access import events
from haven.casework.access.mails import send_second_step_forgotten
from haven.casework.access.models import Membership, User
from haven.casework.access.sessions import end_sessions
from haven.casework.access.ways_in import SECOND_STEP, opened
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation


@operation(may="access.forget_second_step")
def forget_second_step(user: User, *, by: Actor, at: datetime) -> None:
    """Forget somebody else's second step, so that they set up another at their next sign-in; their sessions end.

    They are told by mail, and the guardian of each authority where they hold a role.
    """
    Authenticator.objects.filter(user=user).delete()
    codes = {"sessions": end_sessions(user)}
    record(events.SECOND_STEP_FORGOTTEN, subject=user, by=by, at=at, codes=codes)
    send_second_step_forgotten(user, at)
    held = Membership.objects.answering_for(user).values_list("authority_id", flat=True)
    for authority_id in sorted(set(held)):
        opened(SECOND_STEP, authority_id=authority_id, of=user.pk, giver_id=by.id, by=by, at=at, account=str(user.pk))
