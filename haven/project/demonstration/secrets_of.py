"""What a visitor of the demonstration types to sign in as a persona: made from this copy's own key, stored nowhere."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth.hashers import make_password

from haven.casework.access.models import User
from haven.casework.access.sessions import NoDemonstration

WORDS = (
    "amber", "bramble", "candle", "dapple", "ember", "fennel", "garnet", "heather", "indigo", "juniper", "kestrel",
    "lantern", "marble", "nutmeg", "orchard", "pebble", "quarry", "russet", "saddle", "thistle", "umber", "velvet",
    "willow", "yarrow",
)  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """The address, the password, the secret for an authenticator app, and the code it shows just now."""

    email: str
    password: str
    secret: str
    code: str


def typed_by(user: User) -> Typed:
    """What this persona types. Refused in production, and for an account that is no persona."""
    if not settings.DEMONSTRATION or not user.persona:
        raise NoDemonstration("Only a persona of the demonstration has a secret that can be shown.")
    secret = _secret(user.persona)
    [code] = [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()][:1]
    return Typed(user.email, password(), secret, code)


def password() -> str:
    """The same for every persona, and another in every copy."""
    made = _digest("password")
    return "-".join(WORDS[byte % len(WORDS)] for byte in made[:6])


def let_sign_in(users: list[User]) -> None:
    """Give each the password and an authenticator app, unless somebody has given them others."""
    fresh = [user for user in users if not user.has_usable_password()]
    hashed = make_password(password()) if fresh else ""
    User.objects.filter(pk__in=[user.pk for user in fresh]).update(password=hashed)
    for user in fresh:
        user.password = hashed
    have = set(Authenticator.objects.filter(user__in=users).values_list("user_id", flat=True))
    for user in users:
        if user.pk not in have:
            TOTP.activate(user, _secret(user.persona))


def _secret(persona: str) -> str:
    return base64.b32encode(_digest(f"app\x00{persona}")[:20]).decode()


def _digest(what: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"demonstration\x00{what}".encode(), hashlib.sha256).digest()
