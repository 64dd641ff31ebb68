"""Days as London lives them, and which of them are worked in England.

A moment is an aware datetime; a day is a date in Europe/London. `moment.date()` on UTC is a day early after 23:00 in
summer, so a day is taken only by `day_of`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
MONDAY_TO_FRIDAY = frozenset(range(5))

# Bank holidays stand in the Banking and Financial Dealings Act 1971, but a proclamation may move or add one: for
# 19 September 2022 ten days before, for 8 May 2023 six months. GOV.UK prints the current year and the next, and the
# package (0.109, 2026) follows it; beyond that its dates are the Act's rules only, so they are flagged, not trusted.
HORIZON = date(2027, 12, 31)
_FIRST_YEAR = 1975  # the first whole year of the Act's present holidays but New Year's Day (1974) and May Day (1978)
_YEARS_PAST_HORIZON = 20


def day_of(moment: datetime) -> date:
    """The day in London on which the moment falls; refuses a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first moment of the day in London."""
    return datetime.combine(day, time(0), tzinfo=LONDON)


def end_of(day: date) -> datetime:
    """The first moment after the day: `start_of` the next. A thing due that day is late from this moment on."""
    return start_of(day + timedelta(days=1))


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked: the weekdays given (Monday is 0), less the holidays.

    `horizon` is the last day for which the holidays are known; later answers are the rules' and may prove wrong.
    """

    holidays: frozenset[date]
    horizon: date
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def on_weekdays(self, weekdays: Iterable[int]) -> "WorkingCalendar":
        """The same calendar for a desk that works these weekdays; refuses none at all."""
        worked = frozenset(weekdays)
        if not worked or not worked <= set(range(7)):
            raise ValueError("a desk works on at least one weekday, numbered 0 (Monday) to 6")
        return replace(self, weekdays=worked)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """The first working day after the day."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after the day, which itself is not counted; n = 0 gives the day. Refuses n below 0."""
        if n < 0:
            raise ValueError("working days are added, not taken away")
        while n:
            day += timedelta(days=1)
            n -= self.is_working(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days come after `a`, up to and including `b`; 0 if `b` is not later."""
        return sum(self.is_working(day) for day in _days_after(a, b))


def _days_after(a: date, b: date) -> Iterator[date]:
    return (a + timedelta(days=n) for n in range(1, (b - a).days + 1))


@lru_cache(maxsize=1)
def england() -> WorkingCalendar:
    """England's working calendar, without a network: the package `holidays` holds rules and proclaimed days."""
    years = range(_FIRST_YEAR, HORIZON.year + _YEARS_PAST_HORIZON + 1)
    known = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return WorkingCalendar(holidays=frozenset(known), horizon=HORIZON)
