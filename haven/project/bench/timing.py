"""Times and counts of one thing done many times, and how they are printed."""

import math
import statistics
from dataclasses import dataclass, field


@dataclass
class Timing:
    """Milliseconds of each time it was done, of our processor in all, and the most statements that one of them sent."""

    name: str
    milliseconds: list[float] = field(default_factory=list)
    statements: int = 0
    processor: float = 0.0

    def add(self, taken: float, processor: float, statements: int) -> None:
        """Once more: its milliseconds, those in which our processor worked at it, and its statements."""
        self.milliseconds.append(taken)
        self.processor += processor
        self.statements = max(self.statements, statements)

    @property
    def n(self) -> int:
        return len(self.milliseconds)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.milliseconds)

    @property
    def cpu(self) -> float:
        """The mean milliseconds of processor: what a busy machine does not lengthen much."""
        return self.processor / self.n

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """The time that 95 in 100 did not take longer than (nearest rank)."""
        return sorted(self.milliseconds)[math.ceil(0.95 * self.n) - 1]


def table(headings: list[str], rows: list[list[str]]) -> str:
    """Columns wide enough for what is in them; the first to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    lines = [[cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))]
             for row in [headings, ["-" * w for w in widths], *rows]]  # fmt: skip
    return "\n".join("  ".join(line).rstrip() for line in lines)
