"""One record out of a restored copy, without rolling back the others (TR-35).

A copy of the service is restored beside it, to before the mistake, into another HAVEN_HOME. What a row says there is
compared with what it says here, and put back by an operation that records who, when and why. What is only ever added to
(events, reads, histories, heads) is never put back: it cannot have been changed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rules
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections, models

from haven.casework.access.permissions import operates
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.project.backups.refusals import BackupRefused
from haven.project.grants import append_only_tables

COPY = "restored_copy"
PUT_BACK = declare(
    "project.record_put_back", "{actor} put back a record from a restored copy: {kind}", erasure="Codes only."
)
rules.add_perm("project.put_back_record", operates)


@dataclass
class Recovered:
    """A record as the copy has it, as it stands here (None: it is gone), and the columns in which they differ."""

    there: models.Model
    here: models.Model | None
    columns: list[str]


def reach_copy(address: dict[str, Any]) -> None:
    """Let the restored copy be asked, beside our own database: `address` as in DATABASES."""
    connections.databases[COPY] = {**connections.databases[DEFAULT_DB_ALIAS], **address}


def compare(label: str, pk: str) -> Recovered:
    """The record in the copy and here. Refused (BackupRefused) where the copy has none, or what is never put back."""
    model = _model(label)
    try:
        there = model._base_manager.using(COPY).filter(pk=pk).first()
    except (ValidationError, ValueError):
        raise BackupRefused(f"{pk} is not the id of a record.") from None
    if there is None:
        raise BackupRefused(f"The restored copy has no {label} with this id. Was it restored to early enough?")
    here = model._base_manager.filter(pk=pk).first()
    return Recovered(
        there, here, [column for column in _columns(model) if here is None or _differs(column, there, here)]
    )


@operation(may="project.put_back_record")
def put_back(found: Recovered, *, by: Actor, at: datetime) -> None:
    """Put one record back as a restored copy has it."""
    if not found.columns:
        raise BackupRefused("The record stands here as in the copy: there is nothing to put back.")
    there, is_new = found.there, found.here is None
    if hasattr(there, "version") and found.here is not None:
        there.version = found.here.version + 1  # type: ignore[attr-defined]
    there.save(using=DEFAULT_DB_ALIAS, force_insert=is_new, force_update=not is_new)
    codes = {"kind": there._meta.label_lower, "columns": found.columns, "was_gone": int(is_new)}
    record(PUT_BACK, subject=there, by=by, at=at, codes=codes)


def _model(label: str) -> type[models.Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise BackupRefused(f"There is no kind of record {label!r}. Name it like cases.casenote.") from None
    if model._meta.db_table in append_only_tables():
        raise BackupRefused("What was recorded is only ever added to: it is never put back.")
    return model


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname != "version"]


def _differs(column: str, there: models.Model, here: models.Model) -> bool:
    """A protected value is compared as it is kept: its words are not read."""
    one, other = getattr(there, column), getattr(here, column)
    return getattr(one, "envelope", one) != getattr(other, "envelope", other)
