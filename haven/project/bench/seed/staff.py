"""Four authorities, their teams and people, and an account for every role that somebody may look in with."""

from dataclasses import replace

from django.db import connection

from haven.casework.access.models import User
from haven.casework.people.protected import ProtectedText, fingerprint_of
from haven.lib.calendar import day_of
from haven.pathways.adults.year.staff import Staff, Worker, staff_for
from haven.project.bench.seed.size import AUTHORITIES, Size
from haven.project.demonstration.personas import at_work, make_personas

KEPT = "Notion House, 7 Fable Mews\nZZ9 9ZZ"
"""Where everybody of the seed is whose address is protected."""

TABLES = """
CREATE TEMP TABLE seed_authority (a int PRIMARY KEY, id uuid, code text, duty_team uuid, head uuid,
    workers int, kept bytea, kept_print text) ON COMMIT DROP;
CREATE TEMP TABLE seed_worker (a int, i int, id uuid, team uuid, manager uuid, PRIMARY KEY (a, i)) ON COMMIT DROP;
CREATE TEMP TABLE seed_duty (a int, i int, id uuid, PRIMARY KEY (a, i)) ON COMMIT DROP;
"""


def make_staff(size: Size) -> None:
    """Make the authorities and their staff, or find them, and list them in tables of this session."""
    made = [
        staff_for(code, name, concerns=size.concerns_for_staff, from_on=day_of(size.starts_at), at=size.now)
        for code, name in AUTHORITIES.items()
    ]
    made[0] = with_personas(made[0], size)
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
        ProtectedText.of(KEPT, staff.authority.pk).envelope,
        fingerprint_of(KEPT, staff.authority.pk),
    ]
    write("INSERT INTO seed_authority VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", facts)
    for i, worker in enumerate(staff.practitioners):
        row = [a, i, worker.user.pk, worker.team.pk, _manager(staff, worker).user.pk]
        write("INSERT INTO seed_worker VALUES (%s, %s, %s, %s, %s)", row)
    for i, officer in enumerate(staff.duty):
        write("INSERT INTO seed_duty VALUES (%s, %s, %s)", [a, i, officer.user.pk])


def _manager(staff: Staff, worker: Worker) -> Worker:
    return next((manager for manager in staff.managers if manager.team == worker.team), staff.managers[0])


def with_personas(staff: Staff, size: Size) -> Staff:
    """The first authority with its personas at work in it, unless a demonstration has them already."""
    if User.objects.exclude(persona="").exists():
        return staff
    users = make_personas(staff.authority)
    them = at_work(users, staff.authority, size.now)
    manager = replace(them.manager, team=them.practitioner.team)
    return replace(
        staff,
        duty=(them.duty, *staff.duty[:2]),
        practitioners=(them.practitioner, *staff.practitioners),
        managers=(manager, *staff.managers),
    )
