"""Letting a partner's system in, giving it tokens, closing the door."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from haven.casework.access.models import Authority
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.partners import events
from haven.casework.partners.models import Partner, PartnerToken
from haven.casework.partners.models.partners import SCOPES
from haven.casework.partners.tokens import LASTS, digest_of, new_token

OVERLAP = timedelta(days=7)
"""How long an earlier token still opens after it was rotated, so that the partner can change over."""


class NameRequired(Refusal):
    """A partner has a name that people here know it by."""

    field = "name"


class AlreadyThere(Refusal):
    """The authority has a partner of this name."""

    field = "name"


class DoorClosed(Refusal):
    """The partner may not send any more."""


class ScopesRequired(Refusal):
    """A token opens something, and only what there is."""

    field = "scopes"


class HoursRequired(Refusal):
    """How long a partner may be silent is a number of hours."""

    field = "expected_hours"


@operation(may="partners.add")
def add_partner(authority: Authority, *, name: str, source_code: str, by: Actor, at: datetime) -> Partner:
    """Let an agency's system tell us of concerns. Refused where one of this name is there."""
    name = " ".join(name.split())
    if not name:
        raise NameRequired("Say what people here call it.")
    if Partner.objects.filter(authority=authority, name=name).exists():
        raise AlreadyThere("There is a partner of this name already. Issue it another token.")
    partner = Partner(authority=authority, name=name, source_code=source_code, added_at=at)
    partner.added_by_id = by.id if by.is_user else None
    partner.save(force_insert=True)
    record(events.ADDED, subject=partner, by=by, at=at, codes={"source_code": source_code})
    return partner


@operation(may="partners.end")
def end_partner(partner: Partner, *, by: Actor, at: datetime) -> None:
    """Close the door to a partner's system: its tokens open nothing from now on, and it is told nothing more."""
    if not Partner.objects.live().filter(pk=partner.pk).update(ended_at=at, webhook_url="", webhook_secret=""):
        raise DoorClosed("The door is closed already.")
    record(events.ENDED, subject=partner, by=by, at=at)


@operation(may="partners.set_expected")
def set_expected(partner: Partner, *, expected_hours: int | None, by: Actor, at: datetime) -> None:
    """Say how long a partner is usually silent at most; without it Haven goes by the last four weeks."""
    if expected_hours is not None and not 1 <= expected_hours <= 24 * 90:
        raise HoursRequired("Give a number of hours from 1 to 2,160, or leave it empty.")
    Partner.objects.filter(pk=partner.pk).update(expected_hours=expected_hours)
    record(events.EXPECTED, subject=partner, by=by, at=at, codes={"hours": expected_hours})


@operation(may="partners.issue_token")
def issue_token(
    partner: Partner,
    *,
    scopes: Iterable[str] = tuple(SCOPES),
    lasts: timedelta = LASTS,
    replaces: PartnerToken | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Issue a token. It is given back once; only a digest is kept. One that it replaces opens for seven more days."""
    chosen = [scope for scope in SCOPES if scope in set(scopes)]
    if not chosen:
        raise ScopesRequired("Choose what the token is for.")
    if partner.ended_at is not None:
        raise DoorClosed("This partner’s door is closed. Add it again under another name.")
    token = new_token()
    row = PartnerToken(partner=partner, digest=digest_of(token), hint=token[-4:], scopes=chosen, issued_at=at)
    row.issued_by_id, row.expires_at = by.id if by.is_user else None, at + lasts
    row.save(force_insert=True)
    if replaces is not None:
        earlier = PartnerToken.objects.filter(pk=replaces.pk, partner=partner, expires_at__gt=at + OVERLAP)
        earlier.update(expires_at=at + OVERLAP)
    record(events.TOKEN_ISSUED, subject=partner, by=by, at=at, codes={"token": str(row.pk), "scopes": chosen})
    return token


@operation(may="partners.revoke_token")
def revoke_token(partner: Partner, *, token: PartnerToken, by: Actor, at: datetime) -> None:
    """Revoke a token: it opens nothing from this moment."""
    rows = PartnerToken.objects.filter(pk=token.pk, partner=partner, revoked_at=None)
    if not rows.update(revoked_at=at, revoked_by_id=by.user_id):
        raise DoorClosed("This token was revoked already.")
    record(events.TOKEN_REVOKED, subject=partner, by=by, at=at, codes={"token": str(token.pk)})
