"""The same request sent again gets the same answer and does nothing again (TR-20)."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from haven.casework.operations.refusals import Refusal
from haven.casework.partners.models import Partner, PartnerCall

LONGEST_KEY = 200


class KeyUsedForAnotherRequest(Refusal):
    """The Idempotency-Key came with another request: the first stands, and this one was not received."""


def key_digest(partner: Partner, key: str) -> str:
    """A key is the partner's own: another may use the same."""
    return hashlib.sha256(f"{partner.pk}:{key}".encode()).hexdigest()


def once(
    partner: Partner, *, key: str, route: str, body_digest: str, at: datetime, run: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Run it and keep its answer under the key; where that was done before, the answer that was given then.

    Two at once wait for each other. Refused (KeyUsedForAnotherRequest) where the key came with something else.
    """
    digest = key_digest(partner, key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [digest])
    earlier = PartnerCall.objects.filter(partner=partner, key_digest=digest).first()
    if earlier is not None:
        if (earlier.route, earlier.body_digest) != (route, body_digest):
            raise KeyUsedForAnotherRequest(
                "This Idempotency-Key was used for another request. We have NOT received it: use a new key."
            )
        return earlier.answer
    call = PartnerCall(partner=partner, authority_id=partner.authority_id, key_digest=digest, route=route)
    call.body_digest, call.made_at, call.answer = body_digest, at, run()
    call.save(force_insert=True)
    return call.answer
