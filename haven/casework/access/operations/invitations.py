"""Inviting somebody, and their accepting: the only way to an account."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from haven.casework.access import events
from haven.casework.access.mails import send_invitation
from haven.casework.access.models import Authority, Invitation, Membership, Team, User
from haven.casework.access.operations.roles import tell_of_role
from haven.casework.access.permissions import ADMINISTERS
from haven.casework.access.roles import GIVEN_BY_ADMINISTRATORS
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.calendar import day_of

WORKS_FOR = timedelta(days=7)


class NoSuchAddress(Refusal):
    """An invitation needs an e-mail address, and not one's own."""

    field = "email"


class NotTheirsToGive(Refusal):
    """An administrator gives the roles of their own authority; the operator of the service lets administrators in."""

    field = "roles"


class LinkDoesNotWork(Refusal):
    """The link was used, taken back, is over seven days old, or never was; all four are answered alike."""


@operation(may="access.invite")
def invite(
    authority: Authority,
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    team: Team | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Invitation:
    """Invite somebody to take up roles; a link that works once, for seven days, is sent to their address."""
    address = _address(email, by)
    _check_roles(authority, roles, team, by)
    invitation = Invitation(authority=authority, email=address, name=name.strip(), roles=list(dict.fromkeys(roles)))
    invitation.team, invitation.from_on, invitation.until_on = team, from_on or day_of(at), until_on
    invitation.invited_by_id = by.id if by.is_user else None
    invitation.invited_at, link = at, _new_link(invitation, at)
    invitation.save(force_insert=True)
    record(events.INVITED, subject=invitation, by=by, at=at, codes={"roles": list(invitation.roles)})
    send_invitation(invitation, link, at)
    return invitation


@operation(may="access.renew_invitation")
def renew_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Send an invitation again; the earlier link stops working."""
    _refuse_settled(invitation)
    link = _new_link(invitation, at)
    invitation.save(update_fields=["link_hash", "expires_at"])
    record(events.INVITATION_RENEWED, subject=invitation, by=by, at=at)
    send_invitation(invitation, link, at)


@operation(may="access.revoke_invitation")
def revoke_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Take an invitation back; its link stops working."""
    _refuse_settled(invitation)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record(events.INVITATION_REVOKED, subject=invitation, by=by, at=at)


@operation(may="access.accept_invitation")
def accept_invitation(invitation: Invitation, *, password: str = "", by: Actor, at: datetime) -> User:
    """Accept an invitation: an account where there was none, and the roles. Without a password, single sign-on only."""
    _refuse_settled(invitation)
    if invitation.expires_at <= at:
        raise LinkDoesNotWork("This link does not work any more. Ask whoever invited you for a new one.")
    user = _account_of(invitation, password, by, at)
    for role in invitation.roles:
        _take_up(invitation, role, user, by, at)
    invitation.accepted_by, invitation.accepted_at = user, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(events.INVITATION_ACCEPTED, subject=invitation, by=by, at=at, codes={"account": str(user.pk)})
    return user


def invitation_for(link: str, at: datetime) -> Invitation:
    """The invitation that this link opens. Refused alike for every link that does not work."""
    found = Invitation.objects.open(at).filter(link_hash=fingerprint(link)).select_related("authority").first()
    if found is None:
        raise LinkDoesNotWork("This link does not work any more. Ask whoever invited you for a new one.")
    return found


def fingerprint(link: str) -> str:
    """What is kept of a link: under the deployment's secret, so that a copy of the table opens nothing."""
    return hmac.new(settings.SECRET_KEY.encode(), f"invitation\x00{link}".encode(), hashlib.sha256).hexdigest()


def _new_link(invitation: Invitation, at: datetime) -> str:
    link = secrets.token_urlsafe(32)
    invitation.link_hash, invitation.expires_at = fingerprint(link), at + WORKS_FOR
    return link


def _address(email: str, by: Actor) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NoSuchAddress("Write an e-mail address, like name@council.gov.uk.") from wrong
    if by.is_user and User.objects.filter(pk=by.user_id, email__iexact=address).exists():
        raise NoSuchAddress("You cannot invite yourself. Another administrator gives you a role.")
    return address


def _check_roles(authority: Authority, roles: Sequence[str], team: Team | None, by: Actor) -> None:
    """An administrator gives any role of the authority but the operator's; operators and commands, administrator."""
    own = by.has_role_at(authority.pk, ADMINISTERS)
    offered = GIVEN_BY_ADMINISTRATORS if own else (ADMINISTERS, *(("platform_operator",) if not by.is_user else ()))
    if not roles or set(roles) - set(offered):
        raise NotTheirsToGive("Choose roles that you may give.")
    if team is not None and team.authority_id != authority.pk:
        raise NotTheirsToGive("Choose a team of this authority.")


def _refuse_settled(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.revoked_at:
        raise LinkDoesNotWork("This link does not work any more. Ask whoever invited you for a new one.")


def _account_of(invitation: Invitation, password: str, by: Actor, at: datetime) -> User:
    """Whoever is signed in, where the invitation is theirs; a new account; never somebody else's."""
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is not None:
        if by.id != user.pk:
            raise LinkDoesNotWork("You have an account already. Sign in to it, then open this link again.")
        return user
    user = User.objects.create_user(invitation.email, password or None, name=invitation.name)
    User.objects.filter(pk=user.pk).update(last_used_on=day_of(at))
    return user


def _take_up(invitation: Invitation, role: str, user: User, by: Actor, at: datetime) -> None:
    held = Membership(user=user, authority=invitation.authority, role=role, team=invitation.team)
    held.from_on, held.until_on = invitation.from_on, invitation.until_on
    held.save(force_insert=True)
    codes = {"role": role, "from_on": str(held.from_on), "invitation": str(invitation.pk)}
    record(events.ROLE_GIVEN, subject=held, by=by, at=at, codes=codes)
    tell_of_role(held, giver_id=invitation.invited_by_id, by=by, at=at)
