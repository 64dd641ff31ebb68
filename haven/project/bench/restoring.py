"""Back up, write, destroy, restore to a second before a marker: by the commands of docs/operations.md alone.

In a HAVEN_HOME of its own, thrown away after. Printed: minutes, markers missing, markers too many, what verification
found, and how much had not been shipped when the disk was lost.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from haven.project.home import CHECKOUT

MARKERS = 20
"""How many rows are written before the moment that is restored to, and as many after."""
HEADINGS = ("Base of", "Base made in", "Restored in", "Whole way", "Missing", "Too many", "Rows looked over", "Faults")


@dataclass
class Place:
    """A service of its own: its home, its backups, the operator's key."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        gone = ("DATABASE_URL", "DATABASE_OWNER_URL", "HAVEN_KEYS", "HAVEN_DATABASE_ROLE", "DJANGO_SETTINGS_MODULE")
        self.environment = {name: value for name, value in os.environ.items() if name not in gone}
        self.environment |= {"HAVEN_HOME": str(self.folder / "home"), "HAVEN_BACKUPS": str(self.folder / "backups")}

    def haven(self, *words: str) -> str:
        """One command, as an operator types it; what it answered."""
        command = [sys.executable, "-m", "haven.project", *words]
        done = subprocess.run(command, cwd=CHECKOUT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed: {done.stdout[-1500:]} {done.stderr[-1500:]}")
        return done.stdout.strip()

    def ask(self, *statements: str) -> Any:
        """Ask its database, as its superuser."""
        with psycopg.connect(self.haven("database_url", "--superuser"), autocommit=True) as server:
            for statement in statements[:-1]:
                server.execute(statement)
            answer = server.execute(statements[-1])
            return answer.fetchall() if answer.description else None

    def data(self) -> Path:
        """The data folder of its database."""
        return Path(self.ask("SHOW data_directory")[0][0])


@contextmanager
def place_of_its_own() -> Iterator[Place]:
    """A service with nobody in it; stopped and thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="haven-restore-") as folder:
        place = Place(Path(folder))
        try:
            place.haven("migrate", "--verbosity", "0")
            yield place
        finally:
            database = place.data().parent
            place.haven("stop")
            shutil.rmtree(database, ignore_errors=True)


@dataclass
class Restored:
    """What came of one go."""

    megabytes: float
    base_seconds: float
    restore_seconds: float
    seconds: float
    missing: int
    too_many: int
    found: dict[str, Any]

    def row(self) -> list[str]:
        """For a table: seconds, numbers."""
        faults = len(self.found["faults"])
        return [f"{self.megabytes} MB", f"{self.base_seconds} s", f"{self.restore_seconds} s", f"{self.seconds:.0f} s",
                str(self.missing), str(self.too_many), f"{self.found['rows']:,}", str(faults)]  # fmt: skip


def destroy_and_restore(place: Place, destroy: Callable[[Place], None]) -> Restored:
    """The whole way, as the page tells it."""
    key = str(place.folder / "operator.key")
    place.haven("backup", "--new-key", key)
    base = json.loads(place.haven("backup", "--json"))
    head = place.folder / "head.json"
    head.write_text(place.haven("audit_head"))
    place.ask("CREATE TABLE marker (number int PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())",
              f"INSERT INTO marker (number) SELECT generate_series(1, {MARKERS})")  # fmt: skip
    time.sleep(1.1)
    [[moment]] = place.ask("SELECT clock_timestamp()::text")
    time.sleep(1.1)
    place.ask(f"INSERT INTO marker (number) SELECT generate_series({MARKERS + 1}, {2 * MARKERS})")
    place.haven("backup", "--ship")
    destroy(place)
    began = time.monotonic()
    place.haven("stop")
    answer = place.haven(
        "restore", "--key", key, "--to", moment, "--over", "--head", str(head), "--json"
    )  # fmt: skip
    seconds, found = time.monotonic() - began, json.loads(answer)
    numbers = [number for (number,) in place.ask("SELECT number FROM marker")]
    missing = MARKERS - len([number for number in numbers if number <= MARKERS])
    too_many = len([number for number in numbers if number > MARKERS])
    return Restored(base["megabytes"], base["seconds"], found["seconds"], seconds, missing, too_many, found)


def drop_a_table(place: Place) -> None:
    """A mistake that takes a table and all that hangs on it."""
    place.ask("DROP TABLE cases_case CASCADE")


def lose_the_disk(place: Place) -> None:
    """Everything the database ever wrote is gone."""
    data = place.data()
    place.haven("stop")
    shutil.rmtree(data)


def measure_restore(seed: int, cases: int, say: Callable[[str], None]) -> str:
    """Both ways of losing everything, at a number of cases; a table to print."""
    rows = []
    for name, destroy in (("a table dropped", drop_a_table), ("the data folder deleted", lose_the_disk)):
        say(f"{name}, {cases:,} cases")
        with place_of_its_own() as place:
            if cases:
                place.haven("seed", "--cases", str(cases), "--seed", str(seed), "--json")
            rows.append([name, *destroy_and_restore(place, destroy).row()])
    lines = [f"| Lost | {' | '.join(HEADINGS)} |", f"|{'---|' * (len(HEADINGS) + 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), f"\n{cases:,} cases, seed {seed}.\n"])
