"""Signing in as somebody really does: a password, an authenticator app, a passkey that the browser plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.cache import cache
from playwright.sync_api import Page

from haven.casework.access.models import User

PASSWORD = "otter lantern quarry velvet"  # noqa: S105


@dataclass(frozen=True)
class App:
    """Somebody's authenticator app."""

    secret: str

    def code(self) -> str:
        """The code it shows now. One used a moment ago may be used again: a test does not wait half a minute."""
        cache.clear()
        return format_hotp_value(hotp_value(self.secret, next(iter(counters()))))


def with_password_and_app(user_id: Any) -> App:
    """Give the account the password of every test and an authenticator app."""
    user = User.objects.get(pk=user_id)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    return App(secret)


@contextmanager
def passkeys_in(page: Page) -> Iterator[None]:
    """Let the browser have a device with passkeys, whose person is always there and recognised."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    devtools.detach()
