"""The watch's turns: nothing missed however late it commits, nothing told twice; a watch that stands still says so."""

import time
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from haven.casework.cases.models import Case
from haven.casework.events.horizon import horizon_now, new_looks
from haven.casework.events.recording import record_read
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person
from haven.casework.watch.looking_out import LOCK, look_out, stands_still
from haven.casework.watch.models import Alert, Lookout, Sign
from haven.casework.watch.operations import decide_alert
from haven.casework.watch.settling import MOST_A_DAY
from haven.casework.watch.tests.looks import looked, seen_in, signs
from haven.lib.ids import uuid7
from haven.project.settings.databases import app_url
from haven.project.testing.people import TUESDAY, actor_of_user, make_case, make_user
from haven.project.watching import start_watching

HOUR = timedelta(hours=1)


@pytest.fixture
def samira(authority: Any) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))


def read_of(reader: Actor, *subjects: Any, route: str = "case") -> None:
    record_read(actor=reader, route=route, method="GET", subjects=[(each.read_kind, each.pk) for each in subjects])


def another_session(database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(psycopg.conninfo.make_conninfo(app_url(), dbname=database))


def insert_read(session: psycopg.Connection[Any], reader: Actor, *subjects: Any) -> None:
    read_id = uuid7()
    session.execute(
        "INSERT INTO events_read (id, actor_kind, actor_id, route, method) VALUES (%s, 'user', %s, 'case', 'GET')",
        [read_id, reader.id],
    )
    for subject in subjects:
        session.execute(
            "INSERT INTO events_readsubject (id, read_id, kind, subject_id) VALUES (%s, %s, %s, %s)",
            [uuid7(), read_id, subject.read_kind, subject.pk],
        )


# Nothing missed


def test_a_read_raises_its_alert_at_the_next_turn_and_no_turn_raises_it_again(
    own_database: str, case: Case, joan: Person, other_team_worker: Actor
) -> None:
    look_out(timezone.now())
    read_of(other_team_worker, case, joan)
    (alert,) = look_out(timezone.now())

    assert alert.read_id is not None
    assert [look_out(timezone.now()) for _ in range(3)] == [[], [], []]
    assert Alert.objects.count() == 1


def test_a_read_that_commits_after_later_reads_were_judged_is_not_missed(
    own_database: str, case: Case, joan: Person, priya: Actor, other_team_worker: Actor
) -> None:
    look_out(timezone.now())
    with another_session(own_database) as late:
        insert_read(late, other_team_worker, case, joan)
        for _ in range(3):
            read_of(priya, case, joan)
            assert look_out(timezone.now()) == []
        late.commit()

    assert len(look_out(timezone.now())) == 1


def test_a_look_is_new_until_the_horizon_lies_beyond_its_transaction(
    own_database: str, joan: Person, priya: Actor
) -> None:
    before = horizon_now()
    read_of(priya, joan)

    assert len(new_looks(before)) == 1
    assert new_looks(before + 1_000_000) == []


def test_only_one_watch_looks_at_a_time(own_database: str, case: Case, joan: Person, other_team_worker: Actor) -> None:
    look_out(timezone.now())
    read_of(other_team_worker, case, joan)
    with another_session(own_database) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert look_out(timezone.now()) == []

    assert len(look_out(timezone.now())) == 1


def test_a_turn_that_fails_leaves_no_trace_and_is_taken_again(
    own_database: str, case: Case, joan: Person, other_team_worker: Actor, monkeypatch: Any
) -> None:
    look_out(timezone.now())
    read_of(other_team_worker, case, joan)
    before = Lookout.objects.get().unread_from
    with monkeypatch.context() as broken:
        broken.setattr(Lookout.objects, "update_or_create", lambda **given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look_out(timezone.now())

    assert (Alert.objects.count(), Lookout.objects.get().unread_from) == (0, before)
    assert len(look_out(timezone.now())) == 1


def test_the_workers_thread_alerts_within_seconds(
    own_database: str, case: Case, joan: Person, other_team_worker: Actor
) -> None:
    ended = start_watching(every=0.2)
    try:
        _wait_for(lambda: Lookout.objects.exists())
        read_of(other_team_worker, case, joan)
        assert _wait_for(lambda: Alert.objects.exists())
    finally:
        ended.set()


def _wait_for(happened: Any, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(happened())


# A watch that stands still


def test_a_watch_that_has_not_looked_for_five_minutes_stands_still(db: None) -> None:
    now = timezone.now()
    assert stands_still(now) is not None
    look_out(now)

    assert stands_still(now + timedelta(minutes=5)) is None
    assert stands_still(now + timedelta(minutes=6)) == now


# One cause, one alert


def test_more_signs_join_the_alert_that_waits(case: Case, joan: Person, other_team_worker: Actor) -> None:
    (alert,) = seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY))
    night = looked(other_team_worker, "case", case, joan, at=TUESDAY.replace(hour=23))

    assert seen_in(night) == []
    assert {sign.rule for sign in alert.signs.all()} == {"no_relationship", "night"}


def test_what_the_guardian_found_explained_stays_quiet_for_three_months(
    case: Case, joan: Person, other_team_worker: Actor, samira: Actor
) -> None:
    (alert,) = seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY))
    decide_alert(alert, outcome="explained", reasons="She covered for Priya.", by=samira, at=TUESDAY + HOUR)

    assert seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY + 80 * 24 * HOUR)) == []
    assert len(seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY + 95 * 24 * HOUR))) == 1


