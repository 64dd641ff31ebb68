"""One turn of the watch: read what is new, ask the rules, keep the signs, raise alerts, move the mark. One transaction.

A turn that dies leaves no trace and is taken again; a turn that reads a look twice changes nothing by it (`settling`).
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from haven.casework.access import wall
from haven.casework.events.horizon import horizon_now, new_looks
from haven.casework.events.looking import Look, with_subjects
from haven.casework.watch.models import Alert, Lookout
from haven.casework.watch.scene import scene_of
from haven.casework.watch.settling import settle
from haven.casework.watch.signs import signs_in

AT_ONCE = 500
"""Looks judged together; more come one group after another, so that catching up takes no more memory."""

LOCK = 727_001
"""Of PostgreSQL's advisory locks: one watch at a time, however many workers run."""

STANDS_STILL = timedelta(minutes=5)
"""Longer than this without a turn and the pages say that the watch stands still."""


def look_out(at: datetime) -> list[Alert]:
    """Take one turn; the alerts it raised. Nothing where another worker is at it."""
    with transaction.atomic():
        wall.open_to_all("the watch looks over every authority's looks")
        if not _alone():
            return []
        after = horizon_now()
        before = Lookout.objects.values_list("unread_from", flat=True).first()
        looks = new_looks(before) if before is not None else []
        raised = [alert for group in _grouped(looks) for alert in judge(group, at)]
        Lookout.objects.update_or_create(id=1, defaults={"ran_at": at, "unread_from": after})
        return raised


def judge(looks: list[Look], at: datetime) -> list[Alert]:
    """What these looks lead to; only those of people signed in are asked about."""
    of_users = [look for look in with_subjects(looks) if look.actor_kind == "user" and look.subjects]
    if not of_users:
        return []
    scene = scene_of(of_users, at)
    return settle(scene, signs_in(scene), at)


def stands_still(at: datetime) -> datetime | None:
    """When the watch last looked, where that is too long ago; None while it looks. Never yet is long ago too."""
    return silent_since(Lookout.objects.values_list("ran_at", flat=True).first(), at)


def silent_since(ran_at: datetime | None, at: datetime) -> datetime | None:
    """The same, for a page that knows already when the watch last looked (None: never)."""
    if ran_at is None:
        return datetime.min.replace(tzinfo=at.tzinfo)
    return ran_at if at - ran_at > STANDS_STILL else None


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _grouped(looks: list[Look]) -> list[list[Look]]:
    return [looks[start : start + AT_ONCE] for start in range(0, len(looks), AT_ONCE)]
