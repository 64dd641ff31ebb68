"""The authority of a scenario, its teams and the people who work there: found where they exist, made where not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, Membership, Team, User
from haven.casework.operations.actor import Actor
from haven.pathways.adults.year import names

TEAMS = (
    ("Safeguarding hub", Team.Kind.DUTY),
    ("North locality", Team.Kind.LOCALITY),
    ("South locality", Team.Kind.LOCALITY),
    ("Hospital team", Team.Kind.HOSPITAL),
)
A_WORKER_FOR = 45
"""Concerns a year for one social worker: an assumption that gives lists of a believable length."""


@dataclass(frozen=True)
class Worker:
    """Somebody on the staff and who they are when they act."""

    user: User
    actor: Actor
    team: Team


@dataclass(frozen=True)
class Staff:
    """Who works at an authority: duty officers, social workers, managers, their head, and its teams."""

    authority: Authority
    teams: tuple[Team, ...]
    duty: tuple[Worker, ...]
    practitioners: tuple[Worker, ...]
    managers: tuple[Worker, ...]
    head: Worker

    def of_team(self, team: Team) -> Sequence[Worker]:
        """The social workers of a team; all of them where it has none."""
        return [worker for worker in self.practitioners if worker.team == team] or self.practitioners


def staff_for(code: str, authority_name: str, *, concerns: int, from_on: date, at: datetime) -> Staff:
    """The authority and enough staff for so many concerns, in post from `from_on` or before. Made once, found after."""
    authority = _authority(code, authority_name)
    teams = tuple(
        Team.objects.get_or_create(authority=authority, name=name, defaults={"kind": kind})[0] for name, kind in TEAMS
    )
    sizes = {
        "duty_officer": 3,
        "manager": 3 + min(5, concerns // 800),
        "practitioner": max(4, min(36, concerns // A_WORKER_FOR)),
        "head_of_service": 1,
    }
    found: dict[str, tuple[Worker, ...]] = {}
    for role, size in sizes.items():
        in_teams = [teams[0] if role == "duty_officer" else teams[1 + place % 3] for place in range(size)]
        found[role] = tuple(
            _worker(Random(f"{code} {role} {place}"), authority, role, team, from_on, at)
            for place, team in enumerate(in_teams)
        )
    return Staff(
        authority, teams, found["duty_officer"], found["practitioner"], found["manager"], found["head_of_service"][0]
    )


def _authority(code: str, name: str) -> Authority:
    facts = {
        "name": name,
        "colour": "teal",
        "telephone": "01632 960 100",
        "out_of_hours_telephone": "01632 960 200",
        "childrens_telephone": "01632 960 300",
        "alert_email": f"duty@{code}.example",
        "demonstration": True,
    }
    return Authority.objects.get_or_create(code=code, defaults=facts)[0]


def _worker(rng: Random, authority: Authority, role: str, team: Team, from_on: date, at: datetime) -> Worker:
    called = names.name(rng, woman=rng.random() < 0.7).full
    address = names.email(f"{called} {rng.randrange(100, 1000)}", authority.code)
    telephone = names.telephone(rng)
    user = User.objects.filter(email=address).first() or User.objects.create_user(
        address, name=called, telephone=telephone
    )
    post = Membership.objects.filter(user=user, authority=authority, role=role).first()
    if post is None:
        post = Membership.objects.create(user=user, authority=authority, role=role, team=team, from_on=from_on)
    elif post.from_on > from_on:
        Membership.objects.filter(pk=post.pk).update(from_on=from_on)
    return Worker(user, actor_for(user, at), team)