def test_a_new_look_after_advice_is_a_new_alert_and_the_old_look_is_not(
    case: Case, joan: Person, other_team_worker: Actor, samira: Actor
) -> None:
    look = looked(other_team_worker, "case", case, joan, at=TUESDAY)
    (alert,) = seen_in(look)
    decide_alert(alert, outcome="advice", reasons="Not her work.", by=samira, at=TUESDAY + HOUR)

    assert seen_in(look) == []
    (again,) = seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY + 24 * HOUR))
    assert again.pk != alert.pk


def test_two_readers_and_two_people_are_four_causes(
    case: Case, joan: Person, kevin: Person, other_team_worker: Actor, authority: Any, teams: Any
) -> None:
    second = actor_of_user(make_user("Uma Dell", authority, "practitioner", team=teams.south))
    looks = [looked(who, "case", case, joan, at=TUESDAY) for who in (second, other_team_worker)]
    looks += [looked(who, "person", kevin, at=TUESDAY) for who in (second, other_team_worker)]

    assert len({(alert.reader_id, alert.person_id) for alert in seen_in(*looks)}) == 4


def test_a_spree_through_many_records_is_a_few_decisions_and_loses_none_of_them(
    authority: Any, teams: Any, other_team_worker: Actor, samira: Actor, sign_in: Any
) -> None:
    people = [add_person(at=TUESDAY, given_name=f"Ann {n}") for n in range(12)]
    cases = [make_case(authority, teams.north, person) for person in people]
    minute = timedelta(minutes=1)
    looks = [looked(other_team_worker, "case", c, c.person, at=TUESDAY + n * minute) for n, c in enumerate(cases)]
    alerts = seen_in(*looks)

    assert len(alerts) == MOST_A_DAY
    assert Sign.objects.filter(alert__in=alerts).values("about_id").distinct().count() == 12
    last = max(alerts, key=lambda alert: alert.pk)
    assert "So it was with 8 people that day." in sign_in(samira).get(f"/guardian/{last.pk}/").content.decode()
    assert seen_in(*looks) == []
    next_day = looked(other_team_worker, "case", cases[11], people[10], at=TUESDAY + 30 * HOUR)
    assert seen_in(next_day) == []


def test_an_alert_and_its_signs_carry_no_words(case: Case, joan: Person, other_team_worker: Actor) -> None:
    seen_in(looked(other_team_worker, "case", case, joan, at=TUESDAY.replace(hour=23)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(a::text, ' '), '') FROM watch_alert a")
        [told] = cursor.fetchone()

    assert signs()
    for word in ("Joan", "Whitlock", "Wren", case.reference):
        assert word not in told
    assert Sign.objects.filter(alert=None).count() == 0


# What the public looks at is none of the watch's


def test_looks_of_the_public_are_not_watched(own_database: str, case: Case, neighbour: Actor) -> None:
    look_out(timezone.now())
    read_of(neighbour, case, route="public-receipt")

    assert look_out(timezone.now()) == []
