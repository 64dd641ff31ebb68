"""Everything that waits: each state with its count, its oldest and what is too old; and counts that must come out."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from haven.casework.access import wall
from haven.casework.access.reading import show
from haven.casework.access.roles import DECIDES, GUARDIANS
from haven.casework.contacts.codes import CHANNELS
from haven.casework.desk.loading import actor_of
from haven.casework.desk.waiting import alarms, listed, of_each_state
from haven.casework.operations.refusals import NotAllowed
from haven.casework.upkeep.turns import nobody_looks, silent_jobs
from haven.casework.waiting.reconciling import Day, reconcile
from haven.casework.waiting.states import state_called
from haven.lib.calendar import day_of, start_of

COUNTS = (*DECIDES, *GUARDIANS, "authority_administrator", "auditor", "performance_analyst", "board_manager")
"""Whoever answers for nothing being lost."""

DAYS_BACK = 31
"""Days of counts on the page; the command counts every day."""

HEADS = (_("Came"), _("Open"), _("Taken on"), _("Joined to another"), _("Declined with reasons"))


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Every state in which something can wait, and whether Haven's own work has run."""
    actor, now = actor_of(request), timezone.now()
    lines = of_each_state(actor, now)
    page = {
        "states": lines,
        "alarms": alarms(actor, lines),
        "counts": actor.has_role(*COUNTS),
        "stopped": nobody_looks(now) or silent_jobs(now),
        "now": now,
    }
    return render(request, "desk/waiting.html", page)


@require_GET
def waiting_for(request: HttpRequest, state: str) -> HttpResponse:
    """What waits in one state, the oldest first."""
    found = state_called(state)
    if found is None:
        raise NotAllowed("We could not find that page.")
    rows = listed(found, actor_of(request))
    show(request, *(row.case for row in rows if row.case is not None))
    return render(request, "desk/waiting_for.html", {"state": found, "rows": rows, "now": timezone.now()})


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """What came against where it is, for each channel on each of the last days (TR-15)."""
    actor, now = actor_of(request), timezone.now()
    with wall.lifted("numbers of what came, by channel and day; whoever counts need not see what"):
        days = reconcile(authority_ids=actor.authority_ids, from_moment=_first_moment(now))
    rows = [_row(day) for day in reversed(days)]
    off = [day for day in days if not day.balanced]
    page = {"rows": rows, "off": off, "days_back": DAYS_BACK, "heads": HEADS}
    return render(request, "desk/waiting_counts.html", page)


def _row(day: Day) -> dict[str, Any]:
    headed = list(zip(HEADS, numbers(day), strict=True))
    return {"day": day, "channel": CHANNELS.get(day.channel, day.channel), "numbers": headed}


def numbers(day: Day) -> tuple[int, ...]:
    """The numbers of a line, as `HEADS` heads them."""
    return day.received, day.open, day.decided, day.merged, day.refused


def _first_moment(now: datetime) -> datetime:
    return start_of(day_of(now) - timedelta(days=DAYS_BACK - 1))
