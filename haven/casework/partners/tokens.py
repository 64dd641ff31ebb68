"""What a token is made of, and finding whose it is. Only a keyed digest of it is kept anywhere."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connections

from haven.casework.operations.actor import Actor
from haven.casework.partners.models import Partner, PartnerToken

BEGINS = "haven_"
"""So that a token that got into a place where it should not be is found by those who look for such."""

LASTS = timedelta(days=365)
"""After this a token opens nothing; a new one is issued before."""

APART = "apart"
A_SECOND = 100
"""Requests with one token in one second; more are asked to come again."""

COUNT = """
INSERT INTO partners_tokenuse AS u (token_id, second, count, used_at) VALUES (%(token)s, %(second)s, 1, %(at)s)
ON CONFLICT (token_id) DO UPDATE SET
    count = CASE WHEN u.second = %(second)s THEN u.count + 1 ELSE 1 END, second = %(second)s, used_at = %(at)s
RETURNING count
"""
"""Outside the request's transaction, so that a request that is undone was still counted."""


@dataclass(frozen=True)
class Caller:
    """Whose system is calling, with which token."""

    partner: Partner
    token: PartnerToken

    @property
    def actor(self) -> Actor:
        """The partner as whoever acts: of its authority, and of nothing else."""
        at = frozenset({self.partner.authority_id})
        return Actor("partner", self.partner.pk, self.partner.name, at, frozenset({"partner"}))

    def may(self, scope: str) -> bool:
        """Whether the token was issued for this."""
        return scope in self.token.scopes


def new_token() -> str:
    """A new one: 256 random bits."""
    return BEGINS + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token: nobody who has the database alone can tell one, or try one."""
    return hmac.new(_key(), token.encode(), hashlib.sha256).hexdigest()


def caller_with(token: str, at: datetime) -> Caller | None:
    """Whose the token is; none where it is unknown, revoked or over, or its partner's door is closed."""
    found = PartnerToken.objects.live(at).filter(digest=digest_of(token)).select_related("partner__authority").first()
    return Caller(found.partner, found) if found is not None else None


def count_use(token: PartnerToken, at: datetime) -> bool:
    """Count a request; no where the token was used too often in this second."""
    with connections[APART].cursor() as cursor:
        cursor.execute(COUNT, {"token": token.pk, "second": int(at.timestamp()), "at": at})
        return cursor.fetchone()[0] <= A_SECOND


def _key() -> bytes:
    given = (settings.SECRETS_KEY or settings.SECRET_KEY).encode()
    return HKDF(SHA256(), 32, salt=None, info=b"haven: tokens of partners").derive(given)
