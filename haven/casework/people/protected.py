"""ProtectedText: an address, a number, a code or a name that is a type of its own and not text (TR-07).

It prints as "protected" wherever it goes: str, repr, format, a template, a log, JSON. It holds no plain text at all,
only AES-256-GCM under its authority's key; `text_of` alone gives the words, against a reveal or a declared need.
"""

import hashlib
import hmac
import secrets
from typing import Any, NoReturn, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from haven.casework.people.keys import keyring_of
from haven.lib.squeezing import squeezed

SAID = "protected"
_FORMAT, _NONCE = b"\x01", 12
_HEAD = len(_FORMAT) + 2 + 16
"""What stands before the nonce: the format, the key's version, the authority. It is sealed with the words."""


class NotRevealed(Exception):
    """A programming error: the words of a protected value were asked for without a reveal of that value."""


class Need:
    """Why a machine reads protected words without showing them to anybody. Each is declared here, and nowhere else."""

    def __init__(self, code: str) -> None:
        self.code = code


SCAN = Need("scan")
"""To find them in what is about to leave or to be shown, and refuse or mask it (TR-08)."""
ROTATE = Need("rotate")
"""To protect them again under a new key."""
RESTORE = Need("restore")
"""To put them back where they can be searched, after a manager said with reasons that they need no protection."""


class Revealed(Protocol):
    """A reveal of one value to one named person (`Reveal`)."""

    @property
    def value_id(self) -> UUID: ...


class ProtectedText:
    """Words that are kept from everybody but the workers who need them."""

    __slots__ = ("_envelope",)

    def __init__(self, envelope: bytes) -> None:
        self._envelope = bytes(envelope)

    @classmethod
    def of(cls, text: str, authority_id: UUID) -> "ProtectedText":
        """The words, protected under the newest key of the authority."""
        keyring = keyring_of(authority_id, make=True)
        head = _FORMAT + keyring.newest.to_bytes(2, "big") + authority_id.bytes
        nonce = secrets.token_bytes(_NONCE)
        return cls(head + nonce + AESGCM(keyring.key(keyring.newest)).encrypt(nonce, text.encode(), head))

    @property
    def envelope(self) -> bytes:
        """What the database keeps."""
        return self._envelope

    @property
    def key_version(self) -> int:
        """The version of the key it is protected under."""
        return int.from_bytes(self._envelope[1:3], "big")

    def __str__(self) -> str:
        return SAID

    def __repr__(self) -> str:
        return f"<{SAID}>"

    def __format__(self, _spec: str) -> str:
        return SAID

    def __html__(self) -> str:
        return SAID

    def __reduce__(self) -> NoReturn:
        raise TypeError("a protected value is not copied out: keep the row's id")

    def __deepcopy__(self, _memo: Any) -> "ProtectedText":
        return self


def text_of(value: Any, because: Need | Revealed) -> str:
    """The words of a ProtectedValue: against its reveal, or for a need declared above. Refused otherwise (NotRevealed).

    Whoever has them on a reveal shows them in this one answer and keeps them nowhere.
    """
    if not isinstance(because, Need) and because.value_id != value.pk:
        raise NotRevealed("This reveal is of another value.")
    envelope = value.text.envelope
    head, nonce, sealed = envelope[:_HEAD], envelope[_HEAD : _HEAD + _NONCE], envelope[_HEAD + _NONCE :]
    key = keyring_of(UUID(bytes=head[3:])).key(value.text.key_version)
    return AESGCM(key).decrypt(nonce, sealed, head).decode()


def fingerprint_of(text: str, authority_id: UUID) -> str:
    """What tells that two protected values are the same without telling what they are; keyed, so nobody can guess."""
    key = keyring_of(authority_id, make=True).fingerprint
    return hmac.new(key, squeezed(text).encode(), hashlib.sha256).hexdigest()


class ProtectedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of ProtectedText: what leaves the database is never the words."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> ProtectedText | None:
        return None if value is None else ProtectedText(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, ProtectedText):
            value = value.envelope if value is not None else None
            return super().get_db_prep_value(value, connection, prepared)
        raise TypeError("only ProtectedText goes into a protected column")

    def value_to_string(self, _obj: Any) -> str:
        return SAID
