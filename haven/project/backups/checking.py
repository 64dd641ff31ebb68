"""Looking at what came back: rows, the sealed log against a head kept elsewhere, documents, keys (TR-34)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from haven.casework.access import wall
from haven.casework.documents.keeping import BytesDamaged, get
from haven.casework.documents.models import Document
from haven.casework.events.verifying import verify
from haven.casework.people.keys import KeyMissing, keyring_of
from haven.casework.people.models import ProtectedValue
from haven.project.backups.target import Base
from haven.project.private_database import SUPERUSER, url


@dataclass
class Found:
    """What was looked at, and what was not right. Tables, ids and numbers only."""

    rows: int = 0
    heads: int = 0
    documents: int = 0
    keyrings: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults

    def as_answer(self) -> dict[str, Any]:
        """The shape of `--json`."""
        return {"ok": self.ok, "rows": self.rows, "heads": self.heads, "documents": self.documents,
                "keyrings": self.keyrings, "faults": self.faults}  # fmt: skip


def look_over(base: Base, kept: dict[str, Any] | None = None) -> Found:
    """Compare the running database with its base, with the signed head in the base (or one `kept` elsewhere), and with
    the documents and keys on the disk."""
    found = Found()
    _counts(base, found)
    verdict = verify(kept or base.head or None)
    found.heads = verdict.head
    found.faults += [f"sealed log: {fault['table']} {fault['id']} {fault['kind']}" for fault in verdict.faults[:20]]
    with transaction.atomic():
        wall.open_to_all("an operator looks over what was restored")
        _documents(found)
        _keys(found)
    return found


def _counts(base: Base, found: Found) -> None:
    """What only grows can be no less than it was when the base was begun."""
    with psycopg.connect(url(SUPERUSER), autocommit=True) as server:
        for table, (least, _most) in base.counts.items():
            row = server.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            number = row[0] if row else 0
            found.rows += number
            if number < least:
                found.faults.append(f"{table} has {number} rows; the base was begun with {least}")


def _documents(found: Found) -> None:
    for path, sha256 in Document.objects.values_list("path", "sha256").distinct().iterator(chunk_size=500):
        found.documents += 1
        try:
            get(path, sha256)
        except BytesDamaged:
            found.faults.append(f"document {sha256[:12]} is missing or damaged")


def _keys(found: Found) -> None:
    """Every authority that protects something has the keys it was protected under."""
    if not Path(settings.HAVEN_KEYS).exists() and ProtectedValue.objects.exists():
        found.faults.append("HAVEN_KEYS is not there: protected values cannot be read")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT authority_id, get_byte(text, 1) * 256 + get_byte(text, 2) FROM people_protectedvalue"
        )
        needed = cursor.fetchall()
    for authority_id, version in needed:
        try:
            keyring_of(authority_id).key(version)
            found.keyrings += 1
        except KeyMissing as missing:
            found.faults.append(f"authority {authority_id}: {missing}")
