"""The whole measurement of the sealed log, and its report."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from haven.casework.events.running import EVERY
from haven.project.bench.audit.load import LATE, Load, under_load
from haven.project.bench.audit.proving import Tally, prove
from haven.project.bench.audit.speed import Speed, time_inserts, time_sealing, time_verifying
from haven.project.bench.database import fresh_database
from haven.project.bench.timing import Timing, table

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much: changes by the superuser, seconds under load with so many writers, sizes in events and heads."""

    seed: int
    mutations: int = 1_000
    seconds: float = 60
    writers: int = 4
    sizes: tuple[tuple[int, int], ...] = ((100_000, 20), (1_000_000, 20), (1_000_000, 2_000))

    @classmethod
    def quick(cls, seed: int) -> "Plan":
        """A look in two minutes."""
        return cls(seed, mutations=60, seconds=LATE + 5, sizes=((50_000, 20),))


def measure_audit(plan: Plan, progress: Say) -> str:
    """Measure everything; the report, whose parts are said too as soon as they are there."""
    parts = [f"The sealed log · seed {plan.seed}"]
    for part in (_changes(plan, progress), _load(plan, progress), _speeds(plan, progress), _inserts(plan, progress)):
        for words in part:
            progress(f"so far\n{words}")
            parts.append(words)
    return "\n\n".join(parts) + "\n"


def _changes(plan: Plan, progress: Say) -> Iterator[str]:
    progress(f"{plan.mutations} changes by the superuser")
    with fresh_database(0, plan.seed) as at:
        yield tallies_table(at.run(prove, plan.mutations, plan.seed))


def _load(plan: Plan, progress: Say) -> Iterator[str]:
    progress(f"{plan.writers} writers for {plan.seconds:g} s")
    with fresh_database(0, plan.seed) as at:
        load = under_load(at.name, writers=plan.writers, seconds=plan.seconds, every=EVERY, seed=plan.seed)
    yield load_words(load)


def _speeds(plan: Plan, progress: Say) -> Iterator[str]:
    for events, heads in plan.sizes:
        progress(f"{events:,} events in {heads:,} heads")
        with fresh_database(0, plan.seed) as at:
            sealing = at.run(time_sealing, events, heads)
            said, megabytes = time_verifying(at.name)
        yield speeds_table([Speed(said["events"], heads, sealing, said["seconds"], megabytes, len(said["faults"]))])


def _inserts(plan: Plan, progress: Say) -> Iterator[str]:
    progress("recording with and without")
    with fresh_database(0, plan.seed) as at:
        yield inserts_table(at.run(time_inserts))


def tallies_table(tallies: dict[str, Tally]) -> str:
    """One row a kind of change, and all of them."""
    whole = Tally(*(sum(getattr(one, name) for one in tallies.values()) for name in ("tried", "caught", "located",
                                                                                     "besides")))  # fmt: skip
    rows = [[name.replace("_", " "), *map(str, (one.tried, one.caught, one.located, one.besides))]
            for name, one in [*sorted(tallies.items()), ("all", whole)]]  # fmt: skip
    return table(["change by the superuser", "tried", "caught", "located", "others named"], rows)


def load_words(load: Load) -> str:
    """What was written, what verification said of it, how long a commit waited for its head."""
    waited = sorted(load.seconds_to_seal)
    half, most = waited[len(waited) // 2], waited[math.ceil(0.95 * len(waited)) - 1]
    return (
        f"{load.rows:,} rows in {len(load.committed):,} transactions, {load.rolled_back:,} rolled back, one open "
        f"{LATE:g} s: {load.verified} verifications, {len(load.alarms)} false alarms, {load.unsealed} never sealed; "
        f"from commit to head p50 {half:.1f} s, p95 {most:.1f} s, longest {waited[-1]:.1f} s"
    )


def speeds_table(speeds: Iterable[Speed]) -> str:
    """One row a size."""
    rows = [[f"{one.events:,} events in {one.heads:,} heads", f"{one.sealing:.1f}", f"{one.verifying:.1f}", "< 20",
             f"{one.megabytes:.0f}", str(one.faults)] for one in speeds]  # fmt: skip
    return table(["", "sealing s", "verifying s", "goal per 1M", "peak MB", "faults"], rows)


def inserts_table(timings: list[Timing]) -> str:
    """Microseconds of one insert each way."""
    rows = [[one.name, str(one.n), f"{one.p50:.1f}", f"{min(one.milliseconds):.1f}"] for one in timings]
    return table(["recording (n runs of 2,000)", "n", "p50 µs", "least µs"], rows)
