"""What holds the rows: partitions, columns and the triggers that refuse a change."""

from typing import Any

from haven.casework.events.partitions import TABLES
from haven.casework.events.tables import RECORDED, Sealed

_PARTITIONS = """
SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = to_regclass('public.' || quote_ident(%s)) AND NOT i.inhdetachpending ORDER BY 1
"""

# A trigger on a partitioned table is on each partition too, and can be switched off there alone.
_GUARDED = """
WITH expected AS (
    SELECT c.oid, c.relname, name, c.relispartition FROM pg_class c,
        LATERAL (VALUES ('events_are_only_added'), ('events_are_not_emptied')) AS t (name)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND (c.relname = ANY(%s) OR c.oid IN (SELECT inhrelid FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
            WHERE p.relname = ANY(%s)))
)
SELECT e.relname, e.name FROM expected e LEFT JOIN pg_trigger t ON t.tgrelid = e.oid AND t.tgname = e.name
WHERE NOT (e.relispartition AND e.name = 'events_are_not_emptied')
    AND (t.oid IS NULL OR t.tgenabled NOT IN ('O', 'A')
        OR t.tgfoid IS DISTINCT FROM to_regprocedure('public.events_are_only_added()'))
UNION
SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgname LIKE 'pgtrigger\\_%%' AND t.tgenabled NOT IN ('O', 'A')
UNION
SELECT 'pg_proc', p.proname FROM pg_proc p WHERE p.proname = 'events_are_only_added'
    AND p.prosrc !~ '^\\s*BEGIN\\s+RAISE EXCEPTION'
ORDER BY 1, 2
"""


def form_of(cursor: Any, table: Sealed) -> dict[str, Any]:
    """The columns that are hashed, and the partitions with their bounds."""
    form: dict[str, Any] = {"columns": list(table.columns)}
    if table.name in TABLES:
        cursor.execute(_PARTITIONS, [table.name])
        form["partitions"] = dict(cursor.fetchall())
    return form


def unguarded(cursor: Any) -> list[tuple[str, str]]:
    """Triggers that should refuse or remember a change and are missing, altered or switched off: table and name."""
    cursor.execute(_GUARDED, [list(RECORDED), list(TABLES)])
    return cursor.fetchall()
