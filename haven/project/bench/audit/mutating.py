"""Changes that a superuser might make, each with the rows by which it must be named."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from psycopg import sql

from haven.casework.events.tables import TIMED, sealed_names
from haven.project.bench.audit.filling import VALUES, columns_of

Named = set[tuple[str, str]]


@dataclass
class Superuser:
    """A session that no trigger and no right stops. `also` are rows that a change may name besides."""

    session: Any
    chance: random.Random
    also: Named = field(default_factory=set)

    def run(self, statement: str, *identifiers: str, values: Any = ()) -> Any:
        words = sql.SQL(statement).format(*map(sql.Identifier, identifiers))
        return self.session.execute(words, values)

    def some_rows(self, table: str, count: int = 1) -> list[Any]:
        """The keys of rows taken by chance."""
        key = key_of(table)
        keys = [one for (one,) in self.run("SELECT {} FROM {} ORDER BY {}", key, table, key).fetchall()]
        return self.chance.sample(keys, count)

    def some_table(self) -> str:
        return self.chance.choice(sealed_names())

    def columns(self, table: str) -> dict[str, str]:
        return columns_of(self.session, table)


def key_of(table: str) -> str:
    return "id" if table.startswith("events_") else "pgh_id"


def edit_a_column(by: Superuser) -> Named:
    """Any column of any row, the key and the transaction's number among them."""
    table = by.some_table()
    [pk] = by.some_rows(table)
    column, kind = by.chance.choice(list(by.columns(table).items()))
    value = VALUES[kind] if kind != "boolean" else f'NOT "{column}"'
    if kind.startswith("timestamp"):
        value = "clock_timestamp() - interval '2 days'"
    key = key_of(table)
    now = by.run(
        f"UPDATE {{}} SET {{}} = {value} WHERE {{}} = %s RETURNING {{}}",  # noqa: S608  (our own words)
        table, column, key, key, values=[pk],
    ).fetchone()  # fmt: skip
    return {(table, str(pk)), (table, str(now[0]))}


def delete_a_row(by: Superuser) -> Named:
    table = by.some_table()
    [pk] = by.some_rows(table)
    by.run("DELETE FROM {} WHERE {} = %s", table, key_of(table), values=[pk])
    return {(table, str(pk))}


def swap_two_rows(by: Superuser) -> Named:
    """Everything that two rows say, but not their keys."""
    table = by.some_table()
    first, second = by.some_rows(table, 2)
    key = key_of(table)
    names = [sql.Identifier(name) for name in by.columns(table) if name != key]
    both = sql.SQL(
        "UPDATE {t} a SET ({c}) = (SELECT {c} FROM {t} b WHERE b.{k} = CASE a.{k} WHEN {x} THEN {y} ELSE {x} END) "
        "WHERE a.{k} IN ({x}, {y})"
    )
    given = {"t": sql.Identifier(table), "k": sql.Identifier(key), "c": sql.SQL(", ").join(names)}
    by.session.execute(both.format(**given, x=sql.Literal(first), y=sql.Literal(second)))
    return {(table, str(first)), (table, str(second))}


def insert_a_forged_row(by: Superuser) -> Named:
    """A copy with another key: with the number of the transaction of the copied row, or of one yet to come."""
    table = by.some_table()
    [pk] = by.some_rows(table)
    number = by.chance.choice(["written_in", "((written_in::text::bigint + 5000000000)::text)::xid8"])
    return {(table, _copied(by, table, pk, {"written_in": number}))}


def insert_a_row_dated_back(by: Superuser) -> Named:
    """An event or a read of an earlier time, in a transaction of now: it looks as if it were only not yet sealed."""
    table = by.chance.choice(TIMED)
    [pk] = by.some_rows(table)
    back = f"recorded_at - interval '{by.chance.randint(5, 5_000_000)} seconds'"
    return {(table, _copied(by, table, pk, {"recorded_at": back, "written_in": "pg_current_xact_id()"}))}


