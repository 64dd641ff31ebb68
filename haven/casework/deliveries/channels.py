"""How each channel carries a delivery out. Each may run twice for one delivery, with the same message id."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from haven.casework.deliveries.models import Delivery


class ChannelNotConfigured(Exception):
    """Nothing is set up to carry this channel: it is given up at once, and shows as not sent."""


def send_email(delivery: Delivery) -> None:
    """Send an e-mail. Its Message-ID is the delivery's own, so that a second copy can be told from a second message."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Message-ID": f"<{delivery.message_id}@{domain}>"}
    EmailMessage(delivery.subject, delivery.body, sender, [delivery.to_address], headers=headers).send()


def write_out(delivery: Delivery) -> None:
    """Put a letter where the office prints from: HAVEN_LETTERS, or `letters` in HAVEN_HOME."""
    folder = Path(getattr(settings, "HAVEN_LETTERS", settings.HAVEN_HOME / "letters"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = f"{delivery.to_address}\n\n{delivery.subject}\n\n{delivery.body}"
    (folder / f"{delivery.message_id}.txt").write_text(words, encoding="utf-8")


def _not_configured(delivery: Delivery) -> None:
    raise ChannelNotConfigured(delivery.channel)


CARRIERS: dict[str, Callable[[Delivery], None]] = {
    Delivery.Channel.EMAIL: send_email,
    Delivery.Channel.ALERT: send_email,
    Delivery.Channel.LETTER: write_out,
    Delivery.Channel.SMS: _not_configured,
    Delivery.Channel.WEBHOOK: _not_configured,
}
