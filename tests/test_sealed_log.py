"""Whatever a superuser changes in the sealed log is found and named, and nothing else is (TR-42)."""

import json
import random
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from haven.casework.access import wall
from haven.casework.events.erasing import NotForErasing, erase_history
from haven.casework.events.heads import Head
from haven.casework.events.keeping import Machine
from haven.casework.events.models import Verification
from haven.casework.events.sealer import seal
from haven.casework.events.tables import history_tables, sealed_names
from haven.casework.events.verifying import as_answer, verify
from haven.pathways.adults.year.staff import staff_for
from haven.project import private_database
from haven.project.bench.audit.filling import address, fill, record_and_seal
from haven.project.bench.audit.load import under_load
from haven.project.bench.audit.mutating import Superuser
from haven.project.bench.audit.proving import copy_everything, prove, put_back, superuser
from haven.project.bench.audit.speed import time_sealing, time_verifying
from haven.project.bench.database import seed_into
from haven.project.bench.life import loaded
from haven.project.grants import append_only_tables
from haven.project.testing.people import FRIDAY

SEED = 20_260_401


def sealed_head() -> Head:
    head = seal(even_if_quiet=True)
    assert head is not None
    return head


def asked(command: str, *arguments: str) -> Any:
    """What a command of script/haven answers as JSON, and the code it ends with."""
    said, code = StringIO(), 0
    try:
        call_command(command, *arguments, stdout=said, stderr=StringIO())
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(said.getvalue()), code


def found() -> set[tuple[str, str, str]]:
    return {(fault["table"], fault["id"], fault["kind"]) for fault in verify().faults}


@pytest.fixture
def by(modules_database: str) -> Iterator[Superuser]:
    """The superuser, at a log of some heads over every sealed table, which is put back afterwards."""
    with superuser(random.Random(SEED)) as session:
        if seal() is not None:
            record_and_seal(heads=3, rows=4)
            copy_everything(session)
        yield session
        put_back(session)


def test_every_table_that_only_grows_is_sealed_but_the_heads_own() -> None:
    names, code = asked("tables", "--json")

    assert code == 0
    assert set(names) | {"events_seal", "events_sealleaves"} == append_only_tables()
    assert set(names) == set(sealed_names())
    assert {"events_event", "events_read", "events_readsubject", *history_tables()} <= set(names)


@pytest.mark.usefixtures("own_database")
def test_every_change_by_the_superuser_is_caught_and_named_and_nothing_else_is() -> None:
    tallies = prove(50, SEED, heads=8, rows=5)

    assert sum(one.tried for one in tallies.values()) == 50
    assert {name: one.missed for name, one in tallies.items() if one.missed or one.located < one.tried} == {}


def test_writers_that_roll_back_leave_gaps_and_commit_late_raise_no_alarm(own_database: str) -> None:
    load = under_load(own_database, writers=3, seconds=8, every=1, seed=SEED, late=6)

    assert load.committed
    assert load.rolled_back
    assert load.verified > 3
    assert load.alarms == []
    assert load.unsealed == 0
    assert max(load.seconds_to_seal) < 10


OF_A_MONTH = "SELECT tableoid::regclass::text FROM events_event LIMIT 1"

HOLDING = [
    ("ALTER TABLE {month} DISABLE TRIGGER events_are_only_added", "{month}", "events_are_only_added"),
    ("ALTER TABLE events_event DISABLE TRIGGER events_are_only_added", "events_event", "events_are_only_added"),
    ("DROP TRIGGER events_are_not_emptied ON events_seal", "events_seal", "events_are_not_emptied"),
    ("CREATE OR REPLACE FUNCTION events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
     "pg_proc", "events_are_only_added"),
    ("ALTER TABLE cases_casenote DISABLE TRIGGER USER", "cases_casenote", "pgtrigger_"),
    ("DROP TABLE events_read_default", "events_read", "events_read_default"),
    ("ALTER TABLE events_readsubject DETACH PARTITION events_readsubject_default; ALTER TABLE events_readsubject "
     "ATTACH PARTITION events_readsubject_default FOR VALUES FROM ('1990-01-01') TO ('1991-01-01')",
     "events_readsubject", "events_readsubject_default"),
    ("ALTER TABLE events_event DETACH PARTITION {month}; INSERT INTO events_event SELECT * FROM {month}",
     "events_event", "{month}"),
    ("ALTER TABLE events_event DROP COLUMN codes", "events_event", "codes"),
    ("DROP TABLE cases_casenoteevent", "cases_casenoteevent", ""),
]  # fmt: skip
"""What a superuser may do to what holds the rows, one thing after another, and the table and name it is found by."""


