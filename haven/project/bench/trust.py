"""What the second wall and the record of reads cost a page: the same requests with and without each, in turn."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from haven.project.bench.asking import Asker
from haven.project.bench.database import At
from haven.project.bench.pages import PAGES, to_ask
from haven.project.bench.timing import Timing, table

WAYS = {
    "neither": (True, False),
    "reads": (True, True),
    "wall": (False, False),
    "both": (False, True),
}
"""How each page is asked for: as the owner of the tables, whom no policy stops?; with the read written?"""

SHOWING = tuple(name for name in PAGES if name != "public submit")
"""A report is sent once, so it is not asked for four ways."""


def time_trust(app: At, owner: At, n: int, seed: int) -> dict[str, list[Timing]]:
    """Each page asked for `n` times each way, the ways in turn, over one database seen by two roles."""
    asked = app.run(to_ask, n, seed)
    askers = {way: Asker() for way in WAYS}
    timings: dict[str, list[Timing]] = {way: [Timing(name) for name in SHOWING] for way in WAYS}
    for place, name in enumerate(SHOWING):
        for way, (as_owner, reads) in WAYS.items():
            at = owner if as_owner else app
            at.run(_done, reads, askers[way].warm, asked[name])
        for i in range(n):
            for way, (as_owner, reads) in WAYS.items():
                at = owner if as_owner else app
                at.run(_done, reads, askers[way].time, asked[name][i], timings[way][place])
    return timings


def _done(reads: bool, what: Any, *given: Any) -> Any:
    with nullcontext() if reads else without_reads():
        return what(*given)


@contextmanager
def without_reads() -> Iterator[None]:
    """Requests that write no read: what a page would cost if nobody kept who looked. For measuring only."""
    with patch("haven.casework.access.reading.read_of", return_value=None):
        yield


def trust_table(timings: dict[str, list[Timing]]) -> str:
    """One row a page: p50 (processor) each way, and what both add."""
    headings = ["page, p50 (processor) ms", "n", *WAYS, "reads add", "wall adds", "both add"]
    rows = []
    for place, name in enumerate(SHOWING):
        one = {way: timings[way][place] for way in WAYS}
        plain = one["neither"]
        times = [f"{each.p50:.0f} ({each.cpu:.0f})" for each in one.values()]
        adds = [f"{one[way].p50 - plain.p50:+.1f}" for way in ("reads", "wall", "both")]
        rows.append([name, str(plain.n), *times, *adds])
    return table(headings, rows)
