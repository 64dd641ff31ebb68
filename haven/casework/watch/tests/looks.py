"""Looks for tests, written as Haven writes them, at a moment the test chooses."""

from datetime import datetime
from typing import Any

from django.db import connection

from haven.casework.events.looking import Look, these_looks
from haven.casework.operations.actor import Actor
from haven.casework.watch.looking_out import judge
from haven.casework.watch.models import Alert, Sign
from haven.lib.ids import uuid7


def looked(reader: Actor, route: str, *subjects: Any, at: datetime, reason: str = "") -> Look:
    """This reader opened the page of this name, which showed these records, the first being what it is about."""
    read_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_read (id, recorded_at, actor_kind, actor_id, route, method, reason)"
            " VALUES (%s, %s, %s, %s, %s, 'GET', %s)",
            [read_id, at, reader.kind, reader.id, route, reason],
        )
        for subject in subjects:
            cursor.execute(
                "INSERT INTO events_readsubject (id, recorded_at, read_id, kind, subject_id)"
                " VALUES (%s, %s, %s, %s, %s)",
                [uuid7(), at, read_id, subject.read_kind, subject.pk],
            )
    return these_looks([read_id])[0]


def seen_in(*looks: Look) -> list[Alert]:
    """What the watch makes of these looks, judged a few seconds after the last."""
    return judge(list(looks), max(look.at for look in looks))


def signs() -> list[tuple[str, int]]:
    """Every sign kept so far: rule and weight."""
    return sorted(Sign.objects.values_list("rule", "weight"))
