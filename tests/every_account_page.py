"""A sample of every page about accounts: for who has no second step, an administrator, an operator of the service."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, SingleSignOn, User
from haven.casework.access.operations.invitations import invite
from haven.casework.access.operations.single_sign_on import add_single_sign_on
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor

SOMEBODY = {"email": "new@example.org", "name": "Noor Proefman", "roles": ["practitioner"]}


@dataclass(frozen=True)
class Sample:
    """One page: the name of its address, where it is, who opens it (nobody signed in, where None)."""

    name: str
    path: str
    user: User | None = None
    cookies: tuple[tuple[str, str], ...] = ()


class AccountPages:
    """The part of a council that is about who comes in."""

    authority: Authority
    head: User
    administrator: User
    operator: User

    def pages_of_set_up_second_step(self, name: str) -> Iterator[Sample]:
        """Somebody who has none yet."""
        yield Sample(name, reverse(name), self.administrator)

    pages_of_mfa_activate_totp = pages_of_mfa_add_webauthn = pages_of_set_up_second_step

    def pages_of_account_logout(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name), self.head)

    def pages_of_accept_invitation(self, name: str) -> Iterator[Sample]:
        """A link as it stands in a mail."""
        invite(self.authority, **SOMEBODY, by=self.manages, at=timezone.now())
        [path] = re.findall(r"/accounts/invitation/\S+", Delivery.objects.latest("created_at").body)
        yield Sample(name, path)

    def pages_of_invite_administrator(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name), self.operator)

    def administered(self, name: str, *more: Any) -> Iterator[Sample]:
        """A page of the administrator's."""
        yield Sample(name, reverse(name, args=[self.authority.code, *more]), self.administrator)

    def pages_of_administer_people(self, name: str) -> Iterator[Sample]:
        invite(self.authority, **SOMEBODY, by=self.manages, at=timezone.now())
        yield from self.administered(name)

    pages_of_invite = pages_of_screen_lock = pages_of_sign_ons = administered

    def pages_of_administer_person(self, name: str) -> Iterator[Sample]:
        yield from self.administered(name, self.head.pk)

    pages_of_give_role = pages_of_disable_account = pages_of_administer_person

    def pages_of_add_sign_on(self, name: str) -> Iterator[Sample]:
        for kind in SingleSignOn.Kind.values:
            yield from self.administered(name, kind)

    def pages_of_sign_on(self, name: str) -> Iterator[Sample]:
        facts = {"issuer": "https://idp.example", "client_id": "haven", "secret": "x", "domains": ["eastmere.example"]}
        kind = SingleSignOn.Kind.OIDC
        made = add_single_sign_on(
            self.authority, kind=kind, name="Eastmere", by=self.manages, at=timezone.now(), **facts
        )
        yield from self.administered(name, made.pk)

    @property
    def manages(self) -> Actor:
        return actor_for(self.administrator, timezone.now())
