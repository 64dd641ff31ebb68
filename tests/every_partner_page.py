"""A sample of every page about partners' systems: what they send, what may be missing, what waits to leave."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from every_account_page import Sample
from partners import System, make_system

from haven.casework.access.models import Authority, User
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.partners.models import Partner, SenderGap


class PartnerPages:
    """The part of a council that is about partners' systems."""

    authority: Authority
    head: User
    administrator: User

    @cached_property
    def surgery(self) -> Partner:
        """A partner that has sent concerns, and of which something may be missing."""
        system: System = make_system(self.authority, "Eastmere Surgery")
        for number in (1, 4):
            system.send(X_Sequence=str(number))
        facts = {"partner": system.partner, "authority": self.authority, "found_at": timezone.now()}
        SenderGap.objects.create(kind="sequence", first=2, last=3, **facts)
        return system.partner

    @cached_property
    def given_up(self) -> Delivery:
        """A message that could not be sent."""
        words = {
            "to_address": "somebody@example.org",
            "subject": "Your message",
            "body": "Thank you.",
            "purpose": "feedback",
        }
        found = send(channel="email", authority_id=self.authority.pk, at=timezone.now() - timedelta(days=2), **words)
        gone = {"state": "dead", "settled_at": timezone.now(), "attempts": 7, "last_error_code": "TooSlow"}
        Delivery.objects.filter(pk=found.pk).update(**gone)
        return found

    def pages_of_outbox(self, name: str) -> Iterator[Sample]:
        assert self.given_up
        yield Sample(name, reverse(name), self.head)

    def pages_of_outbox_item(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.given_up.pk]), self.head)

    def pages_of_senders(self, name: str) -> Iterator[Sample]:
        assert self.surgery
        yield Sample(name, reverse(name), self.head)

    def pages_of_sender(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.surgery.pk]), self.head)

    def pages_of_explain_gap(self, name: str) -> Iterator[Sample]:
        assert self.surgery
        yield Sample(name, reverse(name, args=[SenderGap.objects.open().latest("found_at").pk]), self.head)

    def of_administration(self, name: str, *more: Any) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.authority.code, *more]), self.administrator)

    def pages_of_partners(self, name: str) -> Iterator[Sample]:
        assert self.surgery
        yield from self.of_administration(name)

    pages_of_add_partner = pages_of_partners

    def pages_of_partner(self, name: str) -> Iterator[Sample]:
        yield from self.of_administration(name, self.surgery.pk)

    pages_of_issue_token = pages_of_partner_webhook = pages_of_partner_silence = pages_of_partner
