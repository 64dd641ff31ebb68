"""Where somebody is signed in: the device in words, since when, and from which network; no more is kept."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from haven.casework.access.devices import device_in_words
from haven.casework.access.models import User
from haven.casework.operations.refusals import NotAllowed


@dataclass(frozen=True)
class Place:
    """One session, as its person knows it again."""

    pk: int
    device: str
    since: datetime
    network: str
    here: bool


def account_of(request: HttpRequest) -> User:
    """The account of whoever is signed in; refused where nobody is."""
    if not isinstance(request.user, User):
        raise NotAllowed("We could not find that page.")
    return request.user


def signed_in_places(user: User, session_key: str | None) -> list[Place]:
    """The sessions that still work, this one first, then the newest."""
    found = UserSession.objects.purge_and_list(user)
    places = [_place(session, session_key) for session in found]
    return sorted(places, key=lambda place: (not place.here, -place.since.timestamp()))


def _place(session: UserSession, session_key: str | None) -> Place:
    device = device_in_words(session.user_agent)
    network = "" if session.ip == "0.0.0.0" else f"{session.ip}"  # noqa: S104
    return Place(session.pk, device, session.created_at, network, session.session_key == session_key)
