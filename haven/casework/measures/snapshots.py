"""Counting the figures once, and reading them many times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from haven.casework.access.models import Authority
from haven.casework.measures.models import Snapshot
from haven.casework.measures.registry import compute_all
from haven.lib.period import Period


@dataclass(frozen=True)
class Figures:
    """The figures of a period, and when they were counted."""

    computed_at: datetime
    measures: list[dict[str, Any]]


def save_snapshot(authority: Authority, period: Period, at: datetime) -> Figures:
    """Count every figure of the period now, in place of the last count."""
    measures = compute_all(authority, period)
    kept = _of(authority, period)
    kept.exclude(measure__in=[one["id"] for one in measures]).delete()
    Snapshot.objects.bulk_create(
        [_row(authority, period, position, one, at) for position, one in enumerate(measures)],
        update_conflicts=True,
        unique_fields=["authority", "from_on", "to_on", "measure"],
        update_fields=["position", "payload", "computed_at"],
    )
    return Figures(at, measures)


def load_snapshot(authority: Authority, period: Period) -> Figures | None:
    """The figures as last counted, in one query; None if they never were."""
    rows = list(_of(authority, period).order_by("position").values_list("computed_at", "payload"))
    if not rows:
        return None
    return Figures(min(computed_at for computed_at, _ in rows), [payload for _, payload in rows])


def periods_counted(authority: Authority) -> list[Period]:
    """The periods for which there are figures, newest first."""
    days = Snapshot.objects.filter(authority=authority).values_list("from_on", "to_on").distinct()
    return [Period(from_on, to_on) for from_on, to_on in days.order_by("-to_on", "from_on")]


def _of(authority: Authority, period: Period) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(authority=authority, from_on=period.from_on, to_on=period.to_on)


def _row(authority: Authority, period: Period, position: int, one: dict[str, Any], at: datetime) -> Snapshot:
    days = {"from_on": period.from_on, "to_on": period.to_on}
    return Snapshot(authority=authority, measure=one["id"], position=position, payload=one, computed_at=at, **days)
