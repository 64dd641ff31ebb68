"""Four authorities, their teams and people, and an account for every role that somebody may look in with."""

from random import Random

from django.db import connection

from haven.casework.access.models import Membership, User
from haven.casework.access.roles import ROLES
from haven.lib.calendar import day_of
from haven.pathways.adults.year import names
from haven.pathways.adults.year.staff import Staff, Worker, staff_for
from haven.project.bench.seed.size import AUTHORITIES, Size

TABLES = """
CREATE TEMP TABLE seed_authority (a int PRIMARY KEY, id uuid, code text, duty_team uuid, head uuid,
    workers int) ON COMMIT DROP;
CREATE TEMP TABLE seed_worker (a int, i int, id uuid, team uuid, manager uuid, PRIMARY KEY (a, i)) ON COMMIT DROP;
CREATE TEMP TABLE seed_duty (a int, i int, id uuid, PRIMARY KEY (a, i)) ON COMMIT DROP;
"""
NOT_STAFF = ("public_reporter",)


def make_staff(size: Size) -> None:
    """Make the authorities and their staff, or find them, and list them in tables of this session."""
    made = [
        staff_for(code, name, concerns=size.concerns_for_staff, from_on=day_of(size.starts_at), at=size.now)
        for code, name in AUTHORITIES.items()
    ]
    make_personas(made[0], size)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for a, staff in enumerate(made):
            _list(cursor, a, staff)


def _list(cursor: object, a: int, staff: Staff) -> None:
    write = cursor.execute  # type: ignore[attr-defined]
    facts = [
        a,
        staff.authority.pk,
        staff.authority.code,
        staff.teams[0].pk,
        staff.head.user.pk,
        len(staff.practitioners),
    ]
    write("INSERT INTO seed_authority VALUES (%s, %s, %s, %s, %s, %s)", facts)
    for i, worker in enumerate(staff.practitioners):
        row = [a, i, worker.user.pk, worker.team.pk, _manager(staff, worker).user.pk]
        write("INSERT INTO seed_worker VALUES (%s, %s, %s, %s, %s)", row)
    for i, officer in enumerate(staff.duty):
        write("INSERT INTO seed_duty VALUES (%s, %s, %s)", [a, i, officer.user.pk])


def _manager(staff: Staff, worker: Worker) -> Worker:
    return next((manager for manager in staff.managers if manager.team == worker.team), staff.managers[0])


def make_personas(staff: Staff, size: Size) -> None:
    """Name one account of the first authority for each role, unless a demonstration has its personas already."""
    if User.objects.exclude(persona="").exists():
        return
    at_work = {
        "duty_officer": staff.duty[0].user,
        "practitioner": staff.practitioners[0].user,
        "manager": _manager(staff, staff.practitioners[0]).user,
        "head_of_service": staff.head.user,
    }
    for role in ROLES:
        if role not in NOT_STAFF:
            user = at_work.get(role) or _somebody(role, staff, size)
            User.objects.filter(pk=user.pk).update(persona=role)


def _somebody(role: str, staff: Staff, size: Size) -> User:
    called = names.name(Random(f"{role} of {staff.authority.code}"), woman=True).full
    address = names.email(f"{called} {role}", staff.authority.code)
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, name=called)
    team = staff.teams[0] if role in ("business_support", "out_of_hours_worker") else None
    first = day_of(size.starts_at)
    Membership.objects.get_or_create(
        user=user, authority=staff.authority, role=role, defaults={"team": team, "from_on": first}
    )
    return user
