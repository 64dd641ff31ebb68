"""Disabling an account, opening it again, and ending its sessions."""

from datetime import datetime

from haven.casework.access import events
from haven.casework.access.models import Disabling, User
from haven.casework.access.sessions import end_sessions as end_all
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal


class ReasonRequired(Refusal):
    """Disabling an account needs a reason."""

    field = "reason"


class AlreadySo(Refusal):
    """The account is in this state already."""


@operation(may="access.disable_account")
def disable_account(user: User, *, reason: str, by: Actor, at: datetime) -> Disabling:
    """Disable an account: its sessions, single sign-on included, end at once. Refused without a reason."""
    if not reason.strip():
        raise ReasonRequired("Say why the account is disabled.")
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise AlreadySo("This account is disabled already.")
    user.is_active = False
    disabling = Disabling(user=user, reason=reason.strip(), by_id=by.user_id, at=at)
    disabling.save(force_insert=True)
    codes = {"sessions": end_all(user)}
    record(events.DISABLED, subject=user, by=by, at=at, codes=codes, digest=disabling.seal(disabling.reason))
    return disabling


@operation(may="access.enable_account")
def enable_account(user: User, *, by: Actor, at: datetime) -> None:
    """Open a disabled account again."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise AlreadySo("This account is open already.")
    user.is_active = True
    Disabling.objects.filter(user=user, ended_at=None).update(ended_at=at, ended_by_id=by.user_id)
    record(events.ENABLED, subject=user, by=by, at=at)


@operation(may="access.end_sessions")
def end_sessions(user: User, *, but: str | None = None, by: Actor, at: datetime) -> int:
    """End every session of an account, but perhaps the one in use; how many."""
    ended = end_all(user, but=but)
    record(events.SESSIONS_ENDED, subject=user, by=by, at=at, codes={"sessions": ended})
    return ended


@operation(may="access.end_sessions")
def end_session(user: User, *, session_id: int, by: Actor, at: datetime) -> None:
    """End one session of one's own."""
    for session in user.usersession_set.filter(pk=session_id):  # type: ignore[attr-defined]
        session.end()
    record(events.SESSIONS_ENDED, subject=user, by=by, at=at, codes={"sessions": 1})
