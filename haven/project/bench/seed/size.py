"""How much of everything: history over ten years, and live work of the last eleven weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AUTHORITIES = {
    "fernmoor": "Fernmoor Council",
    "larkhaven": "Larkhaven Council",
    "oxmere": "Oxmere Council",
    "thornbeck": "Thornbeck Council",
}
"""Four invented authorities that share a deployment. Case n belongs to authority n % 4."""

YEARS = 10
LIVE_DAYS = 77
UNDECIDED_DAYS = 4
A_WORKERS_CASES = 12
"""Open cases of one social worker: what a list of work should hold whatever the size of the data."""


@dataclass(frozen=True)
class Size:
    """What one seeding writes. History grows with `cases`; the queues of a desk do not, for a desk keeps its clocks.

    Eleven weeks of ten years are open, but never fewer than 400 cases (or 4 in 10), so that every page has rows in a
    small database too, and pages of databases of different sizes can be compared.
    """

    cases: int
    seed: int
    now: datetime

    @property
    def live(self) -> int:
        """Open cases, a quarter in each authority."""
        wanted = max(round(self.cases * LIVE_DAYS / (YEARS * 365)), min(400, self.cases * 4 // 10))
        return max(4, wanted // 4 * 4) if self.cases >= 4 else 0

    @property
    def history(self) -> int:
        return self.cases - self.live

    @property
    def undecided(self) -> int:
        """Concerns of one authority that wait for a decision."""
        return min(25, self.live // 16)

    @property
    def waiting(self) -> int:
        """Reports of one authority that nobody has taken on yet."""
        return min(15, max(1, self.live // 24))

    @property
    def refused(self) -> int:
        return self.cases * 12 // 100

    @property
    def joined(self) -> int:
        return self.history * 5 // 100

    @property
    def starts_at(self) -> datetime:
        return self.now - timedelta(days=YEARS * 365)

    @property
    def concerns_for_staff(self) -> int:
        """The yearly number from which the year generator would take the same number of social workers."""
        return max(4, (self.live // 4 - self.undecided) // A_WORKERS_CASES) * 45
