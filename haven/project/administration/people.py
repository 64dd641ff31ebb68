"""Finding what an administrator looks at: their authority, its people, its invitations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from haven.casework.access.models import Authority, Membership, User
from haven.casework.access.permissions import ADMINISTERS
from haven.casework.desk.loading import actor_of
from haven.casework.operations.refusals import NotAllowed


@dataclass(frozen=True)
class Person:
    """Somebody with an account, what they hold here, and how their account stands."""

    user: User
    roles: list[Membership]

    @property
    def state(self) -> str:
        if not self.user.is_active:
            return "Disabled"
        return "Suspended: not used" if self.user.suspended_at else "Open"


def administered(request: HttpRequest, code: str) -> Authority:
    """The authority of this code, for its administrator; for anybody else there is nothing there."""
    authority = Authority.objects.filter(code=code).first()
    if authority is None or not actor_of(request).has_role_at(authority.pk, ADMINISTERS):
        raise NotAllowed("We could not find that page.")
    return authority


def first_administered(request: HttpRequest) -> Authority | None:
    """Where the administrator begins."""
    ids = [authority for authority, role in actor_of(request).roles_at if role == ADMINISTERS]
    return Authority.objects.filter(pk__in=ids).order_by("name").first()


def people_of(authority: Authority) -> list[Person]:
    """Everybody who holds, held or will hold a role here, by name, in one statement."""
    held = (
        Membership.objects.filter(authority=authority).select_related("user", "team").order_by("user__name", "from_on")
    )
    found: dict[UUID, Person] = {}
    for each in held.order_by("user__name", "from_on"):
        found.setdefault(each.user_id, Person(each.user, [])).roles.append(each)
    return list(found.values())


def person_of(authority: Authority, pk: UUID) -> Person:
    """Somebody who holds, held or will hold a role here."""
    found = next((person for person in people_of(authority) if person.user.pk == pk), None)
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def sessions_of(user: User) -> int:
    """In how many places they are signed in."""
    return UserSession.objects.filter(user_id=user.pk).count()


def in_force(held: Membership, today: date) -> bool:
    """The role can be ended: its last day is not over."""
    return held.until_on is None or held.until_on >= today
