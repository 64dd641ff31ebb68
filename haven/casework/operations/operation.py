"""@operation: may → lock → check and change → record, in one transaction."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

import rules
from django.db import models, transaction

from haven.casework.events.recording import gathering
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NoEvent, NotAllowed, Refusal

F = TypeVar("F", bound=Callable[..., Any])

OPERATIONS: dict[str, str] = {}
"""Permission → the first line of the operation's docstring: what the permissions screen shows."""

_locked: ContextVar[dict[Any, Any] | None] = ContextVar("locked_records", default=None)
_bulk: ContextVar[bool] = ContextVar("bulk_load", default=False)
_closed: ContextVar[str] = ContextVar("nothing_changes", default="")


class NothingChanges(Refusal):
    """A page is shown as if its form had just been sent, and nothing may change by that."""


@contextmanager
def nothing_changes(words: str) -> Iterator[None]:
    """Refuse every operation inside, in these words: a form that was kept is shown, and not sent by being shown."""
    token = _closed.set(words)
    try:
        yield
    finally:
        _closed.reset(token)


@contextmanager
def bulk_load() -> Iterator[None]:
    """Let many operations share one transaction, with no savepoint each: all of them are kept, or none.

    For generators and importers only: a refusal inside ends the whole load.
    """
    token = _bulk.set(True)
    try:
        with transaction.atomic(), gathering(), _locks():
            yield
    finally:
        _bulk.reset(token)


def loading_in_bulk() -> bool:
    """Whether this runs inside `bulk_load()`: what is then made of each record is made of all of them afterwards."""
    return _bulk.get()


@contextmanager
def _locks() -> Iterator[dict[Any, Any]]:
    held = _locked.get()
    if held is not None:
        yield held
        return
    token = _locked.set({})
    try:
        yield _locked.get() or {}
    finally:
        _locked.reset(token)


def target_of(subject: Any) -> models.Model | None:
    """What an operation on this subject locks: its case, or the record itself where it says `locks = True`."""
    if getattr(subject, "locks", False):
        return subject
    return getattr(subject, "case", None)


def lock(subject: Any) -> None:
    """Take the row lock and read afresh the columns that decide whether a move is legal (`fresh_on_lock`)."""
    target = target_of(subject)
    if target is None or target.pk is None:
        return
    held = _locked.get()
    if held is not None and held.get(target.pk) is target:
        return
    model = type(target)
    fresh: tuple[str, ...] = getattr(target, "fresh_on_lock", ())
    row = model._base_manager.select_for_update().filter(pk=target.pk).values("pk", *fresh).first()
    if row is None:
        raise NotAllowed("We could not find that.")
    for name in fresh:
        setattr(target, name, row[name])
    if held is not None:
        held[target.pk] = target


def check_may(permission: str, by: Actor, subject: Any) -> None:
    """Refuse unless the actor may; a permission nobody declared is refused to everybody (default deny)."""
    if not (rules.perm_exists(permission) and rules.has_perm(permission, by, subject)):
        raise NotAllowed("You cannot do this. If you think you should, ask your manager.")


def operation(*, may: str) -> Callable[[F], F]:
    """Make `fn(subject, *, answers…, by, at)` an operation under the permission `may`.

    Refused (NotAllowed) unless a declared permission says yes; a change that records no event is a programming error.
    """

    def decorate(fn: F) -> F:
        OPERATIONS[may] = (fn.__doc__ or "").strip().split("\n")[0]

        @functools.wraps(fn)
        def run(subject: Any, *args: Any, by: Actor, at: datetime, **answers: Any) -> Any:
            if _closed.get():
                raise NothingChanges(_closed.get())
            with transaction.atomic(savepoint=not _bulk.get()), gathering() as events, _locks():
                lock(subject)
                check_may(may, by, subject)
                before = len(events)
                result = fn(subject, *args, by=by, at=at, **answers)
                if len(events) == before:
                    raise NoEvent(f"{fn.__name__} recorded no event")
                return result

        run.permission = may  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate
