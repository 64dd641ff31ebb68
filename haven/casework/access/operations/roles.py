"""Giving somebody a role and ending it. Nobody does so for themselves."""

from datetime import date, datetime, timedelta
from uuid import UUID

from haven.casework.access import events
from haven.casework.access.models import Authority, Membership, Team, User
from haven.casework.access.permissions import ADMINISTERS
from haven.casework.access.roles import GIVEN_BY_ADMINISTRATORS
from haven.casework.access.ways_in import OPENS_CASES, ROLE, opened
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.calendar import day_of


class RoleRefused(Refusal):
    """The role is not this administrator's to give, or the dates or the team do not fit."""

    field = "role"


@operation(may="access.give_role")
def give_role(
    user: User,
    *,
    authority: Authority,
    role: str,
    team: Team | None = None,
    from_on: date,
    until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Membership:
    """Give somebody else a role for this authority, perhaps in a team, between two days."""
    if not by.has_role_at(authority.pk, ADMINISTERS) or role not in GIVEN_BY_ADMINISTRATORS:
        raise RoleRefused("Choose a role that you may give.")
    if team is not None and team.authority_id != authority.pk:
        raise RoleRefused("Choose a team of this authority.")
    if until_on is not None and until_on < from_on:
        raise RoleRefused("The last day comes after the first.")
    held = Membership(user=user, authority=authority, role=role, team=team, from_on=from_on, until_on=until_on)
    held.save(force_insert=True)
    record(events.ROLE_GIVEN, subject=held, by=by, at=at, codes={"role": role, "from_on": str(from_on)})
    tell_of_role(held, giver_id=by.id, by=by, at=at)
    return held


def tell_of_role(held: Membership, *, giver_id: UUID | None, by: Actor, at: datetime) -> None:
    """Whoever watches is told of a role that opens cases. A plain verb."""
    if held.role in OPENS_CASES:
        codes = {"account": str(held.user_id), "role": held.role}
        opened(ROLE, authority_id=held.authority_id, of=held.pk, giver_id=giver_id, by=by, at=at, **codes)


@operation(may="access.end_role")
def end_role(held: Membership, *, by: Actor, at: datetime) -> None:
    """End somebody else's role; it is over at once."""
    held.until_on = day_of(at) - timedelta(days=1)
    held.from_on = min(held.from_on, held.until_on)
    held.save(update_fields=["from_on", "until_on"])
    codes = {"role": held.role, "until_on": str(held.until_on)}
    record(events.ROLE_ENDED, subject=held, by=by, at=at, codes=codes)
