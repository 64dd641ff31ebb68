"""Where a partner's system is told."""

from datetime import datetime

from haven.casework.access.ciphers import encrypt
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.partners import events
from haven.casework.partners.addresses import looked_at
from haven.casework.partners.models import Partner
from haven.casework.partners.operations.partners import DoorClosed
from haven.casework.partners.posting import new_secret


@operation(may="partners.set_webhook")
def set_webhook(partner: Partner, *, webhook_url: str, by: Actor, at: datetime) -> str:
    """Say where a partner's system is told that something has moved on, or nowhere. A new secret is given back, once.

    Refused: an address that is not https, or that is inside a network.
    """
    if partner.ended_at is not None:
        raise DoorClosed("This partner’s door is closed.")
    url = webhook_url.strip()
    if url:
        looked_at(url)
    secret = new_secret() if url else ""
    kept = encrypt(secret) if secret else ""
    Partner.objects.filter(pk=partner.pk).update(webhook_url=url, webhook_secret=kept)
    record(events.WEBHOOK_SET, subject=partner, by=by, at=at, codes={"told": bool(url)})
    return secret
