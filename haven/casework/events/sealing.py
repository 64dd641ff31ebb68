"""Proof that words have not changed, which erasing the words also ends; and how the sealed log stands (`status`)."""

import hashlib
import hmac
import secrets

from django.db import models

from haven.casework.events.status import Status, status

__all__ = ["Salted", "Status", "new_salt", "seal_words", "status"]


def new_salt() -> bytes:
    """Sixteen random bytes, kept beside the words they seal and nowhere else."""
    return secrets.token_bytes(16)


def seal_words(salt: bytes | memoryview, text: str) -> bytes:
    """HMAC-SHA-256 of the words under the row's salt: without the row it says nothing about them."""
    return hmac.new(bytes(salt), text.encode(), hashlib.sha256).digest()


class Salted(models.Model):
    """A row whose words are sealed in an event: erasing the row destroys the salt, and with it the proof."""

    salt = models.BinaryField(default=new_salt, editable=False)

    class Meta:
        abstract = True

    def seal(self, text: str) -> bytes:
        """The digest to put on the event that records these words."""
        return seal_words(self.salt, text)
