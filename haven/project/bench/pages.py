"""How long each page takes at the server, and how many statements it sends, at each size of the data."""

from collections.abc import Callable, Mapping
from random import Random

from django.db import connection
from django.utils import timezone

from haven.project.bench.asking import Asked, Asker
from haven.project.bench.database import At
from haven.project.bench.subjects import Subjects
from haven.project.bench.timing import Timing, table

MOST_STATEMENTS = 15
RATIO = 1.2
GOALS = {
    "home": 66,
    "duty": 66,
    "case": 60,
    "person": 60,
    "board": 66,
    "figures": 66,
    "search": 66,
    "public submit": 200,
}
"""Milliseconds: five times faster than the closest peer (list 0.33 s, detail 0.30 s, last public step 1.0 s)."""

PAGES: dict[str, Callable[[Subjects], list[Asked]]] = {
    "home": lambda subjects: subjects.by("practitioner", "/home"),
    "duty": lambda subjects: subjects.by("duty_officer", "/duty"),
    "case": Subjects.case_pages,
    "person": Subjects.person_pages,
    "board": lambda subjects: subjects.by("manager", "/board"),
    "figures": lambda subjects: subjects.by("head_of_service", "/figures"),
    "search": Subjects.searches,
    "public submit": Subjects.reports,
}


def to_ask(n: int, seed: int) -> dict[str, list[Asked]]:
    """The requests for each page in the database in use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', false)")
    subjects = Subjects(n, Random(seed), timezone.now())
    asked = {name: requests(subjects) for name, requests in PAGES.items()}
    connection.close()
    return asked


def time_pages(sizes: Mapping[int, At], n: int, seed: int) -> dict[int, list[Timing]]:
    """Each page asked for `n` times at each size, in turn, so that what else the machine does falls on all alike."""
    asked = {size: at.run(to_ask, n, seed) for size, at in sizes.items()}
    askers = {size: Asker() for size in sizes}
    timings: dict[int, list[Timing]] = {size: [Timing(name) for name in PAGES] for size in sizes}
    for place, name in enumerate(PAGES):
        for size, at in sizes.items():
            at.run(askers[size].warm, asked[size][name])
        for i in range(n):
            for size, at in sizes.items():
                at.run(askers[size].time, asked[size][name][i], timings[size][place])
    return timings


def pages_table(by_size: dict[int, list[Timing]]) -> str:
    """One row a page: p50/p95 and processor at each size, statements, and the largest size against the smallest."""
    sizes = sorted(by_size)
    headings = ["page, p50/p95 (processor) ms", "n", *(f"{size:,}" for size in sizes)]
    headings += ["goal", "statements", "goal", "ratio", "goal"]
    rows = []
    for timings in zip(*(by_size[size] for size in sizes), strict=True):
        ratio = timings[-1].p50 / timings[0].p50
        times = [f"{one.p50:.0f}/{one.p95:.0f} ({one.cpu:.0f})" for one in timings]
        most = max(one.statements for one in timings)
        goals = [f"≤ {GOALS[timings[0].name]}", str(most), f"≤ {MOST_STATEMENTS}", f"{ratio:.2f}", f"≤ {RATIO}"]
        rows.append([timings[0].name, str(timings[0].n), *times, *goals])
    return table(headings, rows)
