"""The mails about accounts: neutral, short, and without anything about anybody but the link or the day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse

from haven.casework.access.mailing import post
from haven.casework.access.models import Authority, Invitation, Membership, User

INVITATION, RESET, NOTICE = "invitation", "password_reset", "account"
"""Purposes of a delivery. The first two hold a link that lets somebody in: their words go once they are sent."""


def send_invitation(invitation: Invitation, link: str, at: datetime) -> None:
    """The link, and how long it works."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('accept-invitation', args=[link])}"
    _send("invitation", invitation.email, INVITATION, invitation.authority_id, at, link=address, invitation=invitation)


def send_unused_warning(user: User, at: datetime) -> None:
    """The account will be suspended unless it is used."""
    _to(user, "unused", at)


def send_rota_prompt(user: User, at: datetime) -> None:
    """Somebody on a rota soon is asked to try signing in, so that it works when it must."""
    _to(user, "rota", at)


def send_suspended(user: User, at: datetime) -> None:
    """The account is suspended, and what to do."""
    _to(user, "suspended", at)


def send_second_step_forgotten(user: User, at: datetime) -> None:
    """An administrator took the second step away; whoever did not ask for that is told whom to ring."""
    _to(user, "second_step_forgotten", at)


def authority_for(user: User) -> UUID | None:
    """The authority in whose name an account gets mail: one where it has a role; any, for who has none.

    One statement whoever it is, so that asking for a new password takes as long for an address without an account.
    """
    theirs = Exists(Membership.objects.filter(user_id=user.pk, authority=OuterRef("pk")))
    return Authority.objects.order_by(theirs.desc(), "pk").values_list("pk", flat=True).first()


def _to(user: User, name: str, at: datetime) -> None:
    authority_id = authority_for(user)
    if authority_id is not None:
        _send(name, user.email, NOTICE, authority_id, at)


def _send(name: str, to: str, purpose: str, authority_id: UUID, at: datetime, **known: Any) -> None:
    context = {**known, "address": settings.PUBLIC_ADDRESS}
    subject, _, body = render_to_string(f"access/mail/{name}.txt", context).strip().partition("\n")
    post(to=to, subject=subject, body=body.strip() + "\n", purpose=purpose, authority_id=authority_id, at=at)
