"""What the bench measures keeps to its limits in a small database too: statements do not depend on the machine."""

import pytest
from django.db import connection

from haven.project.bench.counting import save_years, time_figures
from haven.project.bench.database import At, as_owner, seed_into
from haven.project.bench.life import time_lives
from haven.project.bench.pages import MOST_STATEMENTS, PAGES, time_pages
from haven.project.bench.timing import Timing, table
from haven.project.bench.trust import SHOWING, WAYS, time_trust

MOST_IN_A_LIFE = 100
"""Statements of one concern's life loaded as one transaction: what keeps a year of a thousand at about a minute."""


def test_every_page_that_is_measured_answers_and_keeps_to_fifteen_statements(own_database: str, db: None) -> None:
    seed_into(own_database, cases=200, seed=5)
    save_years()

    at = At(own_database)
    timings = time_pages({200: at}, 6, seed=5)[200]
    at.end()

    assert [timing.name for timing in timings] == list(PAGES)
    assert {one.name: one.statements for one in timings if one.statements > MOST_STATEMENTS} == {}
    assert time_figures(200).seconds < 5


def test_a_page_is_measured_with_and_without_the_wall_and_the_record_of_reads(own_database: str, db: None) -> None:
    seed_into(own_database, cases=200, seed=5)
    save_years()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_read")
        before = cursor.fetchone()[0]

    at = At(own_database)
    with as_owner(at) as owner:
        timings = time_trust(at, owner, 6, seed=5)
    at.end()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_read")
        written = cursor.fetchone()[0] - before
    of_people = 6 * len([name for name in SHOWING if name != "figures"])
    assert 2 * of_people <= written < 4 * of_people, "two of the four ways write, besides what warms them"
    assert {way: [one.n for one in each] for way, each in timings.items()} == {way: [6] * len(SHOWING) for way in WAYS}
    for place, name in enumerate(SHOWING):
        assert timings["both"][place].statements == timings["wall"][place].statements, name


def test_a_concerns_life_takes_no_more_statements_than_a_year_can_bear(own_database: str, db: None) -> None:
    loaded, lived = time_lives(2)

    assert loaded.statements <= MOST_IN_A_LIFE
    assert loaded.statements < lived.statements


@pytest.mark.parametrize(("times", "p50", "p95"), [([5.0], 5, 5), ([4.0, 1.0, 3.0, 2.0], 2.5, 4)])
def test_half_and_nineteen_in_twenty_of_some_times(times: list[float], p50: float, p95: float) -> None:
    timing = Timing("a page", times)

    assert (timing.p50, timing.p95) == (p50, p95)


def test_a_table_lines_its_numbers_up() -> None:
    drawn = table(["page", "ms"], [["home", "5"], ["duty desk", "120"]])

    assert drawn.split("\n") == ["page        ms", "---------  ---", "home         5", "duty desk  120"]
