"""Row versions: nobody's text is overwritten unseen (TR-32)."""

from typing import Any, TypeVar

from django.db import models

from haven.casework.operations.refusals import Stale


class Versioned(models.Model):
    """A record people edit in forms: the form carries the version it opened, and a later save is compared with it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


R = TypeVar("R", bound=Versioned)


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


def _stale(record: Versioned, fields: dict[str, Any]) -> Stale:
    now: Any = type(record)._base_manager.filter(pk=record.pk).values().first() or {}
    pairs = [(name, value, now.get(name, "")) for name, value in fields.items()]
    return Stale([pair for pair in pairs if pair[1] != pair[2]] or pairs, record)
