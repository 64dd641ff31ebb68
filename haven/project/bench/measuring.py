"""The whole measurement, part by part, and its report."""

import os
import platform
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from haven.lib.calendar import day_of
from haven.project.bench.counting import counting_table, save_years, time_figures
from haven.project.bench.database import At, addresses_of, as_owner, fresh_database
from haven.project.bench.life import lives_table, time_lives
from haven.project.bench.pages import pages_table, time_pages
from haven.project.bench.submitting import submitted_table, time_submissions
from haven.project.bench.trust import time_trust, trust_table
from haven.project.home import haven_home

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much to measure: the sizes of the data, the seed, how often each thing is done."""

    sizes: Sequence[int] = (1_000, 10_000, 100_000)
    seed: int = 20_260_401
    lives: int = 50
    requests: int = 40
    seconds: float = 10

    @classmethod
    def quick(cls, sizes: Sequence[int], seed: int) -> "Plan":
        """A look in under a minute or two: for whoever is changing a page."""
        return cls(sizes or (1_000,), seed, lives=10, requests=12, seconds=3)


def measure(plan: Plan, progress: Say) -> str:
    """Measure everything; the report, which is also kept in HAVEN_HOME."""
    parts = [_heading(plan), *_lives(plan, progress)]
    with ExitStack() as databases:
        sizes: dict[int, At] = {}
        for size in sorted(plan.sizes):
            progress(f"seeding {size:,} cases")
            sizes[size] = databases.enter_context(fresh_database(size, plan.seed))
        parts += _figures(sizes, progress)
        parts += _pages(sizes, plan, progress)
        parts += _trust(sizes, plan, progress)
        parts += _submissions(sizes, plan, progress)
    return _keep("\n\n".join(parts) + f"\n\nload after {os.getloadavg()[0]:.1f}\n")


def _lives(plan: Plan, progress: Say) -> list[str]:
    progress(f"{plan.lives} lives, each two ways")
    with fresh_database(0, plan.seed) as at:
        return ["A concern's life, in an empty database", lives_table(at.run(time_lives, plan.lives))]


def _figures(sizes: dict[int, At], progress: Say) -> list[str]:
    progress("counting the figures")
    counted = [at.run(time_figures, size) for size, at in sizes.items()]
    for at in sizes.values():
        at.run(save_years)
    return ["Counting every figure over ten years", counting_table(counted)]


def _pages(sizes: dict[int, At], plan: Plan, progress: Say) -> list[str]:
    progress("asking for pages")
    timings = time_pages(sizes, plan.requests, plan.seed)
    return ["Server time of each page, through every middleware, sizes in turn", pages_table(timings)]


def _trust(sizes: dict[int, At], plan: Plan, progress: Say) -> list[str]:
    largest = max(sizes)
    progress("asking for pages with and without the wall and the record of reads")
    with as_owner(sizes[largest]) as owner:
        timings = time_trust(sizes[largest], owner, plan.requests, plan.seed)
    heading = f"What row-level security and the record of reads cost, over {largest:,} cases, the ways in turn"
    return [heading, trust_table(timings)]


def _submissions(sizes: dict[int, At], plan: Plan, progress: Say) -> list[str]:
    largest = max(sizes)
    progress(f"the public sending for {plan.seconds:g} s")
    sent = sizes[largest].run(time_submissions, addresses_of(sizes[largest].name), plan.seconds)
    return [f"The public sends at once, over {largest:,} cases", submitted_table(sent)]


def _heading(plan: Plan) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [server] = cursor.fetchone()
    sizes = ", ".join(f"{size:,}" for size in sorted(plan.sizes))
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL {server.split()[0]}"
    load = f"load before {os.getloadavg()[0]:.1f}"
    return f"Haven bench, {timezone.now():%Y-%m-%d %H:%M} UTC · {machine}, {load} · cases {sizes} · seed {plan.seed}"


def _keep(report: str) -> str:
    path = haven_home() / f"bench-{day_of(timezone.now()).isoformat()}.txt"
    path.write_text(report, encoding="utf-8")
    return report
