"""The second wall by itself: what each reader's settings let through of every table, without the application's checks.

In every walled table there is a row of our open case, of a sealed and a restricted one of ours, and of another
authority's (`haven.project.testing.worlds`).
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.access.policies.tables import FREE, tables, walled
from haven.casework.operations.actor import Actor
from haven.project.testing.worlds import World, Worlds, make_worlds

OWNERS = {"drafts_draft", "watch_owndetail"}
"""Somebody's own alone, whatever they are about."""

JOBS = {"watch_searchedfor", "partners_partnercall"}
"""Shown to no page: what was looked for, which a job deletes; what a partner's system was answered."""

NOT_BY_CASE = OWNERS | JOBS

OF_THE_AUTHORITY = {
    "access_conflict": "the guardian decides about conflicts with people whom they may not look at",
    "watch_alert": "the guardian decides about alerts of cases that they may not open: ids and codes alone",
    "partners_senderday": "how many a partner says it sent: a number",
    "partners_sendergap": "numbers of a sender that did not come, and why: of no report",
    "measures_snapshot": "numbers, in which every case counts",
    "events_read": "that a colleague looked; at whom is in its subjects",
    "upkeep_continuitypack": "the desk's pack, in which no kept case stands; a keeper's own is that keeper's",
    "waiting_ageing": "how many have waited too long in a state: a number, of which pages show the reader's own",
    "upkeep_finding": "numbers, in which every case counts",
}
"""Tables whose rows show to the whole authority, because they say nothing of the case."""


@pytest.fixture
def worlds(authority: Authority, elsewhere: Authority) -> Worlds:
    return make_worlds(authority, elsewhere)


def seen(world: World) -> set[str]:
    """The tables in which the row of this world passes the wall, asked one by one."""
    found = set()
    with connection.cursor() as cursor:
        for table, model in walled().items():
            key = model._meta.pk.column
            cursor.execute(f'SELECT count(*) FROM {table} WHERE "{key}" = %s', [world.rows[table]])
            found |= {table} if cursor.fetchone()[0] else set()
    return found


def every_row() -> dict[str, set[Any]]:
    """The keys of every row that passes, table by table, through the models."""
    return {table: set(model._base_manager.values_list("pk", flat=True)) for table, model in walled().items()}


def test_every_table_has_a_row_of_each_world(worlds: Worlds) -> None:
    for world in (worlds.ours, worlds.sealed, worlds.restricted, worlds.theirs):
        assert seen(world) == set(walled())


