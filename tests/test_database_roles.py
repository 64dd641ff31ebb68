"""The application's role adds to what was recorded, and changes none of it."""

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import Error, ProgrammingError, connection, transaction

from haven.casework.cases.models import CaseNote
from haven.project.grants import append_only_tables
from haven.project.testing.people import FRIDAY

RECORDED = ["events_event", "events_read", "events_readsubject"]
EVERY_TRIGGER_IGNORED = """
SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'
"""


def run(statement: str) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def is_refused(statement: str) -> bool:
    with pytest.raises(ProgrammingError) as refusal:
        run(statement)
    return isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_tests_run_as_the_application(db):
    assert run("SELECT current_user") == [(settings.DATABASE_APP_ROLE,)]


def test_the_application_owns_nothing(db):
    owned = "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"

    assert run(owned) == []


def test_the_application_is_no_superuser_and_passes_no_policy(db):
    powers = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"

    assert run(powers) == [(False, False, False, False)]


@pytest.mark.parametrize("table", RECORDED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_what_was_recorded_cannot_be_changed(db, table, statement):
    assert is_refused(statement.format(table))


@pytest.mark.parametrize("table", RECORDED)
def test_what_was_recorded_can_be_read(db, table):
    assert run(f"SELECT count(*) FROM {table}")


def test_every_row_history_only_grows(db):
    for table in append_only_tables():
        rights = "SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = current_user"
        assert set(run(f"{rights} AND table_name = '{table}'")) == {("SELECT",), ("INSERT",)}, table


def test_no_table_can_be_emptied_at_a_stroke(db):
    assert run("SELECT table_name FROM information_schema.role_table_grants WHERE privilege_type = 'TRUNCATE'") == []


def test_the_months_of_what_was_recorded_are_reached_only_through_their_table(db):
    months = "SELECT oid::regclass::text FROM pg_class WHERE relispartition AND relkind = 'r'"

    assert run(months)
    for (month,) in run(months):
        assert run(f"SELECT has_table_privilege('{month}', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')") == [(False,)]


def test_the_triggers_cannot_be_switched_off(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{anything}', true)")
        cursor.execute("SELECT public._pgtrigger_should_ignore('anything')")
        assert cursor.fetchone() == (False,)


def test_the_switch_itself_cannot_be_put_back(db):
    with pytest.raises(Error):
        run(
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
            "LANGUAGE sql AS 'SELECT true'"
        )


def test_a_test_with_its_own_database_commits_and_leaves_nothing(own_database):
    assert run("SELECT current_database()") == [(own_database,)]
    assert run("SELECT current_user") == [(settings.DATABASE_APP_ROLE,)]


def test_row_history_is_kept_though_a_session_asks_that_it_is_not(case, priya):
    note = CaseNote.objects.create(
        case=case, author_id=priya.id, how="visit", happened_at=FRIDAY, recorded_at=FRIDAY, words="x", standing="fact"
    )
    history = next(model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) is CaseNote)
    run(EVERY_TRIGGER_IGNORED)
    CaseNote.objects.filter(pk=note.pk).update(words="y")

    assert list(history.objects.filter(id=note.pk).values_list("words", flat=True)) == ["x"]
