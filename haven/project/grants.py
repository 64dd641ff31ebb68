"""What the application's role may do, applied by `migrate` after every migration, by the owner of the tables.

The role owns nothing. It reads and writes rows; what was recorded it may only add to. It is granted nothing by
default: a table (or a new month of an append-only one) is out of reach until it is named here.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from haven.casework.access import policies
from haven.casework.events.tables import RECORDED, history_tables
from haven.project import private_database

ERASURE = private_database.ERASURE
"""The role that alone deletes rows of a history, through the function that `erase_history` calls."""
ERASES = (
    "USAGE ON SCHEMA public",
    "INSERT ON events_event",
    "EXECUTE ON FUNCTION events_erase_history(text, text[])",
)
"""All that it may: say in the log what it erases, and erase it. It reads nothing."""
ERASING = """
SELECT FROM pg_roles WHERE rolname = %s AND to_regprocedure('events_erase_history(text, text[])') IS NOT NULL
"""
EXTENSIONS = ("pg_trgm", "btree_gin", "fuzzystrmatch", "unaccent")

# pgtrigger lets any session switch its triggers off by a setting; ours answers that none is ever switched off.
NO_SWITCH = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""

TABLES = """
SELECT c.relname, c.relispartition FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname
"""


def make_extensions(connection: BaseDatabaseWrapper) -> None:
    """Make the extensions that searching needs. PostgreSQL trusts a database's owner with these."""
    with connection.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


def apply_grants(connection: BaseDatabaseWrapper, role: str) -> None:
    """Close the switch-off of triggers and hand the role its rights. Repeatable."""
    with connection.cursor() as cursor:
        cursor.execute(NO_SWITCH)
        cursor.execute(TABLES)
        tables = dict(cursor.fetchall())
        for statement in _statements(tables, role):
            cursor.execute(statement)
        cursor.execute(ERASING, [ERASURE])
        if cursor.fetchone() is not None:
            for right in ERASES:
                cursor.execute(f"GRANT {right} TO {ERASURE}")


def apply_policies(connection: BaseDatabaseWrapper, role: str) -> None:
    """Put the second wall in place, and hand the role what its policies ask. Repeatable."""
    with connection.cursor() as cursor:
        for statement in policies.statements(role):
            cursor.execute(statement)


def append_only_tables() -> set[str]:
    """Tables that only grow: events, reads, every row history, and the signed heads of them all."""
    return {*RECORDED, *history_tables()}


def _statements(tables: dict[str, bool], role: str) -> Iterator[sql.Composed]:
    """The rights of the role on each table, told whether it is one month of another."""
    app = sql.Identifier(role)
    only_grow = append_only_tables()
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app)
    for table, is_month in tables.items():
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), app)
        if not is_month:
            rights = sql.SQL("SELECT, INSERT" if table in only_grow else "SELECT, INSERT, UPDATE, DELETE")
            yield sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), app)
