"""What it takes to count the figures: every measure of every authority over ten years, in proportion to concerns."""

import time
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.measures.registry import MEASURES
from haven.casework.measures.snapshots import save_snapshot
from haven.lib.calendar import day_of
from haven.lib.period import Period
from haven.project.bench.seed.size import YEARS
from haven.project.bench.timing import table

GOAL = 1.0
"""Seconds for 10,000 concerns."""


@dataclass(frozen=True)
class Counted:
    """The seconds it took to count, of so many concerns."""

    concerns: int
    seconds: float

    @property
    def for_ten_thousand(self) -> float:
        return self.seconds * 10_000 / self.concerns

    @property
    def goal(self) -> float:
        """Seconds: in proportion, but a second for the fewest."""
        return GOAL * max(1, self.concerns / 10_000)


def time_figures(concerns: int) -> Counted:
    """Count every figure of each authority over the whole ten years; the better of two."""
    last = day_of(timezone.now())
    whole = Period(last.replace(year=last.year - YEARS - 1), last)
    return Counted(concerns, min(_count(whole) for _ in range(2)))


def _count(period: Period) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        wall.open_to_all("measuring over synthetic people")
        for authority in Authority.objects.all():
            save_snapshot(authority, period, timezone.now())
    return time.perf_counter() - began


def save_years() -> None:
    """Leave the figures of the financial years as the nightly job does, so that the page has something to show."""
    this_year = Period.financial_year_of(day_of(timezone.now())).from_on.year
    with transaction.atomic():
        wall.open_to_all("measuring over synthetic people")
        for authority in Authority.objects.all():
            for year in range(this_year - 2, this_year + 1):
                save_snapshot(authority, Period.financial_year(year), timezone.now())


def counting_table(found: list[Counted]) -> str:
    headings = ["concerns", "measures × authorities", "seconds", "goal", "for 10,000"]
    rows = []
    for one in found:
        times = [f"{one.seconds:.2f}", f"≤ {one.goal:g}", f"{one.for_ten_thousand:.2f}"]
        rows.append([f"{one.concerns:,}", f"{len(MEASURES)} × 4", *times])
    return table(headings, rows)
