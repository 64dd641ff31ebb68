"""The cleverest change: a row is altered, and then every leaf, link and signature is made again to fit it."""

import hashlib
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from psycopg.types.json import Jsonb

from haven.casework.events.heads import FIRST, Head, Snapshot, heads_in_order
from haven.casework.events.keys import public_part, signing_key
from haven.casework.events.ranges import SETTINGS, rows_between
from haven.casework.events.tables import Sealed, sealed_tables
from haven.project.bench.audit.mutating import Named, Superuser, edit_a_column


def rehash_with_a_new_key(by: Superuser) -> Named:
    """Everything signed again, with a key of the superuser's own."""
    return _rehash(by, Ed25519PrivateKey.generate())


def rehash_with_our_own_key(by: Superuser) -> Named:
    """The same by somebody who has our private key too: only a head kept elsewhere shows it."""
    return _rehash(by, signing_key())


def _rehash(by: Superuser, key: Ed25519PrivateKey) -> Named:
    by.also = edit_a_column(by)
    with connection.cursor() as cursor:
        tables = sealed_tables(cursor)
    with by.session.transaction():
        by.session.execute(SETTINGS)
        heads = list(heads_in_order(by.session.cursor()))
        before, previous = Snapshot(), FIRST
        for head in heads:
            parts = {table.name: found for table in tables if (found := _leaves_again(by, table, head, before))}
            made = replace(head, parts=parts, previous=previous, key=public_part(key))
            digest = made.body_hash()
            made = replace(made, hash=digest, signature=key.sign(digest))
            _put(by.session, made)
            before, previous = head.seen, made.link()
    return {("events_seal", str(heads[-1].id))}


def _leaves_again(by: Superuser, table: Sealed, head: Head, before: Snapshot) -> list[str]:
    rows = by.session.execute(rows_between(table, table.columns, before, head.seen)).fetchall()
    entries = b"".join(bytes(entry) for entry, _ in rows)
    values = [entries, table.name, head.id]
    by.session.execute("UPDATE events_sealleaves SET entries = %s WHERE table_name = %s AND seal = %s", values)
    return [hashlib.sha256(entries).hexdigest()] if entries else []


def _put(session: Any, head: Head) -> None:
    session.execute(
        "UPDATE events_seal SET parts = %s, previous = %s, key = %s, hash = %s, signature = %s WHERE id = %s",
        [Jsonb(head.parts), head.previous, head.key, head.hash, head.signature, head.id],
    )