def _copied(by: Superuser, table: str, pk: Any, said: dict[str, str]) -> str:
    key = key_of(table)
    said = {key: "gen_random_uuid()" if key == "id" else "pgh_id + 1000000", **said}
    names = list(by.columns(table))
    values = ", ".join(said.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    found = by.run(
        f"INSERT INTO {{}} ({listed}) SELECT {values} FROM {{}} WHERE {{}} = %s RETURNING {{}}",  # noqa: S608
        table, table, key, key, values=[pk],
    )  # fmt: skip
    return str(found.fetchone()[0])


def cut_the_last_events(by: Superuser) -> Named:
    """The newest events, from one to twenty."""
    statement = "DELETE FROM events_event WHERE id IN (SELECT id FROM events_event ORDER BY recorded_at DESC LIMIT %s)"
    gone = by.session.execute(f"{statement} RETURNING id", [by.chance.randint(1, 20)]).fetchall()
    return {("events_event", str(pk)) for (pk,) in gone}


def cut_the_last_heads(by: Superuser) -> Named:
    """The newest heads with their leaves, their rows with them or not."""
    count = by.chance.randint(1, 5)
    first = by.run("SELECT max(id) - %s FROM events_seal", values=[count - 1]).fetchone()[0]
    if by.chance.random() < 0.5:
        since = "SELECT pg_snapshot_xmax(snapshot) FROM events_seal WHERE id = %s"
        by.run(f"DELETE FROM events_event WHERE written_in >= ({since})", values=[first - 1])  # noqa: S608
    by.run("DELETE FROM events_sealleaves WHERE seal >= %s", values=[first])
    by.run("DELETE FROM events_seal WHERE id >= %s", values=[first])
    return {("events_seal", str(number)) for number in range(first, first + count)}


def edit_a_head(by: Superuser) -> Named:
    """Any column of any head."""
    [pk] = by.some_rows("events_seal")
    column, kind = by.chance.choice([pair for pair in by.columns("events_seal").items() if pair[0] != "id"])
    by.run(f"UPDATE events_seal SET {{}} = {VALUES[kind]} WHERE id = %s", column, values=[pk])  # noqa: S608
    return {("events_seal", str(pk))}


def delete_a_head(by: Superuser) -> Named:
    [pk] = by.some_rows("events_seal")
    by.run("DELETE FROM events_seal WHERE id = %s", values=[pk])
    return {("events_seal", str(pk))}


def insert_a_head(by: Superuser) -> Named:
    """One more, after the last or before the first."""
    number = by.chance.choice(["(SELECT max(id) + 1 FROM events_seal)", "0", "-7"])
    rest = ", ".join(name for name in by.columns("events_seal") if name != "id")
    [pk] = by.some_rows("events_seal")
    found = by.run(
        f"INSERT INTO events_seal (id, {rest}) SELECT {number}, {rest} FROM events_seal WHERE id = %s RETURNING id",  # noqa: S608
        values=[pk],
    )
    return {("events_seal", str(found.fetchone()[0]))}


def change_the_leaves(by: Superuser) -> Named:
    """The hashes kept of some rows: altered, taken away, or one more."""
    rows = by.run("SELECT table_name, seal, part FROM events_sealleaves ORDER BY 1, 2, 3").fetchall()
    where = "WHERE table_name = %s AND seal = %s AND part = %s"
    table, seal, part = by.chance.choice(rows)
    how = by.chance.choice(["edited", "deleted", "inserted"])
    if how == "edited":
        at = by.chance.randrange(40)
        changed = "set_byte(entries, %s, (get_byte(entries, %s) + 1) %% 256)"
        edit = f"UPDATE events_sealleaves SET entries = {changed} {where}"  # noqa: S608
        by.run(edit, values=[at, at, table, seal, part])
    elif how == "deleted":
        by.run(f"DELETE FROM events_sealleaves {where}", values=[table, seal, part])  # noqa: S608
    else:
        copy = "INSERT INTO events_sealleaves SELECT table_name, seal, part + 1, entries FROM events_sealleaves"
        by.run(f"{copy} {where}", values=[table, seal, part])
        part += 1
    return {("events_sealleaves", f"{table}.{seal}.{part}")}


Mutation = Callable[[Superuser], Named]
MUTATIONS: dict[Mutation, int] = {
    edit_a_column: 30, delete_a_row: 12, swap_two_rows: 10, insert_a_forged_row: 12, insert_a_row_dated_back: 8,
    cut_the_last_events: 5, cut_the_last_heads: 5, edit_a_head: 8, delete_a_head: 3, insert_a_head: 3,
    change_the_leaves: 8,
}  # fmt: skip
"""Each with how often, in about a hundred."""
