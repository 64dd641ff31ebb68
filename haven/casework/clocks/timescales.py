"""Timescale: how long something may take, and how the time is counted. Pure; pathways declare theirs with it."""

from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """What an amount of time is counted in.

    Days and months end with the day: due at the first moment after it. Hours are exact and never stop, day or night.
    Working hours run while the desk is open. An arrival after the desk has closed, or on a day it does not work,
    counts for working days from the next working day (PR-31).
    """

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Timescale:
    """How long something may take: `amount` of `counting`, from `starts` to `stops` (both in words), by `source`.

    An aim is not a legal limit: running over it asks for a reason and is never called a breach (PR-31). An authority
    may set another amount (LocalPolicy), never another meaning. Only a pausable one may be paused.
    """

    code: str
    label: str
    amount: int
    counting: Counting
    source: str
    starts: str
    stops: str
    aim: bool = True
    pausable: bool = False

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"timescale {self.code}: the amount is at least 1")
        if not self.source:
            raise ValueError(f"timescale {self.code} must say its source")
