"""An authority's own numbers and desk hours, read in one query."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access.models import Authority
from haven.casework.clocks.due import Desk
from haven.casework.clocks.events import POLICY_SET
from haven.casework.clocks.models import LocalPolicy
from haven.casework.clocks.timescales import Timescale
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal

_COLUMNS = ("rule", "amount", "from_on", "until_on")


class NoSuchAuthority(Refusal):
    """A clock belongs to an authority that is known."""


@dataclass(frozen=True)
class LocalRules:
    """One authority's desk and its own numbers: (rule, amount, from, until) each."""

    desk: Desk
    policies: tuple[tuple[str, int, date, date | None], ...]

    def amount(self, timescale: Timescale, on: date) -> int:
        """The number in force on the day: the authority's latest, else the timescale's own."""
        own = [
            (from_on, amount)
            for rule, amount, from_on, until_on in self.policies
            if rule == timescale.code and from_on <= on and (until_on is None or on <= until_on)
        ]
        return max(own)[1] if own else timescale.amount


_remembered: ContextVar[dict[UUID, LocalRules] | None] = ContextVar("remembered_local_rules", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Read each authority's rules once for the whole block: for loads of many records, during which they stand still.

    Not for web requests: nothing is kept between them, so that a change counts at once in every process.
    """
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def rules_of(authority_id: UUID) -> LocalRules:
    """The authority's desk hours and numbers, in one query; none inside `remembering()` after the first."""
    remembered = _remembered.get()
    if remembered is None:
        return _read_rules(authority_id)
    if authority_id not in remembered:
        remembered[authority_id] = _read_rules(authority_id)
    return remembered[authority_id]


def _read_rules(authority_id: UUID) -> LocalRules:
    joined = (f"local_policies__{column}" for column in _COLUMNS)
    rows: list[tuple[Any, ...]] = list(
        Authority.objects.filter(pk=authority_id).values_list("desk_opens", "desk_closes", "desk_days", *joined)
    )
    if not rows:
        raise NoSuchAuthority("We could not find the authority this belongs to.")
    opens, closes, days = rows[0][:3]
    desk = Desk(opens, closes, frozenset(int(day) for day in days))
    return LocalRules(desk, tuple(row[3:] for row in rows if row[3] is not None))


@operation(may="clocks.set_policy")
def set_policy(
    authority: Authority,
    *,
    timescale: Timescale,
    amount: int,
    from_on: date,
    source: str,
    reason: str = "",
    until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> LocalPolicy:
    """Set the authority's own number for a timescale.

    The policy in force before ends the day before. Clocks already running keep their due moment.
    """
    earlier = LocalPolicy.objects.filter(Q(until_on=None) | Q(until_on__gte=from_on), from_on__lt=from_on)
    earlier.filter(authority=authority, rule=timescale.code).update(until_on=from_on - timedelta(days=1))
    policy, _ = LocalPolicy.objects.update_or_create(
        authority=authority,
        rule=timescale.code,
        from_on=from_on,
        defaults={"amount": amount, "until_on": until_on, "source": source, "reason": reason},
    )
    codes = {"rule": timescale.code, "amount": amount, "from_on": from_on.isoformat()}
    record(POLICY_SET, subject=policy, by=by, at=at, codes=codes)
    return policy
