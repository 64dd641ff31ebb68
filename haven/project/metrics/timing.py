"""How many requests, how long, how they ended: by the name of the page, never by its address (TR-41).

Each process counts into a small file of its own that is mapped into memory, so that counting costs no write, several
processes add up, and what a killed one had counted stays.
"""

import hashlib
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from haven.project.management.commands.routes import addresses

LIMITS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 10.0)
"""Seconds up to which a request is counted; 0.3 is what a page is promised in."""
FIELDS = (*(f"le_{limit}" for limit in LIMITS), "count", "seconds", "errors")
_ROW = struct.Struct(f"<{len(FIELDS)}d")
UNNAMED = "unnamed"
KEPT = 7 * 24 * 60 * 60
"""Seconds that the figures of a process that is gone are kept and added."""


class Timed:
    """Count every request. It stands outermost, so that what others answer by themselves is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        match: Any = request.resolver_match
        own().count((match.view_name if match is not None else "") or UNNAMED, time.monotonic() - began, response)
        return response


class Counts:
    """The counts of one process, in its file."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.rows = {name: place * _ROW.size for place, name in enumerate(names)}
        self.lock = threading.Lock()
        with path.open("w+b") as file:
            file.truncate(len(names) * _ROW.size)
            self.memory = mmap.mmap(file.fileno(), 0)

    def count(self, name: str, seconds: float, response: HttpResponse) -> None:
        """Add one request."""
        place = self.rows.get(name, self.rows[UNNAMED])
        with self.lock:
            values = list(_ROW.unpack_from(self.memory, place))
            for position, limit in enumerate(LIMITS):
                values[position] += seconds <= limit
            values[-3] += 1
            values[-2] += seconds
            values[-1] += response.status_code >= 500
            _ROW.pack_into(self.memory, place, *values)


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all pages, and one for whatever has none."""
    return (UNNAMED, *sorted({name for _path, name, _pattern in addresses(get_resolver()) if name}))


@lru_cache(maxsize=1)
def _own(pid: int) -> Counts:
    folder().mkdir(mode=0o700, exist_ok=True)
    return Counts(folder() / f"{_digest()}-{pid}-{int(time.time())}", names())


def own() -> Counts:
    """The counts of this process: after a fork, a new one."""
    return _own(os.getpid())


def folder() -> Path:
    """Where the counts of every process of this home are."""
    return Path(settings.HAVEN_HOME) / "metrics"


def totals() -> Iterator[tuple[str, dict[str, float]]]:
    """What all processes together have counted, by the name of the page; pages nobody asked for are left out."""
    sums = {name: [0.0] * len(FIELDS) for name in names()}
    for path in sorted(folder().glob(f"{_digest()}-*")):
        if time.time() - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)
            continue
        data = path.read_bytes().ljust(len(names()) * _ROW.size, b"\0")
        for name, row in zip(names(), _ROW.iter_unpack(data[: len(names()) * _ROW.size]), strict=True):
            sums[name] = [before + more for before, more in zip(sums[name], row, strict=True)]
    return ((name, dict(zip(FIELDS, row, strict=True))) for name, row in sums.items() if row[-3])


@lru_cache(maxsize=1)
def _digest() -> str:
    """Which pages the files are about: another release's are not added."""
    return hashlib.sha256("\n".join(names()).encode()).hexdigest()[:12]
