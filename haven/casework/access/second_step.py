"""Whether a session has completed its second step: no session without it reaches anything (TR-33)."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

ASSERTED = "asserted"
"""Kept with the record of a single sign-on whose provider says that it asked for a second factor."""

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What proves a person again: not a recovery code, which may have lain in a drawer."""


def second_step_done(request: HttpRequest) -> bool:
    """A second factor was proved in this session, by Haven or by the identity provider."""
    return any(_completes(record) for record in get_authentication_records(request, request.user))


def has_second_step(user: Any) -> bool:
    """The account has a second factor of Haven's own."""
    return bool(is_mfa_enabled(user, list(STRONG)))


def strongly_proved_since(request: HttpRequest, moment: datetime) -> bool:
    """An authenticator app, a passkey or a security key was proved in this session at or after the moment."""
    records = get_authentication_records(request, request.user)
    return any(_is_strong(record) and record.get("at", 0) >= moment.timestamp() for record in records)


def signed_in_within(request: HttpRequest, at: datetime, minutes: int) -> bool:
    """Anything at all was proved in this session within so many minutes."""
    records = get_authentication_records(request, request.user)
    since = (at - timedelta(minutes=minutes)).timestamp()
    return any(record.get("at", 0) >= since for record in records)


def _completes(record: dict[str, Any]) -> bool:
    method = record.get("method")
    if method == "mfa":
        return True
    if method == "socialaccount":
        return bool(record.get(ASSERTED))
    return method == "demonstration" and settings.DEMONSTRATION


def _is_strong(record: dict[str, Any]) -> bool:
    if record.get("method") == "demonstration":
        return settings.DEMONSTRATION
    return record.get("method") == "mfa" and record.get("type") in STRONG
