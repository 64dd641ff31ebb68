"""Who looked at what, as the watch is meant to find it: looks of the last days, one story for each of its rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from haven.casework.access.actors import actor_for
from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.events.looking import Look, these_looks
from haven.casework.people.protection import record_address
from haven.casework.watch.looking_out import judge
from haven.casework.watch.own_details import give_own_details
from haven.lib.ids import uuid7
from haven.pathways.adults.year.staff import Staff
from haven.project.demonstration.walls import DAY, HOUR, Scene

MINUTE = timedelta(minutes=1)


def build_looks(scene: Scene, staff: Staff) -> None:
    """Each story is somebody else's; then the watch judges every look."""
    strangers = [worker.user for worker in staff.practitioners if worker.team.name == "South locality"]
    at = scene.now - DAY
    looks = [
        *_everyday(scene),
        *_nothing_to_do_with_it(scene, strangers[0], at),
        *_search_again_and_again(scene, strangers[1], at),
        *_one_after_another(scene, strangers[2], at),
        *_own_number(scene, strangers[3], at),
        *_long_closed(scene, strangers[0], at + 2 * HOUR),
        *_a_colleague(scene, strangers[1], at + 3 * HOUR),
        *_at_night_in_their_own_street(scene, scene.now),
        *_many_times(scene),
    ]
    judge(looks, scene.now)


def look(reader: User, route: str, cases: Iterable[Case], at: datetime, reason: str = "") -> Look:
    """One look, written as having happened at that moment: only the demonstration and the bench make up looks."""
    read_id, subjects = uuid7(), [pair for case in cases for pair in (("case", case.pk), ("person", case.person_id))]
    if route == "search":
        subjects = [pair for pair in subjects if pair[0] == "person"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_read (id, recorded_at, actor_kind, actor_id, route, method, reason)"
            " VALUES (%s, %s, 'user', %s, %s, 'GET', %s)",
            [read_id, at, reader.pk, route, reason],
        )
        cursor.executemany(
            "INSERT INTO events_readsubject (id, recorded_at, read_id, kind, subject_id) VALUES (%s, %s, %s, %s, %s)",
            [[uuid7(), at, read_id, kind, pk] for kind, pk in subjects],
        )
    return these_looks([read_id])[0]


def _everyday(scene: Scene) -> list[Look]:
    """Those whose case it is read it on several days: never a sign."""
    case = scene.planned[0]
    readers = (scene.people["practitioner"], "case"), (scene.people["manager"], "case-timeline")
    return [look(who, page, [case], scene.now - day * DAY) for day in (1, 2, 4, 5) for who, page in readers]


def _nothing_to_do_with_it(scene: Scene, reader: User, at: datetime) -> list[Look]:
    return [look(reader, "case", [scene.led[0]], at), look(reader, "case-timeline", [scene.led[0]], at + MINUTE)]


def _search_again_and_again(scene: Scene, reader: User, at: datetime) -> list[Look]:
    return [look(reader, "search", [scene.led[1]], at - day * DAY) for day in (5, 3, 1, 0)]


def _one_after_another(scene: Scene, reader: User, at: datetime) -> list[Look]:
    """Forty people within twenty minutes."""
    people: dict[Any, Case] = {}
    for case in Case.objects.filter(authority=scene.authority, restriction="open").order_by("-opened_at")[:200]:
        people.setdefault(case.person_id, case)
    return [
        look(reader, "case", [case], at + place * MINUTE / 2) for place, case in enumerate(list(people.values())[:40])
    ]


def _own_number(scene: Scene, reader: User, at: datetime) -> list[Look]:
    """The record of the house where the reader lives."""
    case = scene.led[2]
    _lives(case, "3 Sample Terrace", "ZZ9 7SP", scene, at)
    give_own_details(reader, house="3 Sample Terrace", postcode="ZZ9 7SP", by=actor_for(reader, at), at=at)
    return [look(reader, "person", [case], at + HOUR)]


def _long_closed(scene: Scene, reader: User, at: datetime) -> list[Look]:
    closed = Case.objects.filter(authority=scene.authority, closed_at__lt=at - 30 * DAY, restriction="open")
    return [look(reader, "case", [closed.order_by("-closed_at")[0]], at)]


def _a_colleague(scene: Scene, reader: User, at: datetime) -> list[Look]:
    """The case somebody with an account is said to be concerned in."""
    return [look(reader, "case", [scene.led[-1]], at)]


def _at_night_in_their_own_street(scene: Scene, now: datetime) -> list[Look]:
    """Each too weak to be told by itself: a team colleague reads at half past eleven, of a neighbour."""
    case = scene.led[3]
    reader = _colleagues(case).order_by("name")[0]
    _lives(case, "8 Madeup Lane", "ZZ9 6MU", scene, now - 3 * DAY)
    by = actor_for(reader, now - 3 * DAY)
    give_own_details(reader, house="11 Madeup Lane", postcode="ZZ9 6MV", by=by, at=now - 3 * DAY)
    late = (now - DAY).replace(hour=23, minute=30)
    return [look(reader, "case", [case], late if late < now else late - DAY)]


def _many_times(scene: Scene) -> list[Look]:
    """A manager's colleague, again and again, and nothing written in the case."""
    case = scene.led[4]
    reader = _colleagues(case).order_by("-name")[0]
    first = scene.now - 7 * DAY
    return [look(reader, "case", [case], first + day * DAY + hour * HOUR) for day in range(6) for hour in range(4)]


def _colleagues(case: Case) -> Any:
    """Of the case's team, and not its worker: their looks are not work of their own."""
    return User.objects.filter(memberships__team=case.team, persona="").exclude(
        pk__in=[case.worker_id] if case.worker_id else []
    )


def _lives(case: Case, lines: str, postcode: str, scene: Scene, at: datetime) -> None:
    where: dict[str, Any] = {
        "lines": f"{lines}, Thamesbury",
        "postcode": postcode,
        "source": "The adult",
        "protected": False,
    }
    record_address(case, person=case.person, **where, **scene.by("manager", at))