def test_what_holds_the_rows_cannot_be_changed_unseen(own_database: str) -> None:
    record_and_seal(heads=2, rows=3)
    with superuser(random.Random(SEED)) as by:
        month = by.session.execute(OF_A_MONTH).fetchone()[0]
        for statement, table, name in HOLDING:
            known = found()
            by.session.execute(statement.replace("{month}", month))
            new = [(of, pk) for of, pk, _ in found() - known if of == table.replace("{month}", month)]

            assert any(pk.startswith(name.replace("{month}", month)) for _, pk in new), statement


def test_rows_gone_with_their_partition_are_each_named_and_a_new_column_harms_nothing(own_database: str) -> None:
    record_and_seal(heads=2, rows=3)
    with superuser(random.Random(SEED)) as by:
        by.session.execute("ALTER TABLE events_event ADD COLUMN colour text")
        fill(by.session, "events_event", 2)
        sealed_head()
        assert found() == set()

        recoloured = by.session.execute("UPDATE events_event SET colour = 'red' WHERE colour > '' RETURNING id::text")
        assert found() == {("events_event", pk, "edited") for (pk,) in recoloured.fetchall()}

        month = by.session.execute(OF_A_MONTH).fetchone()[0]
        ids = [pk for (pk,) in by.session.execute(f"SELECT id::text FROM {month}").fetchall()]
        by.session.execute(f"DROP TABLE {month}")

        assert {("events_event", pk, "deleted") for pk in ids} <= found()


def test_a_row_at_another_place_of_the_log_and_what_stands_on_another_row_are_called_reordered(by: Superuser) -> None:
    first, last, other = (
        pk for (pk,) in by.session.execute("SELECT id::text FROM events_readsubject ORDER BY written_in LIMIT 3")
    )
    by.session.execute(SWAP, {"first": first, "last": last})
    assert found() == {("events_readsubject", pk, "reordered") for pk in (first, last)}
    put_back(by)

    newest = by.session.execute("SELECT max(written_in::text::bigint)::text FROM events_readsubject").fetchone()[0]
    by.session.execute("UPDATE events_readsubject SET written_in = %s::xid8 WHERE id = %s", [newest, other])

    assert {pk for _, pk, _ in found()} == {other}


SWAP = """
UPDATE events_readsubject a SET (recorded_at, read_id, kind, subject_id, written_in) = (
    SELECT recorded_at, read_id, kind, subject_id, written_in FROM events_readsubject b
    WHERE b.id::text = CASE a.id::text WHEN %(first)s THEN %(last)s ELSE %(first)s END)
WHERE a.id::text IN (%(first)s, %(last)s)
"""


def test_the_erasing_role_does_nothing_but_erase_and_nobody_else_does(by: Superuser) -> None:
    table = "cases_casenoteevent"
    asked_for = ("SELECT events_erase_history(%s, %s)", [table, ["1"]])
    with psycopg.connect(address(), autocommit=True) as application:
        assert is_refused(application, *asked_for)
        assert is_refused(application, f"DELETE FROM {table}")
    with psycopg.connect(private_database.url(private_database.ERASURE, database()), autocommit=True) as eraser:
        for statement in (
            f"DELETE FROM {table}", f"SELECT * FROM {table}", f"UPDATE {table} SET words = ''", f"TRUNCATE {table}",
            "SELECT * FROM events_event", "DELETE FROM events_event", "INSERT INTO events_read DEFAULT VALUES",
            "SELECT * FROM people_person", "SET ROLE haven_owner", "SET ROLE haven_app",
        ):  # fmt: skip
            assert is_refused(eraser, statement), statement
        with pytest.raises(psycopg.errors.RaiseException, match="only a row history"):
            eraser.execute("SELECT events_erase_history('events_event', %s)", [["1"]])


def is_refused(session: Any, statement: str, values: Any = None) -> bool:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(statement, values)
    return True


def database() -> str:
    return str(connection.get_connection_params()["dbname"])


def test_a_history_row_erased_by_an_operation_is_told_as_erased_and_one_deleted_is_a_fault(by: Superuser) -> None:
    table = "cases_casenoteevent"
    ids = [pk for (pk,) in by.session.execute(f"SELECT pgh_id FROM {table} ORDER BY 1 LIMIT 3").fetchall()]

    erase_history(table, ids[:2], subject=Verification(), by=Machine(), at=FRIDAY)
    by.session.execute(f"DELETE FROM {table} WHERE pgh_id = %s", [ids[2]])
    answer = as_answer(verify())

    left = by.session.execute(f"SELECT pgh_id FROM {table} WHERE pgh_id = ANY(%s)", [ids]).fetchall()
    assert left == []
    [codes] = by.session.execute("SELECT codes FROM events_event WHERE type = 'events.history_erased'").fetchone()
    assert codes == {"history": table, "ids": sorted(str(pk) for pk in ids[:2]), "rows": 2}
    assert answer["erased"] == 2
    assert answer["faults"] == [{"table": table, "id": str(ids[2]), "kind": "deleted"}]


