"""A statement compiled once and run many times: for one that costs more to build than to run.

    FACTS = Compiled(lambda pk, authorities: Person.objects.filter(pk=pk).values_list(…, authority_id__in=authorities))
    row = FACTS.row(person.pk, tuple(actor.authority_ids))

What is given is a UUID, a day, or a tuple of UUIDs; the statement is compiled for each length of the tuples. Each row's
columns come back as the database gave them, JSON as Python's own.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Given = UUID | date | tuple[UUID, ...]
MARK = 0xF0000000_0000_8000_8000_000000000000
"""Stand-ins are UUIDs counted from here, and days counted from the year 1: no record has either."""


class Compiled:
    """One statement, as `build` makes it from stand-ins for what will be given."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.made: dict[tuple[int, ...], tuple[str, tuple[Any, ...]]] = {}

    def row(self, *given: Given) -> list[Any]:
        """The first row; every array of JSON in it as a list of dictionaries."""
        marks = stand_ins(given)
        shape = tuple(len(each) if isinstance(each, tuple) else -1 for each in given)
        if shape not in self.made:
            self.made[shape] = self.build(*marks).query.sql_with_params()
        sql, params = self.made[shape]
        real = dict(zip(flat(marks), flat(given), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [real.get(p, p) if isinstance(p, (UUID, date)) else p for p in params])
            return [_read(column) for column in cursor.fetchone() or ()]


def stand_ins(given: tuple[Given, ...]) -> tuple[Given, ...]:
    """A value of the same kind for each given, unlike any other."""
    made: list[Given] = []
    for number, each in enumerate(given, start=1):
        if isinstance(each, tuple):
            made.append(tuple(UUID(int=MARK + number * 1000 + place) for place in range(len(each))))
        elif isinstance(each, UUID):
            made.append(UUID(int=MARK + number * 1000))
        else:
            made.append(date(1, 1, number))
    return tuple(made)


def flat(given: tuple[Given, ...]) -> list[UUID | date]:
    """Everything given, one after the other."""
    return [one for each in given for one in (each if isinstance(each, tuple) else (each,))]


def _read(column: Any) -> Any:
    if isinstance(column, list):
        return [json.loads(each) if isinstance(each, str) else each for each in column]
    return column
