"""Row versions: nobody's text is overwritten unseen (TR-32)."""

import hashlib
from typing import Any, ClassVar, TypeVar

from django.db import models

from haven.casework.operations.refusals import Stale


class Versioned(models.Model):
    """A record people edit in forms: the form carries the version it opened, and a later save is compared with it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Compared(models.Model):
    """A record without a row version: what its form shows of it is compared instead, as a number of its own.

    `compared` names the fields that its form edits.
    """

    compared: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


R = TypeVar("R", bound=Versioned)


def version_of(record: Versioned | Compared | None) -> int | None:
    """What a form carries of the record it edits; None where there is no record yet."""
    if record is None or isinstance(record, Versioned):
        return record.version if record else None
    shown = repr([getattr(record, name) for name in record.compared])
    return int(hashlib.sha256(shown.encode()).hexdigest()[:12], 16)


def must_be_as_seen(record: Versioned | Compared, version: int | None, **given: Any) -> None:
    """Refuse (Stale) where the record is not as it was when the form was opened. To be asked under a lock."""
    now = type(record)._base_manager.get(pk=record.pk)
    if version is not None and version != version_of(now):
        raise _stale(record, given)


def change(record: R, *, version: int | None = None, **fields: Any) -> R:
    """Set the fields and raise the row's version by one, in one statement.

    `version` is the one the form opened with; if the row has moved on since, Stale carries both texts and nothing is
    written. Without it the change is unconditional (an operation under the case's lock).
    """
    rows = type(record)._base_manager.filter(pk=record.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=models.F("version") + 1, **fields):
        raise _stale(record, fields)
    for name, value in fields.items():
        setattr(record, name, value)
    record.version = (version if version is not None else record.version) + 1
    return record


def _stale(record: Versioned | Compared, fields: dict[str, Any]) -> Stale:
    now: Any = type(record)._base_manager.filter(pk=record.pk).values().first() or {}
    pairs = [(name, value, now.get(name, "")) for name, value in fields.items()]
    return Stale([pair for pair in pairs if pair[1] != pair[2]] or pairs, record)
