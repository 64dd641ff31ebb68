"""What the application's role may do, applied by `migrate` after every migration, by the owner of the tables.

The role owns nothing. It reads and writes rows; what was recorded it may only add to. It is granted nothing by
default: a table (or a new month of an append-only one) is out of reach until it is named here.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event as RowHistory
from psycopg import sql

APPEND_ONLY = ("events_event", "events_read", "events_readsubject")

# pgtrigger lets any session switch its triggers off by a setting; ours answers that none is ever switched off.
NO_SWITCH = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""

ROOT_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND {partition} c.relispartition
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


def apply_grants(connection: BaseDatabaseWrapper, role: str) -> None:
    """Close the switch-off of triggers, hand the role its rights, put the row policies in place. Repeatable."""
    with connection.cursor() as cursor:
        cursor.execute(NO_SWITCH)
        for statement in _statements(_names(cursor, "NOT"), _names(cursor, ""), role):
            cursor.execute(statement)
        for policy in _policies():
            cursor.execute(policy)


def append_only_tables() -> set[str]:
    """Tables that only grow: events, reads, and every row history."""
    histories = (model._meta.db_table for model in apps.get_models() if issubclass(model, RowHistory))
    return {*APPEND_ONLY, *histories}


def _names(cursor, partition: str) -> list[str]:  # type: ignore[no-untyped-def]  # Django's wrapper has no public type
    cursor.execute(ROOT_TABLES.format(partition=partition))
    return [name for (name,) in cursor.fetchall()]


def _statements(tables: list[str], partitions: list[str], role: str) -> Iterator[sql.Composed]:
    app = sql.Identifier(role)
    only_grow = append_only_tables()
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app)
    for table in [*tables, *partitions]:
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), app)
    for table in tables:
        rights = sql.SQL("SELECT, INSERT" if table in only_grow else "SELECT, INSERT, UPDATE, DELETE")
        yield sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), app)


def _policies() -> list[str]:
    if find_spec("haven.casework.access.policies") is None:
        return []
    return list(import_module("haven.casework.access.policies").POLICIES)
