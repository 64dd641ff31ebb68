"""Sessions: ending them, and for the demonstration opening one without a password."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from haven.casework.access.models import User
from haven.casework.operations.refusals import Refusal


class NoDemonstration(Refusal):
    """Signing in as a persona is for the demonstration only."""


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End every session of the account, at once; `but` is the key of one that stays. How many."""
    sessions = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)


def forget_ended_sessions() -> None:
    """Delete the rows of sessions that are over, and what was listed of them."""
    SessionStore.clear_expired()
    live = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(live)).delete()


def sign_in_as(persona: str) -> tuple[str, str]:
    """The session cookie's name and value for the account that shows this role, its second step done.

    Refused in production, and for a persona that does not exist: load the demonstration first.
    """
    user = User.objects.filter(persona=persona).first() if settings.DEMONSTRATION else None
    if user is None and settings.DEMONSTRATION:
        raise NoDemonstration(f"No persona {persona!r}. Run script/setup to make the demonstration authority.")
    return open_session(user)


def open_session(user: User | None) -> tuple[str, str]:
    """A session as after signing in with everything; the cookie's name and value. Refused in production."""
    if not settings.DEMONSTRATION or user is None:
        raise NoDemonstration("Signing in as a persona works only in the demonstration.")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.update(proof(user, time.time()))
    session.save()
    UserSession.objects.create(user=user, session_key=session.session_key or "", ip="0.0.0.0", user_agent="")  # noqa: S104
    return settings.SESSION_COOKIE_NAME, session.session_key or ""


def proof(user: User, proved_at: float) -> dict[str, object]:
    """What a session of the demonstration, or of a test, holds instead of a password and a second factor."""
    return {
        "account_authentication_methods": [{"method": "demonstration", "at": proved_at}],
        "account_authentication_methods_user": str(user.pk),
    }
