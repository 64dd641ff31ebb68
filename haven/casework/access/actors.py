"""From an account to an Actor, in one statement."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import connection

from haven.casework.access.models import User
from haven.casework.access.roles import CASE_READERS
from haven.casework.access.ties import READS_NO_CASE
from haven.casework.operations.actor import Actor, Tie
from haven.lib.calendar import day_of

HELD = """
SELECT 'role' AS what, role, authority_id AS id, team_id, '' AS reason, NULL::timestamptz AS until_at
FROM access_membership
WHERE user_id = %(user)s AND from_on <= %(day)s AND (until_on IS NULL OR until_on >= %(day)s)
UNION ALL
SELECT what, kind, id, other, reason, until_at FROM haven_ties_of(%(user)s, %(at)s)
"""


def actor_for(user: User, at: datetime) -> Actor:
    """Who this account is at this moment: the roles, authorities and teams in force that day, the single cases it has
    a relationship to, and the people it must not reach."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"user": user.pk, "day": day_of(at), "at": at})
        rows = cursor.fetchall()
    ids: defaultdict[str, set[UUID]] = defaultdict(set)
    for what, _kind, pk, _other, _reason, _until in rows:
        ids[what].add(pk)
    held = [(authority, role, team) for what, role, authority, team, _reason, _until in rows if what == "role"]
    ties = tuple(Tie(pk, case, kind, reason, until) for what, kind, case, pk, reason, until in rows if what == "tie")
    return Actor(
        kind="user",
        id=user.pk,
        name=user.name,
        authority_ids=frozenset(ids["role"]),
        roles=frozenset(role for _, role, _ in held),
        team_ids=frozenset(team for _, _, team in held if team),
        case_team_ids=frozenset(team for _, role, team in held if team and role in CASE_READERS),
        roles_at=frozenset((authority, role) for authority, role, _ in held),
        case_ids=frozenset(tie.case_id for tie in ties if tie.kind not in READS_NO_CASE),
        conflict_ids=frozenset(ids["conflict"]),
        ties=ties,
    )
