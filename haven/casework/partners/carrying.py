"""How a delivery reaches a partner's system: to where it asked to be told by now, looked at again each time (TR-09)."""

from django.utils import timezone

from haven.casework.access.ciphers import decrypt
from haven.casework.deliveries.channels import ChannelNotConfigured
from haven.casework.deliveries.models import Delivery
from haven.casework.partners.addresses import looked_at
from haven.casework.partners.models import Submission
from haven.casework.partners.posting import Message, post


def tell_system(delivery: Delivery) -> None:
    """Send it, signed; whoever asked not to be told any more is not. Run twice, it has the same message id."""
    sent = Submission.objects.select_related("partner")
    found = sent.filter(contact_id=delivery.contact_id).first() if delivery.contact_id else None
    if found is None or not found.partner.webhook_url:
        raise ChannelNotConfigured(delivery.channel)
    secret = decrypt(found.partner.webhook_secret)
    moment = int(timezone.now().timestamp())
    post(looked_at(found.partner.webhook_url), Message(str(delivery.message_id), moment, delivery.body, secret))