def test_what_is_not_erased_is_not_said_to_be(by: Superuser) -> None:
    before = by.session.execute("SELECT count(*) FROM events_event").fetchone()

    with pytest.raises(psycopg.errors.RaiseException, match="only a row history"):
        erase_history("cases_case", [1], subject=Verification(), by=Machine(), at=FRIDAY)

    assert by.session.execute("SELECT count(*) FROM events_event").fetchone() == before


def test_a_process_without_the_erasing_role_erases_nothing(settings: Any) -> None:
    settings.DATABASE_ERASURE_URL = ""

    with pytest.raises(NotForErasing, match="DATABASE_ERASURE_URL"):
        erase_history("cases_casenoteevent", [1], subject=Verification(), by=Machine(), at=FRIDAY)


def test_an_event_cannot_be_erased_by_an_event_that_says_so(by: Superuser) -> None:
    pk = by.session.execute("SELECT id::text FROM events_event LIMIT 1").fetchone()[0]
    by.session.execute("DELETE FROM events_event WHERE id = %s", [pk])
    with psycopg.connect(address(), autocommit=True) as session:
        session.execute(
            "INSERT INTO events_event (id, at, type, actor_kind, subject_kind, codes) "
            "VALUES (gen_random_uuid(), now(), 'events.history_erased', 'job', 'x', %s)",
            [json.dumps({"history": "events_event", "ids": [pk], "rows": 1})],
        )

    assert found() == {("events_event", pk, "deleted")}


def test_a_row_dated_back_stays_named_after_it_was_sealed(by: Superuser) -> None:
    pk = by.session.execute(
        "INSERT INTO events_event (id, recorded_at, at, type, actor_kind, subject_kind) "
        "VALUES (gen_random_uuid(), now() - interval '1 hour', now(), 'x', 'job', 'x') RETURNING id::text"
    ).fetchone()[0]
    assert found() == {("events_event", pk, "inserted")}

    assert sealed_head().doubts == [["events_event", pk]]

    assert found() == {("events_event", pk, "inserted")}


def test_the_commands_print_a_head_and_answer_with_0_or_1(by: Superuser, tmp_path: Path) -> None:
    head, code = asked("audit_head")
    assert code == 0
    assert set(head) == {"sequence", "hash", "signature", "public_key", "counts", "sealed_at"}
    kept = tmp_path / "head.json"
    kept.write_text(json.dumps(head))

    answer, code = asked("verify_audit", "--json", "--head", str(kept))
    assert (answer["ok"], answer["faults"], answer["erased"], code) == (True, [], 0, 0)
    assert answer["events"] == head["counts"]["events_event"]

    by.session.execute("DELETE FROM events_sealleaves WHERE seal = %s", [head["sequence"]])
    by.session.execute("DELETE FROM events_seal WHERE id = %s", [head["sequence"]])
    assert asked("verify_audit", "--json")[1] == 0
    answer, code = asked("verify_audit", "--json", "--head", str(kept))

    assert code == 1
    assert answer["faults"] == [{"table": "events_seal", "id": str(head["sequence"]), "kind": "cut"}]


@pytest.mark.usefixtures("modules_database")
def test_a_head_or_a_key_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("not a head")
    for command, option in (("verify_audit", "--head"), ("audit_head", "--next")):
        with pytest.raises(CommandError):
            call_command(command, option, str(tmp_path / "words"))
        with pytest.raises(CommandError):
            call_command(command, option, str(tmp_path / "missing"))


def test_what_is_seeded_in_bulk_and_what_a_year_loads_can_be_sealed_and_verified(own_database: str, db: None) -> None:
    sealed_head()
    seed_into(own_database, cases=120, seed=5)
    seeded = sealed_head().counts["events_event"]
    with transaction.atomic():
        wall.open_to_all("measuring over synthetic people")
        staff = staff_for("benchmere", "Benchmere Council", concerns=100, from_on=date(2015, 1, 1), at=FRIDAY)
    loaded(staff, FRIDAY)
    head = sealed_head()

    answer = as_answer(verify(head.printed()))
    assert answer["faults"] == []
    assert answer["events"] == head.counts["events_event"] > seeded + 10 > 1_000


def test_memory_does_not_grow_with_the_log(own_database: str) -> None:
    """The full measurement, of a million, is script/bench audit."""
    time_sealing(2_000, 2)
    said, small = time_verifying(own_database)
    assert said["ok"]
    time_sealing(24_000, 2)
    said, large = time_verifying(own_database)

    assert said["ok"]
    assert said["events"] == 26_000
    assert large - small < 25, f"{small:.0f} MB, then {large:.0f} MB"
    assert said["seconds"] < 10
