"""Secrets that Haven must be able to read again, kept encrypted: those of second factors and of identity providers."""

import base64
import os

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from haven.casework.operations.refusals import Refusal

FROM_ENVIRONMENT = "env:"


class SecretUnreadable(Refusal):
    """The secret was encrypted under another key, or its place in the environment is empty."""


def encrypt(plain: str) -> str:
    """The secret as it is stored. One that only names its place in the environment ("env:NAME") stays as it is."""
    if plain.startswith(FROM_ENVIRONMENT):
        return plain
    return _fernet().encrypt(plain.encode()).decode()


def decrypt(kept: str) -> str:
    """The secret itself; refused where the key has changed since."""
    if kept.startswith(FROM_ENVIRONMENT):
        found = os.environ.get(kept.removeprefix(FROM_ENVIRONMENT), "")
        if not found:
            raise SecretUnreadable("The secret's place in the environment is empty.")
        return found
    try:
        return _fernet().decrypt(kept.encode()).decode()
    except InvalidToken as wrong:
        raise SecretUnreadable("This secret was kept under another key. Enter it again.") from wrong


def _fernet() -> Fernet:
    given = (settings.SECRETS_KEY or settings.SECRET_KEY).encode()
    key = HKDF(SHA256(), 32, salt=None, info=b"haven: secrets kept encrypted").derive(given)
    return Fernet(base64.urlsafe_b64encode(key))
