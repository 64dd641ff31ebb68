"""The key that signs heads: Ed25519, kept outside the database (HAVEN_AUDIT_KEY, or a file that only we may read)."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


class NoAuditKey(Exception):
    """There is no key to sign the log with; the message says how to make one."""


def key_from(words: str) -> Ed25519PrivateKey:
    """The private key written as base64 of its 32 bytes; any 32 bytes are one. Refused (NoAuditKey) otherwise."""
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(words, validate=True))
    except (binascii.Error, ValueError):
        raise NoAuditKey("HAVEN_AUDIT_KEY is not a key. Make one with: openssl rand -base64 32") from None


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation."""
    return key_from(settings.AUDIT_KEY)


def public_part(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that anybody may have, and with which anybody can check a signature."""
    return key.public_key().public_bytes_raw()


def our_public_key() -> bytes | None:
    """The public key of this installation; nothing where it has no key, as on a machine that only verifies."""
    return public_part(signing_key()) if getattr(settings, "AUDIT_KEY", "") else None


def is_signed(public_key: bytes, signature: bytes, signed: bytes) -> bool:
    """Whether this key signed these bytes; bytes that are no key or no signature have signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
