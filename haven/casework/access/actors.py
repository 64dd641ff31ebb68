"""From an account to an Actor, in one query."""

from datetime import datetime

from haven.casework.access.models import Membership, User
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of


def actor_for(user: User, at: datetime) -> Actor:
    """Who this account is at this moment: roles, authorities and teams from the memberships in force that day."""
    rows = list(
        Membership.objects.on(day_of(at)).filter(user_id=user.pk).values_list("role", "authority_id", "team_id")
    )
    return Actor(
        kind="user",
        id=user.pk,
        name=user.name,
        authority_ids=frozenset(authority for _, authority, _ in rows),
        roles=frozenset(role for role, _, _ in rows),
        team_ids=frozenset(team for _, _, team in rows if team),
        roles_at=frozenset((authority, role) for role, authority, _ in rows),
    )
