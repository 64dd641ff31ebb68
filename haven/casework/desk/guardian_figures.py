"""Alerts and their outcomes for every 1,000 looks: whether the watch looks too closely, or not closely enough."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from haven.casework.access.models import Membership
from haven.casework.access.roles import GUARDIANS
from haven.casework.events.looking import looks_counted
from haven.casework.operations.actor import Actor
from haven.casework.watch.kinds import LOOKS, alert_kind
from haven.casework.watch.models import Alert
from haven.lib.calendar import day_of, start_of

DAYS = 90


@dataclass
class Figures:
    """Ninety days: looks by the staff of the reader's authorities, and what became of the alerts about them."""

    from_on: date
    to_on: date
    looks: int = 0
    alerts: int = 0
    rows: list[list[Any]] = field(default_factory=list)

    @property
    def columns(self) -> list[Any]:
        """The headings: the kind, and a number for each of the rest."""
        counted = [_("Alerts"), _("For every 1,000 looks"), _("Waiting"), *LOOKS.values()]
        return [_("Kind"), *({"text": each, "numeric": True} for each in counted)]


def figures_for(actor: Actor, at: datetime) -> Figures:
    """Counts over the authorities where the reader is guardian or head of service; three statements.

    A kind that is usually *explained* watches too closely: the numbers of its rule are local and may be changed.
    """
    today = day_of(at)
    since, until = start_of(today - timedelta(days=DAYS)), at
    mine = [pk for pk, role in actor.roles_at if role in (*GUARDIANS, "head_of_service")]
    staff = set(Membership.objects.filter(authority__in=mine).values_list("user_id", flat=True))
    looks = looks_counted(staff, since, until)
    seen = Alert.objects.filter(authority__in=mine, raised_at__gte=since, raised_at__lt=until)
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, outcome in seen.values_list("kind", "outcome"):
        counted[kind][outcome] += 1
    rows = [_row(kind, outcomes, looks) for kind, outcomes in counted.items()]
    rows.sort(key=lambda row: -row[1])
    return Figures(day_of(since), today, looks, sum(row[1] for row in rows), rows)


def _row(kind: str, outcomes: Counter[str], looks: int) -> list[Any]:
    total = outcomes.total()
    rate = f"{1000 * total / looks:.2f}" if looks else "–"
    return [str(alert_kind(kind).title), total, rate, outcomes[""], *(outcomes[code] for code in LOOKS)]
