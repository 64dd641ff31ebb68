"""Changing the log as the superuser, again and again, and asking each time whether verification names what changed."""

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

from haven.casework.events.sealer import seal
from haven.casework.events.tables import OWN, sealed_names
from haven.casework.events.verifying import verify
from haven.project import private_database
from haven.project.bench.audit.filling import address, record_and_seal
from haven.project.bench.audit.mutating import MUTATIONS, Mutation, Named, Superuser
from haven.project.bench.audit.rehashing import rehash_with_a_new_key, rehash_with_our_own_key

REHASHES: tuple[Mutation, ...] = (rehash_with_a_new_key, rehash_with_our_own_key)


@dataclass
class Tally:
    """How often a kind of change was tried, found at all, named by its rows, and rows named besides."""

    tried: int = 0
    caught: int = 0
    located: int = 0
    besides: int = 0
    missed: list[Any] = field(default_factory=list)


@contextmanager
def superuser(chance: random.Random) -> Iterator[Superuser]:
    """The superuser of the private server, with every trigger switched off."""
    name = psycopg.conninfo.conninfo_to_dict(address())["dbname"]
    with psycopg.connect(private_database.url(private_database.SUPERUSER, str(name)), autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        yield Superuser(session, chance)


def prove(mutations: int, seed: int, *, heads: int = 20, rows: int = 15) -> dict[str, Tally]:
    """Make the log, then change it so many times, each time putting it back. Nothing may be found between."""
    chance = random.Random(seed)
    record_and_seal(heads, rows)
    head = seal(even_if_quiet=True)
    assert head is not None
    kept, found = head.printed(), defaultdict[str, Tally](Tally)
    with superuser(chance) as by:
        copy_everything(by)
        for mutation in _chosen(mutations, chance):
            _try(by, mutation, kept, found[mutation.__name__])
    clean = verify(kept)
    assert clean.ok, clean.faults
    return dict(found)


def _chosen(mutations: int, chance: random.Random) -> Iterator[Mutation]:
    """Each rehash once in a hundred, the others as often as they say."""
    rehashes = [mutation for mutation in REHASHES for _ in range(max(1, mutations // 100))]
    yield from rehashes
    weights = list(MUTATIONS.values())
    yield from chance.choices(list(MUTATIONS), weights, k=mutations - len(rehashes))


def _try(by: Superuser, mutation: Mutation, kept: dict[str, Any], tally: Tally) -> None:
    by.also = set()
    changed = mutation(by)
    verdict = verify(kept)
    named: Named = {(fault["table"], fault["id"]) for fault in verdict.faults}
    tally.tried += 1
    tally.caught += not verdict.ok
    tally.located += changed <= named
    besides = named - changed - by.also
    tally.besides += len(besides)
    if not changed <= named or besides:
        tally.missed.append((sorted(changed), verdict.faults[:5]))
    put_back(by)


def copy_everything(by: Superuser) -> None:
    """Keep the rows as they are, out of verification's sight."""
    by.session.execute("CREATE SCHEMA kept")
    for table in (*sealed_names(), *OWN):
        by.session.execute(sql.SQL("CREATE TABLE kept.{t} AS SELECT * FROM {t}").format(t=sql.Identifier(table)))


def put_back(by: Superuser) -> None:
    """Every table that differs as it was, in one transaction."""
    whole = "SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM {t} x"
    with by.session.transaction():
        for table in (*sealed_names(), *OWN):
            name, copy = sql.Identifier(table), sql.Identifier("kept", table)
            now, then = (by.session.execute(sql.SQL(whole).format(t=one)).fetchone() for one in (name, copy))
            if now != then:
                by.session.execute(sql.SQL("DELETE FROM {}").format(name))
                by.session.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(name, copy))
