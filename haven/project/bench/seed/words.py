"""Names, stories and due days, put into tables of this session for SQL to draw from."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection

from haven.casework.clocks.due import Desk, due_moment
from haven.lib.calendar import LONDON, day_of, england
from haven.lib.text import normalise
from haven.pathways.adults.timescales import (
    ADULT_SPOKEN_TO,
    ALLOCATE_CONCERN,
    DECIDE_CONCERN,
    ENQUIRY,
    FEEDBACK,
    FIRST_REPLY,
    PLAN_REVIEW,
)
from haven.pathways.adults.year import names, narrative
from haven.project.bench.seed.size import Size

TABLES = """
CREATE TEMP TABLE seed_name (
    i int PRIMARY KEY, given text, family text, gender text, ethnicity text, language text, search text
) ON COMMIT DROP;
CREATE TEMP TABLE seed_story (harm text, woman boolean, i int, story text, wish text, PRIMARY KEY (harm, woman,
    i)) ON COMMIT DROP;
CREATE TEMP TABLE seed_due (rule text, day date, late boolean, due_at timestamptz, PRIMARY KEY (rule, day,
    late)) ON COMMIT DROP;
"""
NAMES = 20_000
ONSETS = (
    "Ash Bar Cal Dor El Fen Gar Hal Is Jar Kel Lan Mor Nor Os Pen Quil Ren Sal Tor Ul Ver Wes Yar Zel Ade Bol Chi "
    "Dia Eze Fol Ige Jib Kam Lum Mba Nwa Oko Sow Tun Abd Bas Dal Far Hus Kar Mal Nas Rah Sha"
).split()
MIDDLES = "a e i o u ara eli ino ula".split()
ENDINGS = (
    "ford ley ton well combe wick stead mere ski wicz ova enko escu idis akis ian zadeh oglu wala kar pur shvili "
    "sen ez inho ada ogun uche mba dze thi nh"
).split()
"""Parts of family names that nobody has: as varied as a county's, so that a search finds as few as it would there."""
STORIES = 6
"""Of each kind of harm; where there are fewer they come again."""
RULES = (DECIDE_CONCERN, ADULT_SPOKEN_TO, FIRST_REPLY, ALLOCATE_CONCERN, ENQUIRY, FEEDBACK, PLAN_REVIEW)


def make_words(size: Size) -> None:
    """Fill the tables: 20,000 names of several peoples, stories by kind of harm, and when each clock would be due."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        _copy(cursor, "seed_name", _names(Random(size.seed)))
        _copy(cursor, "seed_story", _stories())
        _copy(cursor, "seed_due", _dues(size))
        cursor.execute("ANALYZE seed_name; ANALYZE seed_story; ANALYZE seed_due")


def _copy(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _names(rng: Random) -> list[tuple[Any, ...]]:
    rows = []
    for i in range(NAMES):
        woman = i % 5 < 3
        name = names.name(rng, woman=woman)
        family = name.family if i % 5 == 0 else "".join(map(rng.choice, (ONSETS, MIDDLES, ENDINGS)))
        gender, search = "female" if woman else "male", normalise(f"{name.given} {family}")
        rows.append((i, name.given, family, gender, name.ethnicity, name.language, search))
    return rows


def _stories() -> list[tuple[Any, ...]]:
    """The stories with `{name}` left to be filled in."""
    rows = []
    for harm, stories in narrative.STORIES.items():
        for woman in (True, False):
            teller = narrative.Teller(Random(0), "{name}", woman)
            wishes = narrative.WANTED[harm]
            for i in range(STORIES):
                rows.append((harm, woman, i, teller.fill(stories[i % len(stories)]), wishes[i % len(wishes)]))
    return rows


def _dues(size: Size) -> list[tuple[Any, ...]]:
    """For each rule and day, the due moment of what starts at noon, and of what starts after the desk has closed."""
    rows, desk, calendar = [], Desk(), england()
    day, last = day_of(size.starts_at) - timedelta(days=2), day_of(size.now) + timedelta(days=2)
    while day <= last:
        for late in (False, True):
            start = datetime.combine(day, time(18 if late else 12), tzinfo=LONDON).astimezone(UTC)
            for rule in RULES:
                rows.append((rule.code, day, late, due_moment(rule, start, rule.amount, calendar, desk)))
        day += timedelta(days=1)
    return rows
