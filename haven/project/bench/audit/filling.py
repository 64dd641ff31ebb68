"""Rows for every sealed table, made by SQL from the types of its columns: what they say does not matter here."""

from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from haven.casework.events.sealer import seal
from haven.casework.events.tables import sealed_names

VALUES = {
    "uuid": "gen_random_uuid()",
    "text": "md5(random()::text)",
    "character varying": "left(md5(random()::text), 8)",
    "timestamp with time zone": "clock_timestamp()",
    "date": "current_date - (random() * 1000)::int",
    "boolean": "random() < 0.5",
    "integer": "(random() * 1000000)::int",
    "smallint": "(random() * 30000)::int",
    "bigint": "(random() * 1000000000)::bigint",
    "bytea": "sha256(int8send((random() * 1000000000)::bigint))",
    "jsonb": "jsonb_build_object('how', 'visit', 'n', (random() * 1000000)::int)",
    "xid8": "((random() * 1000000)::bigint::text)::xid8",
    "pg_snapshot": "(SELECT concat(x, ':', x, ':')::pg_snapshot FROM (SELECT (random() * 1000000)::bigint AS x) y)",
}
"""SQL for some value of each type, different every time."""

_COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position
"""
_TO_FILL = _COLUMNS.replace("ORDER BY", "AND column_default IS NULL AND is_identity = 'NO' ORDER BY")


def columns_of(session: Any, table: str) -> dict[str, str]:
    """The columns of a table and their types."""
    return dict(session.execute(_COLUMNS, [table]).fetchall())


def fill(session: Any, table: str, rows: int) -> None:
    """Add so many rows, in the transaction of this session."""
    types = dict(session.execute(_TO_FILL, [table]).fetchall())
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, {})")
    names = sql.SQL(", ").join(map(sql.Identifier, types))
    values = sql.SQL(", ").join(sql.SQL(VALUES[kind]) for kind in types.values())
    session.execute(statement.format(sql.Identifier(table), names, values, sql.Literal(rows)))


def address() -> str:
    """How psycopg reaches the database that Django uses in this thread, as the application's role, past the wall."""
    given = connection.get_connection_params()
    kept = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
    return psycopg.conninfo.make_conninfo("", **kept, options="-c haven.authorities=all")


def record_and_seal(heads: int, rows: int) -> None:
    """So many heads, each over some rows of every table; every third time a transaction commits after the next head."""
    with psycopg.connect(address(), autocommit=True) as session, psycopg.connect(address()) as late:
        for number in range(heads):
            for table in sealed_names():
                fill(session, table, rows if table.startswith("events_") else 2)
            if number % 3 == 0:
                fill(late, "events_event", 3)
            seal(even_if_quiet=True)
            if number % 3 == 1:
                late.commit()
        late.commit()
    seal(even_if_quiet=True)
