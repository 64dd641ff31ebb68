"""Who asks: nobody signed in, every role, and for the roles that read cases every way of standing to one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from matrix_population import Record, World

from haven.casework.access.models import CaseRelationship, Conflict, Membership, User
from haven.casework.access.models.relationships import RELATIONSHIPS
from haven.casework.access.roles import ROLES
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.documents.models import Document
from haven.casework.tasks.models import Task
from haven.project.testing.people import signed_in

CASEWORK = ("duty_officer", "out_of_hours_worker", "manager", "head_of_service", "practitioner")
"""The roles that may ever read a case (issue "Trust" B.1); written out here, so that the code's own list is tested."""

DUTY = ("duty_officer", "out_of_hours_worker", "manager", "head_of_service")
"""The roles that stand at the duty desk (PR-24)."""

ENTERS = (*CASEWORK, "business_support")
"""The roles that key what came by telephone or letter (PR-02)."""

HERE, THERE = "eastmere", "westmere"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """Somebody who asks: an account with its roles at each authority, and how they stand to the record asked about."""

    held: tuple[tuple[str, str], ...] = ()
    stance: str = "nothing"
    user: User | None = field(default=None, compare=False)

    def __str__(self) -> str:
        roles = " and ".join(f"{role} at {where}" for where, role in self.held) or "nobody signed in"
        return f"{roles} ({self.stance})"


def link_of(kind: str, user: User, record: Record, *, ended: bool = False) -> None:
    """A relationship of this kind to the record's case, in force or ended."""
    now = timezone.now()
    if record.case is not None:
        CaseRelationship.objects.create(
            case=record.case, user=user, authority=record.desk.authority, kind=kind, from_at=now - 2 * DAY,
            until_at=now - DAY if ended else now + DAY,
        )  # fmt: skip


def on_case(column: str) -> Callable[[User, Record], Any]:
    return lambda user, record: record.case and Case.objects.filter(pk=record.case.pk).update(**{column: user})


def claimed(user: User, record: Record) -> None:
    Contact.objects.filter(pk=record.contact.pk).update(claimed_by=user)


def entered(user: User, record: Record) -> None:
    """They keyed the report, and attached its file."""
    Contact.objects.filter(pk=record.contact.pk).update(entered_by=user)
    Document.objects.filter(pk=record.file.pk).update(added_by=user)


def in_team(user: User, record: Record) -> None:
    Membership.objects.filter(user=user, authority=record.desk.authority).update(team=record.desk.team)


def of_kind(kind: str) -> Callable[[User, Record], Any]:
    return lambda user, record: link_of(kind, user, record)


STANCES: dict[str, Callable[[User, Record], Any]] = {
    "nothing": lambda _user, _record: None,
    "worker": on_case("worker"),
    "manager": on_case("manager"),
    "team": in_team,
    "claimed": claimed,
    "entered": entered,
    "owner": lambda user, record: record.task and Task.objects.filter(pk=record.task.pk).update(owner=user),
    "ended": lambda user, record: link_of("named", user, record, ended=True),
    "another_case": lambda _user, _record: None,
    **{kind: of_kind(kind) for kind in RELATIONSHIPS},
}
"""How somebody may stand to a record, each made within the savepoint of the one request."""

NAMED = ("worker", "manager", *(kind for kind in RELATIONSHIPS if kind != "advocate"))
"""The stances of a named person of the case (TR-02), however closely it is kept. An advocate sees no case (R-097)."""

READS_ONLY = ("triage", "covering", "auditing", "referral_recipient")
"""Relationships that let a case be read and no step of it taken (TR-02, PR-24)."""


def stances_of(role: str) -> Iterator[str]:
    """Every way in which somebody of this role may stand to a record."""
    yield from (stance for stance in STANCES if stance != "claimed" or role in DUTY)


OTHERS = {
    "business_support": ("entered", "owner", "team"), "advocate": ("advocate",), "auditor": ("auditing", "team"),
    "councillor": ("named",), "designated_safeguarding_officer": ("referral_recipient",),
}  # fmt: skip
"""How those of other roles may stand to a record."""


def plan() -> Iterator[Reader]:
    """Every reader, without accounts yet."""
    yield Reader()
    for role in ROLES:
        if role != "public_reporter":
            yield Reader(((HERE, role),))
    for role in CASEWORK:
        yield from (Reader(((HERE, role),), stance) for stance in stances_of(role) if stance != "nothing")
        yield Reader(((THERE, role),))
    for role, stances in OTHERS.items():
        yield from (Reader(((HERE, role),), stance) for stance in stances)
    yield Reader(((THERE, "information_governance_officer"),))
    for stance in ("nothing", "team", "named"):
        yield Reader(((HERE, "business_support"), (THERE, "practitioner")), stance)
        yield Reader(((HERE, "practitioner"), (THERE, "business_support")), stance)
    yield Reader(((HERE, "learning_officer"), (THERE, "manager")))


def readers(world: World) -> list[Reader]:
    """Every reader with an account; those of the same roles share one, for a stance lasts one request."""
    desks = {desk.authority.code: desk for desk in (world.here, world.there)}
    users: dict[Any, User] = {}
    for reader in plan():
        if reader.held and reader.held not in users:
            number = len(users)
            user = User.objects.create_user(f"reader{number}@example.org", name=f"Reader {number}")
            for where, role in reader.held:
                facts = {"authority": desks[where].authority, "role": role, "from_on": date(2015, 1, 1)}
                Membership.objects.create(user=user, **facts)
            users[reader.held] = user
    return [Reader(reader.held, reader.stance, users.get(reader.held)) for reader in plan()]


def cookie_of(user: User) -> str:
    """The session of somebody signed in with everything signing in asks for."""
    return str(signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value)


def take_stance(world: World, reader: Reader, record: Record) -> None:
    """Let the reader stand to the record as they do, and be kept from it where its class says so."""
    if reader.user is None:
        return
    STANCES[reader.stance](reader.user, record)
    if reader.stance == "another_case":
        link_of("keeper", reader.user, another(world, record))
    for person_id in avoided(record):
        Conflict.objects.create(
            user=reader.user, person_id=person_id, authority=record.desk.authority, ground="related",
            from_at=timezone.now(),
        )  # fmt: skip


def another(world: World, record: Record) -> Record:
    """The record to which somebody stands who has nothing to do with this one."""
    own = world.at("open", "closed")
    return world.at("open", "plan") if record is own else own


def avoided(record: Record) -> list[Any]:
    """Whom the reader has a conflict of interest with, when this record is asked about (TR-05)."""
    whom = {"conflict_adult": record.adult, "conflict_alleged": record.alleged}.get(record.klass)
    return [whom.pk] if whom else []