def test_every_walled_table_is_walled_in_the_database_and_no_other(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies")
        with_policy = {table for (table,) in cursor.fetchall()}
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        switched_on = {table for (table,) in cursor.fetchall()}

    assert with_policy == switched_on == set(walled())
    assert set(FREE) <= set(tables())


READERS: dict[str, Callable[[Worlds], Actor]] = {
    "somebody on duty": lambda worlds: Actor("user", worlds.ours.worker.pk, "", frozenset({worlds.ours.authority.pk})),
    "somebody new": lambda worlds: Actor("user", None, "", frozenset({worlds.ours.authority.pk})),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_the_open_case_and_nothing_of_the_others(worlds: Worlds, reader: str) -> None:
    wall.open_for(READERS[reader](worlds))

    assert seen(worlds.ours) - NOT_BY_CASE == set(walled()) - NOT_BY_CASE
    assert seen(worlds.sealed) == set(OF_THE_AUTHORITY)
    assert seen(worlds.restricted) == set(OF_THE_AUTHORITY)
    assert seen(worlds.theirs) == set()


def test_no_queryset_gives_a_row_of_another_authority_or_of_a_kept_case(worlds: Worlds) -> None:
    kept = [(world, table, pk) for world in (worlds.sealed, worlds.restricted) for table, pk in world.rows.items()]
    kept = [(world, table, pk) for world, table, pk in kept if table not in OF_THE_AUTHORITY]
    kept += [(worlds.theirs, table, pk) for table, pk in worlds.theirs.rows.items()]
    wall.open_for(READERS["somebody new"](worlds))
    found = every_row()

    assert [(world.name, table) for world, table, pk in kept if pk in found[table]] == []
    assert {table for table, keys in found.items() if not keys} == NOT_BY_CASE


def test_the_worker_of_a_sealed_case_sees_all_of_it(worlds: Worlds) -> None:
    sealed = worlds.sealed
    wall.open_for(Actor("user", sealed.worker.pk, "", frozenset({sealed.authority.pk})))

    assert seen(sealed) == set(walled()) - JOBS
    assert seen(worlds.restricted) == set(OF_THE_AUTHORITY)


def test_somebody_in_a_relationship_to_a_sealed_case_sees_all_of_it(worlds: Worlds) -> None:
    sealed = worlds.sealed
    cases = frozenset({sealed.case.pk, sealed.linked.pk})
    wall.open_for(Actor("user", None, "", frozenset({sealed.authority.pk}), case_ids=cases))

    assert seen(sealed) - NOT_BY_CASE == set(walled()) - NOT_BY_CASE


def test_a_relationship_to_a_case_of_another_authority_opens_nothing(worlds: Worlds) -> None:
    theirs = worlds.theirs
    cases = frozenset({theirs.case.pk, theirs.linked.pk})
    wall.open_for(Actor("user", None, "", frozenset({worlds.ours.authority.pk}), case_ids=cases))

    assert seen(theirs) - {"people_person", "people_safecontact"} == set()


def test_somebody_in_conflict_with_the_adult_sees_nothing_of_the_case(worlds: Worlds) -> None:
    ours = worlds.ours
    conflict = frozenset({ours.person.pk})
    wall.open_for(Actor("user", ours.worker.pk, "", frozenset({ours.authority.pk}), conflict_ids=conflict))

    own = {"access_caserelationship", "contacts_contactconflict", *OWNERS}
    assert seen(ours) - own == set(OF_THE_AUTHORITY) - {"watch_alert"}


@pytest.mark.parametrize("how", ["closed", "unset", "outside", "public actor"])
def test_nobody_sees_anything_before_they_are_known(worlds: Worlds, how: str) -> None:
    if how == "outside":
        wall.open_outside(worlds.ours.authority.pk)
    elif how == "public actor":
        wall.open_for(Actor.public(worlds.ours.authority.pk))
    else:
        wall.close()

    for world in (worlds.ours, worlds.sealed, worlds.restricted, worlds.theirs):
        assert seen(world) == set()
    assert {table: len(keys) for table, keys in every_row().items() if keys} == {}


def test_somebody_outside_sees_the_report_whose_receipt_they_hold_and_no_other(worlds: Worlds) -> None:
    ours = worlds.ours
    wall.open_outside(ours.authority.pk)
    wall.hold(ours.contact.pk)

    assert {"contacts_contact", "contacts_referrer"} <= seen(ours)
    assert seen(ours) & {"cases_case", "people_person", "people_address", "adults_concern", "cases_casenote"} == set()
    for world in (worlds.sealed, worlds.restricted, worlds.theirs):
        assert seen(world) == set()


@pytest.mark.parametrize("shown", ["reference", "idempotency_key"])
def test_a_reference_or_a_key_names_one_report(worlds: Worlds, shown: str) -> None:
    wall.open_outside(worlds.ours.authority.pk)
    wall.name("", getattr(worlds.ours.contact, shown))

    assert set(apps.get_model("contacts", "Contact").objects.values_list("pk", flat=True)) == {worlds.ours.contact.pk}


def test_nothing_is_changed_or_deleted_that_is_not_seen(worlds: Worlds) -> None:
    wall.open_for(READERS["somebody new"](worlds))
    for world in (worlds.sealed, worlds.theirs):
        for table in ("cases_case", "people_person", "contacts_contact", "cases_casenote", "tasks_task"):
            for statement in ("UPDATE {} SET id = id WHERE id = %s", "DELETE FROM {} WHERE id = %s"):
                with connection.cursor() as cursor:
                    cursor.execute(statement.format(table), [world.rows[table]])
                    assert cursor.rowcount == 0
            assert walled()[table]._base_manager.select_for_update().filter(pk=world.rows[table]).first() is None


def test_nothing_is_added_while_the_wall_is_closed(worlds: Worlds) -> None:
    log = {"events_event", "events_read", "events_readsubject", "watch_searchedfor"}
    wall.close()
    refused = {table for table, row in worlds.ours.made.items() if is_refused(row)}

    assert refused == set(walled()) - log


def is_refused(row: Any) -> bool:
    """The database refuses to add such a row, because of its policy."""
    with connection.cursor() as cursor:
        values = {one.column: getattr(row, one.attname) for one in row._meta.concrete_fields}
        table, columns = row._meta.db_table, ", ".join(f'"{column}"' for column in values)
        try:
            with transaction.atomic():
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, "
                    "%s::jsonb)", [json.dumps(values, default=as_text)],
                )  # fmt: skip
        except DatabaseError as refusal:
            return "row-level security" in str(refusal)
    return False


def as_text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def test_a_row_cannot_be_moved_to_another_authority(worlds: Worlds) -> None:
    wall.open_for(READERS["somebody new"](worlds))
    task = apps.get_model("tasks", "Task").objects.filter(pk=worlds.ours.rows["tasks_task"])

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        task.update(authority=worlds.theirs.authority)


def test_what_is_lifted_for_some_lines_is_back_afterwards(worlds: Worlds) -> None:
    wall.open_for(READERS["somebody new"](worlds))
    cases = apps.get_model("cases", "Case").objects
    before = set(cases.values_list("pk", flat=True))
    with wall.lifted("a test"):
        assert worlds.sealed.case.pk in cases.values_list("pk", flat=True)
        assert worlds.theirs.case.pk not in cases.values_list("pk", flat=True)

    assert set(cases.values_list("pk", flat=True)) == before == {worlds.ours.case.pk, worlds.ours.linked.pk}


def test_lifting_says_why_and_survives_a_refusal_inside(worlds: Worlds) -> None:
    wall.open_for(READERS["somebody new"](worlds))
    with pytest.raises(ValueError, match="why"), wall.lifted(" "):
        pass
    with pytest.raises(DatabaseError), transaction.atomic(), wall.lifted("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")

    assert not apps.get_model("cases", "Case").objects.filter(pk=worlds.sealed.case.pk).exists()
