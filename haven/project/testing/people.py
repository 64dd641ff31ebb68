"""The named people of every test, their authority, and the days things happen on. Loaded by the root conftest.

Amara is the duty officer, Desmond the manager, Priya the social worker, Grace the head of service, Bola does business
support, Linh administers accounts; Wren is a social worker of another team and Idris one of another authority. Joan is
the adult, Tom the neighbour who tells us, Kevin the person alleged to have caused harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, Membership, Team, User
from haven.casework.access.sessions import proof
from haven.casework.access.standing import ACTIVE, BEGAN, IDLE
from haven.casework.cases.casework import allocate, create_case, involve
from haven.casework.cases.models import Case
from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Address, Person
from haven.casework.people.recording import (
    add_address,
    add_person,
    name_risk_to,
    put_away_address,
    set_safe_contact,
)
from haven.casework.stages.models import StageEntry
from haven.lib.calendar import day_of
from haven.lib.ids import uuid7
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.report import accept_report

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=LONDON)
"""A Friday afternoon, when the report arrives."""
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)
"""The Tuesday after it: two working days later."""


@dataclass
class Teams:
    duty: Team
    north: Team
    south: Team


class SignedIn(Client):
    """A browser signed in; after each answer the test sees every authority again, as it did before (root conftest)."""


def make_user(name: str, authority: Authority, *roles: str, team: Team | None = None) -> User:
    """An account with these roles for the authority, in the team; e-mail `amara@example.org`."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@example.org", name=name, telephone="01632 960 123")
    for role in roles:
        Membership.objects.create(user=user, authority=authority, role=role, team=team, from_on=date(2015, 1, 1))
    return user


def actor_of_user(user: User) -> Actor:
    """The account as an Actor on TUESDAY."""
    return actor_for(user, TUESDAY)


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(
        code="eastmere", name="Eastmere Council", telephone="01632 960 001", out_of_hours_telephone="01632 960 002",
        alert_email="duty@example.org",
    )  # fmt: skip


@pytest.fixture
def elsewhere(db: None) -> Authority:
    """Another authority of the same deployment."""
    return Authority.objects.create(code="westmere", name="Westmere Council", telephone="01632 960 003")


@pytest.fixture
def teams(authority: Authority) -> Teams:
    make = Team.objects.create
    return Teams(
        duty=make(authority=authority, name="Safeguarding duty", kind="duty"),
        north=make(authority=authority, name="North locality", kind="locality"),
        south=make(authority=authority, name="South locality", kind="locality"),
    )


@pytest.fixture
def amara(authority: Authority, teams: Teams) -> Actor:
    """The duty officer."""
    return actor_of_user(make_user("Amara Okafor", authority, "duty_officer", team=teams.duty))


@pytest.fixture
def desmond(authority: Authority, teams: Teams) -> Actor:
    """The safeguarding manager of the North team."""
    return actor_of_user(make_user("Desmond Clarke", authority, "manager", team=teams.north))


@pytest.fixture
def priya(authority: Authority, teams: Teams) -> Actor:
    """A social worker of the North team."""
    return actor_of_user(make_user("Priya Nair", authority, "practitioner", team=teams.north))


@pytest.fixture
def other_team_worker(authority: Authority, teams: Teams) -> Actor:
    """Wren, a social worker of the South team, who has nothing to do with Joan."""
    return actor_of_user(make_user("Wren Ellis", authority, "practitioner", team=teams.south))


@pytest.fixture
def elsewhere_worker(elsewhere: Authority) -> Actor:
    """Idris, a manager of another authority."""
    team = Team.objects.create(authority=elsewhere, name="Duty", kind="duty")
    return actor_of_user(make_user("Idris Rahman", elsewhere, "manager", team=team))


@pytest.fixture
def grace(authority: Authority) -> Actor:
    """The head of service."""
    return actor_of_user(make_user("Grace Lim", authority, "head_of_service"))


@pytest.fixture
def bola(authority: Authority, teams: Teams) -> Actor:
    """Business support."""
    return actor_of_user(make_user("Bola Adeyemi", authority, "business_support", team=teams.duty))


@pytest.fixture
def linh(authority: Authority) -> Actor:
    """The authority's administrator, who sees no case."""
    return actor_of_user(make_user("Linh Vi-Du", authority, "authority_administrator"))


@pytest.fixture
def neighbour(authority: Authority) -> Actor:
    """Tom, the neighbour: a member of the public."""
    return Actor.public(authority.pk)


def signed_in(user: User, *, proved_at: datetime | None = None) -> SignedIn:
    """A browser in which this account is signed in, second step and all; proved again at `proved_at`, for step-up."""
    browser = SignedIn()
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.session
    now = timezone.now()
    session.update(proof(user, proved_at.timestamp() if proved_at else 0))
    session.update({BEGAN: now.timestamp(), ACTIVE: now.timestamp(), IDLE: 15})
    session.save()
    User.objects.filter(pk=user.pk).update(last_used_on=day_of(now))
    return browser


