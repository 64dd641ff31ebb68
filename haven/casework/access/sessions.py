"""Signing a demonstration persona in without a password: for screenshots and evaluators, never in production."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from haven.casework.access.models import User
from haven.casework.operations.refusals import Refusal


class NoDemonstration(Refusal):
    """Signing in as a persona is for the demonstration only."""


def sign_in_as(persona: str) -> tuple[str, str]:
    """The session cookie's name and value for the account that shows this role.

    Refused in production, and for a persona that does not exist: load the demonstration first.
    """
    if not settings.DEMONSTRATION:
        raise NoDemonstration("Signing in as a persona works only in the demonstration.")
    user = User.objects.filter(persona=persona).first()
    if user is None:
        raise NoDemonstration(f"No persona {persona!r}. Run script/setup to make the demonstration authority.")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "demonstration", "persona": persona}]
    session.save()
    return settings.SESSION_COOKIE_NAME, session.session_key or ""
