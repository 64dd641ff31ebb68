"""The whole measurement, part by part, and its report."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from haven.lib.calendar import day_of
from haven.project.bench.counting import Counted, counting_table, save_years, time_figures
from haven.project.bench.database import fresh_database
from haven.project.bench.life import lives_table, time_lives
from haven.project.bench.pages import pages_table, time_pages
from haven.project.bench.submitting import submitted_table, time_submissions
from haven.project.bench.timing import Timing
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
    pages: dict[int, list[Timing]] = {}
    counted: list[Counted] = []
    for size in sorted(plan.sizes):
        progress(f"seeding {size:,} cases")
        with fresh_database(size, plan.seed) as urls:
            progress(f"counting the figures of {size:,} cases")
            counted.append(time_figures(size))
            save_years()
            progress(f"asking for pages over {size:,} cases")
            pages[size] = time_pages(plan.requests, plan.seed)
            if size == max(plan.sizes):
                progress(f"{size:,} cases, and the public sending for {plan.seconds:g} s")
                submitted = submitted_table(time_submissions(urls, plan.seconds))
    parts += ["Server time of each page, in this process through every middleware", pages_table(pages)]
    parts += [f"The public sends at once, over {max(plan.sizes):,} cases", submitted]
    parts += ["Counting every figure over ten years", counting_table(counted)]
    return _keep("\n\n".join(parts) + "\n")


def _lives(plan: Plan, progress: Say) -> list[str]:
    progress(f"{plan.lives} lives, each two ways")
    with fresh_database(0, plan.seed):
        return ["A concern's life, in an empty database", lives_table(time_lives(plan.lives))]


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
