"""Every state with what waits in it, as the page of everything that waits shows it (TR-16)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import resolve, reverse

from haven.casework.cases.models import Case
from haven.casework.clocks.waiting import Waiting
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.waiting.counting import Standing, standing_for
from haven.casework.waiting.models import Ageing
from haven.casework.waiting.states import queue_of

MOST = 200
"""Rows of one list: the oldest. The page says when there are more."""


@dataclass
class Line:
    """One state on the page: its counts, and the address of the page that shows it."""

    standing: Standing
    href: str
    opens: bool

    @property
    def kind(self) -> str:
        """How its row is drawn."""
        return "overdue" if self.standing.of_all.late else ""


@dataclass
class Row:
    """One thing that waits: its reference and where it is dealt with, where it has one, and since when."""

    reference: str
    href: str
    since: datetime | None
    case: Case | Contact | None = None


def of_each_state(actor: Actor, at: datetime) -> list[Line]:
    """Each state with what the actor may see of it: all whose page they may open, though nothing waits there, and of
    the others those in which something does."""
    lines = [_line(standing, actor) for standing in standing_for(actor, at)]
    return [line for line in lines if line.opens or line.standing.of_all.n]


def _line(standing: Standing, actor: Actor) -> Line:
    href = queue_of(standing.waiting)
    declared: Any = resolve(href).func
    return Line(standing, href, actor.has_role(*declared.declared.roles))


def alarms(actor: Actor, lines: list[Line]) -> list[tuple[Standing, Ageing]]:
    """What has waited too long and was told, the longest standing first; only what the actor may see of it (TR-03)."""
    seen = {line.standing.waiting.code: line.standing for line in lines if line.standing.of_all.late}
    standing = Ageing.objects.filter(ended_at=None, authority_id__in=actor.authority_ids, state__in=list(seen))
    return [(seen[alarm.state], alarm) for alarm in standing.order_by("raised_at")]


def listed(state: Waiting, actor: Actor) -> list[Row]:
    """What waits in this state as far as the actor may see, the oldest first."""
    rows = state.find(actor).filter(**{f"{state.authority}__in": list(actor.authority_ids)})
    related = ["case"] if state.reference.startswith("case__") else []
    return [_row(state, one) for one in rows.select_related(*related).order_by(state.since, "pk")[:MOST]]


def _row(state: Waiting, one: Any) -> Row:
    record = one.case if state.reference.startswith("case__") else one
    reference = record.reference if record is not None and state.reference else ""
    href = reverse(state.leads_to, args=[reference]) if reference else ""
    seen = record if reference and hasattr(record, "read_kind") else None
    return Row(reference, href, getattr(one, state.since), seen)
