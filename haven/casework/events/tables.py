"""Which tables are sealed, how a row of one is hashed, and what `migrate` adds to a row history so that it can be.

A sealed row says which transaction wrote it (`written_in`). A row of a history also carries a random salt: its hash in
the log proves nothing once the row, and the salt with it, is erased (UK GDPR Article 17).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from pghistory.models import Event as RowHistory
from psycopg import sql

from haven.casework.events.partitions import TABLES

TIMED = (*TABLES, "events_verification")
"""Sealed tables whose `recorded_at` is the database's clock at writing: a row dated otherwise was not written by us."""

OWN = ("events_seal", "events_sealleaves")
"""The tables of the signed heads themselves."""

RECORDED = (*TIMED, *OWN)
"""Every table of this package; all of them only grow."""

KEY_BYTES = 16
ENTRY_BYTES = KEY_BYTES + 32

_MAKE_SEALABLE = """
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN IF NOT EXISTS seal_salt uuid NOT NULL DEFAULT gen_random_uuid();
CREATE INDEX IF NOT EXISTS {index} ON {table} (written_in)
"""

_COLUMNS = """
SELECT a.attname, a.atttypid::regtype::text FROM pg_attribute a
WHERE a.attrelid = to_regclass('public.' || quote_ident(%s)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


@dataclass(frozen=True)
class Sealed:
    """A sealed table: its name, the column that names a row, whether that is a UUID, and what else is hashed."""

    name: str
    key: str
    is_uuid: bool
    columns: tuple[str, ...]

    def entry(self, columns: list[str]) -> sql.Composed:
        """SQL for the sixteen bytes that name a row and the SHA-256 of these columns of it, whoever's session asks."""
        key = sql.SQL("uuid_send({})" if self.is_uuid else "'\\x0000000000000000'::bytea || int8send({}::bigint)")
        words = sql.SQL("{} || sha256(convert_to(ROW({})::text, 'UTF8'))")
        return words.format(key.format(sql.Identifier(self.key)), sql.SQL(", ").join(map(sql.Identifier, columns)))

    def id_of(self, entry: bytes) -> str:
        """The row's own id, as its table shows it."""
        key = entry[:KEY_BYTES]
        return str(UUID(bytes=key)) if self.is_uuid else str(int.from_bytes(key[8:], "big", signed=True))


def history_tables() -> list[str]:
    """The tables of earlier rows that pghistory keeps."""
    models = [model for model in apps.get_models() if issubclass(model, RowHistory)]
    return sorted({model._meta.db_table for model in models})


def sealed_names() -> list[str]:
    """Every table whose rows are sealed."""
    return [*TIMED, *history_tables()]


def sealed_tables(cursor: Any) -> list[Sealed]:
    """Every sealed table as the database has it now; one that is not there at all is left out."""
    found = []
    for name in sealed_names():
        cursor.execute(_COLUMNS, [name])
        types = dict(cursor.fetchall())
        key = "pgh_id" if "pgh_id" in types else "id"
        if key in types and "written_in" in types:
            hashed = tuple(column for column in types if column != key)
            found.append(Sealed(name, key, types[key] == "uuid", hashed))
    return found


def make_sealable(cursor: Any) -> None:
    """Give each row history that is there its two columns and index. Repeatable; runs as the owner, by `migrate`."""
    for table in history_tables():
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if cursor.fetchone()[0]:
            names = {"table": sql.Identifier(table), "index": sql.Identifier(f"{table[:45]}_by_transaction")}
            cursor.execute(sql.SQL(_MAKE_SEALABLE).format(**names))
