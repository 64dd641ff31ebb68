"""Starting, stopping and pausing clocks. Called by operations, whose own events say who did it and why."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from haven.casework.cases.models import Case
from haven.casework.clocks.due import due_after_pause, due_moment, past_horizon
from haven.casework.clocks.models import Clock, ClockQuerySet, Pause
from haven.casework.clocks.policies import LocalRules, remembering, rules_of
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.lib.calendar import day_of, end_of, england

__all__ = ["explain_lateness", "pause", "remembering", "resume", "start", "start_many", "stop", "stop_many"]

log = logging.getLogger("haven.clocks")


class NeverPaused(Refusal):
    """This clock may not be paused: its timescale says so (PR-31)."""


class NotRunning(Refusal):
    """A clock that has stopped can be neither paused nor resumed."""


class AlreadyPaused(Refusal):
    """A clock is paused once at a time."""


class NotPaused(Refusal):
    """Only a paused clock is resumed."""


class LatenessNeedsReason(Refusal):
    """Saying why something is late needs words."""


def start(
    timescale: Timescale,
    *,
    authority_id: UUID,
    at: datetime,
    by: Actor,
    case: Case | None = None,
    contact_id: UUID | None = None,
    no_later_than: date | None = None,
) -> Clock:
    """Start one clock at the moment given, for a case or a contact.

    `no_later_than`: the day agreed for this one, where it is sooner than the timescale allows.
    """
    where: dict[str, Any] = {"case": case, "contact_id": contact_id, "no_later_than": no_later_than}
    return start_many([timescale], authority_id=authority_id, at=at, by=by, **where)[0]


def start_many(
    timescales: Iterable[Timescale],
    *,
    authority_id: UUID,
    at: datetime,
    by: Actor,
    case: Case | None = None,
    contact_id: UUID | None = None,
    no_later_than: date | None = None,
) -> list[Clock]:
    """Start several clocks at the same moment: one query for the authority's rules, one INSERT.

    The database refuses a second running clock of one timescale for the same case and contact.
    """
    local = rules_of(authority_id)
    clocks = [_new_clock(timescale, local, at, no_later_than) for timescale in timescales]
    for clock in clocks:
        clock.authority_id, clock.case, clock.contact_id = authority_id, case, contact_id
    return Clock.objects.bulk_create(clocks)


def _new_clock(timescale: Timescale, local: LocalRules, at: datetime, no_later_than: date | None = None) -> Clock:
    amount = local.amount(timescale, day_of(at))
    due_at = due_moment(timescale, at, amount, england(), local.desk)
    due_at = due_at if no_later_than is None else min(due_at, end_of(no_later_than))
    clock = Clock(rule=timescale.code, counting=timescale.counting, amount=amount, pausable=timescale.pausable)
    clock.started_at, clock.first_due_at = at, due_at
    _set_due(clock, due_at)
    return clock


def _set_due(clock: Clock, due_at: datetime) -> None:
    clock.due_at = due_at
    clock.horizon_warning = past_horizon(Counting(clock.counting), due_at, england())
    if clock.horizon_warning:
        log.warning("clock %s (%s) is due beyond the known bank holidays", clock.pk, clock.rule)


def stop(
    timescale: Timescale,
    *,
    at: datetime,
    by: Actor,
    case: Case | None = None,
    contact_id: UUID | None = None,
) -> int:
    """Stop the running clock of a case or contact; how many were stopped. One already stopped keeps its moment."""
    return stop_many([timescale], at=at, by=by, case=case, contact_id=contact_id)


def stop_many(
    timescales: Iterable[Timescale],
    *,
    at: datetime,
    by: Actor,
    case: Case | None = None,
    contact_id: UUID | None = None,
) -> int:
    """Stop the running clocks of several timescales with one UPDATE; how many were stopped.

    What happened before a clock began (a conversation just before the report was keyed) stops it as it began.
    A paused one is resumed first, so that its due moment allows for the pause. Refuses neither case nor contact.
    """
    asked = list(timescales)
    clocks = _of(case, contact_id).running().filter(rule__in=[timescale.code for timescale in asked])
    if any(timescale.pausable for timescale in asked):
        for clock in clocks.paused():
            resume(clock, by=by, at=at)
    return clocks.update(stopped_at=Greatest(Value(at), F("started_at")))


def _of(case: Case | None, contact_id: UUID | None) -> ClockQuerySet:
    if case is None and contact_id is None:
        raise ValueError("say whose clock: a case's or a contact's")
    given = {"case": case, "contact_id": contact_id}
    return Clock.objects.filter(**{name: value for name, value in given.items() if value is not None})


def pause(clock: Clock, *, reason: str, by: Actor, at: datetime) -> Pause:
    """Stop counting from `at`; `reason` is a code of a closed list. Refuses a clock that is never paused."""
    if not clock.pausable:
        raise NeverPaused("This timescale is never paused.")
    clock.refresh_from_db(fields=["stopped_at"])
    if not clock.is_running:
        raise NotRunning("This clock has already stopped.")
    if clock.pauses.filter(until_at=None).exists():
        raise AlreadyPaused("This clock is already paused.")
    return Pause.objects.create(clock=clock, reason=reason, from_at=at, paused_by=by.id)


def resume(clock: Clock, *, by: Actor, at: datetime) -> Clock:
    """Count again, and move the due moment by the time lost: exactly for hours, by whole days for days."""
    clock.refresh_from_db(fields=["due_at"])
    paused = clock.pauses.filter(until_at=None).first()
    if paused is None:
        raise NotPaused("This clock is not paused.")
    Pause.objects.filter(pk=paused.pk).update(until_at=at, resumed_by=by.id)
    desk = rules_of(clock.authority_id).desk
    _set_due(clock, due_after_pause(Counting(clock.counting), clock.due_at, (paused.from_at, at), england(), desk))
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at, horizon_warning=clock.horizon_warning)
    return clock


def explain_lateness(clock: Clock, *, reason: str, by: Actor, at: datetime) -> Clock:
    """Keep why it took or takes longer than the aim; later words are added beneath the earlier."""
    if not reason.strip():
        raise LatenessNeedsReason("Say why this took longer.")
    clock.reason_late = f"{clock.reason_late}\n{reason.strip()}".strip()
    Clock.objects.filter(pk=clock.pk).update(reason_late=clock.reason_late)
    return clock