@pytest.fixture
def sign_in() -> Callable[..., SignedIn]:
    """A browser in which this actor is signed in: `sign_in(amara).get("/home")`.

    `sign_in(amara, proved_at=timezone.now())` has also proved a second factor just then, as break-glass asks.
    """

    def sign_in(actor: Actor, *, proved_at: datetime | None = None) -> SignedIn:
        return signed_in(User.objects.get(pk=actor.user_id), proved_at=proved_at)

    return sign_in


@pytest.fixture
def shown(db: None) -> Callable[[], set[tuple[str, UUID]]]:
    """What the read record says was shown to anybody so far: `("case", case.pk) in shown()`."""
    subjects = apps.get_model("events", "ReadSubject")
    return lambda: set(subjects.objects.values_list("kind", "subject_id"))


@pytest.fixture
def joan(authority: Authority, amara: Actor) -> Person:
    """Joan, 82, who lives at home and may be rung only in the morning."""
    joan = add_person(
        at=FRIDAY, known_as="Joan", given_name="Joan", family_name="Whitlock", date_of_birth=date(1943, 5, 2),
        gender="female", language="English",
    )  # fmt: skip
    place: dict[str, Any] = {
        "lines": "4 Almond Row, Eastmere",
        "postcode": "ZZ1 4AR",
        "from_on": date(2001, 6, 1),
        "source": "GP",
    }
    add_address(joan, authority_id=authority.pk, by=amara, at=FRIDAY, **place)
    set_safe_contact(
        joan, authority_id=authority.pk, how="Her mobile", when_safe="Before noon", who_must_not_know="Her nephew",
        no_voicemail=True,
    )  # fmt: skip
    return joan


def protect_addresses(person: Person, *, by: Actor) -> None:
    """Every address of theirs becomes a protected one."""
    for address in Address.objects.filter(person=person, protected=False):
        put_away_address(address, by=by, at=FRIDAY)
        address.save()


@pytest.fixture
def kevin(joan: Person, authority: Authority) -> Person:
    """Joan's nephew, the person alleged to have caused harm."""
    kevin = add_person(at=FRIDAY, given_name="Kevin", family_name="Whitlock", gender="male")
    name_risk_to(joan, other=kevin, kind="other_relative", lives_with=True, authority_id=authority.pk, at=FRIDAY)
    return kevin


def make_report(authority: Authority, by: Actor, **facts: Any) -> Contact:
    """A report of Tom's about Joan, received on FRIDAY; `facts` replace any part."""
    given: dict[str, Any] = {
        "pathway": "adults", "channel": "web", "form": "public",
        "answers": {"worry": "Her nephew shouts at her and takes her pension."},
        "first_line": "Her nephew shouts at her and takes her pension.",
        "adults": [{"given_name": "Joan", "family_name": "Whitlock", "postcode": "ZZ1 4AR", "age_estimate": 80}],
        "referrer": {"name": "Tom Baker", "relationship": "Neighbour", "telephone": "01632 960 099",
                     "source_code": "neighbour", "safe_ways": ["ring"]},
        "idempotency_key": str(uuid7()), "received_at": FRIDAY, "immediate_danger": "not_sure",
    }  # fmt: skip
    return receive(authority, by=by, at=FRIDAY, **{**given, **facts})


@pytest.fixture
def report(authority: Authority, neighbour: Actor) -> Contact:
    """Tom's report about Joan, waiting for its first look."""
    return make_report(authority, neighbour)


def make_case(authority: Authority, team: Team, person: Person, **facts: Any) -> Case:
    """A case at its first stage, opened on FRIDAY, without a pathway's own records: for the engine's tests."""
    given: dict[str, Any] = {"pathway": "adults", "prefix": "AS", "stage": "concern", "awaits_duty": False}
    case = create_case(authority=authority, person=person, team=team, at=FRIDAY, **{**given, **facts})
    StageEntry.objects.create(case=case, stage=case.stage, entered_at=FRIDAY)
    involve(case, role="adult", person=person, at=FRIDAY)
    return case


@pytest.fixture
def case(authority: Authority, teams: Teams, joan: Person, priya: Actor, desmond: Actor) -> Case:
    """Joan's case with the North team, Priya working on it under Desmond."""
    case = make_case(authority, teams.north, joan, urgency="today")
    workers = User.objects.in_bulk([priya.id, desmond.id])
    allocate(case, user=workers[priya.id], kind="concern", manager=workers[desmond.id], at=FRIDAY + timedelta(hours=2))
    return case


@pytest.fixture
def concern(report: Contact, joan: Person, teams: Teams, amara: Actor) -> Concern:
    """Tom's report taken on by Amara as a concern about Joan, held by the duty team."""
    adult = report.adults.get()
    return accept_report(report, persons={adult.pk: joan}, by=amara, at=FRIDAY + timedelta(hours=1))[0]
