"""Which device asks, as far as need be: one that has signed in to this account before, or else a network.

The cookie holds a random number and fingerprints of the accounts that signed in there; nobody is named in it.
"""

import hashlib
import hmac
import ipaddress
import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "haven_device"
KEPT_FOR = 400 * 24 * 60 * 60
"""Seconds: as long as browsers keep a cookie."""

MOST_ACCOUNTS = 12
"""On one shared machine; beyond that the oldest is forgotten."""


def device_for(request: HttpRequest, email: str) -> str:
    """The device's number where this account has signed in on it before; else nothing."""
    known = _read(request)
    return known["device"] if _mark(email) in known["accounts"] else ""


def know_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Remember that this account has signed in here, or has proved by its e-mail that the device is its holder's."""
    known, mark = _read(request), _mark(email)
    known["accounts"] = [*(each for each in known["accounts"] if each != mark), mark][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=COOKIE),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def network_of(request: HttpRequest) -> str:
    """The network an address is in: the first three parts of IPv4, the first 48 bits of IPv6. Never a whole address."""
    return str(get_adapter().get_client_ip(request))


def network(address: str) -> str:
    """The same, of an address in words."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104  (no address at all, not every address)
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{bits}", strict=False).network_address)


def device_in_words(user_agent: str) -> str:
    """A browser and a machine, as far as their name gives them: "Firefox on Windows"."""
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    machines = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for mark, name in browsers if mark in user_agent), "A browser")
    machine = next((name for mark, name in machines if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        known: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {"device": secrets.token_hex(8), "accounts": []}
    return known


def _mark(email: str) -> str:
    words = f"device\x00{email.strip().lower()}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:20]
