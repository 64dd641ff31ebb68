"""Reading the environment, and refusing out loud what would be unsafe."""

import base64
import binascii
import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def listed(name: str, default: str = "") -> list[str]:
    """Values separated by commas."""
    return [value.strip() for value in text(name, default).split(",") if value.strip()]


def flag(name: str, default: bool = False) -> bool:
    """A yes or no. Anything else is refused, so that a typing mistake never reads as no."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be yes or no; it is {value!r}.")
    return default


def required(name: str, why: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {why}")
    return value


def is_key(value: str) -> bool:
    """Whether this is the base64 of 32 bytes."""
    try:
        return len(base64.b64decode(value, validate=True)) == 32
    except binascii.Error:
        return False
