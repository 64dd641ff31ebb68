"""When something is due: arithmetic on London time, without a database and without a clock.

Sums are done in UTC: Python adds to a London moment by the clock face and is an hour out when the clocks change.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from haven.casework.clocks.timescales import Counting, Timescale
from haven.lib.calendar import LONDON, WorkingCalendar, day_of, end_of

ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
COUNTED_IN_WORKING_TIME = (Counting.WORKING_DAYS, Counting.WORKING_HOURS)


@dataclass(frozen=True)
class Desk:
    """When an authority's safeguarding desk is open: from `opens` to `closes` on `days` (0 is Monday).

    Closing at 00:00 means midnight at the day's end. Refused when it closes before it opens.
    """

    opens: time = time(9)
    closes: time = time(17)
    days: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError("the desk closes after it opens")

    def opens_at(self, day: date) -> datetime:
        """The moment the desk opens that day, in UTC."""
        return datetime.combine(day, self.opens, tzinfo=LONDON).astimezone(UTC)

    def closes_at(self, day: date) -> datetime:
        """The moment the desk closes that day, in UTC."""
        closing = end_of(day) if self.closes == time(0) else datetime.combine(day, self.closes, tzinfo=LONDON)
        return closing.astimezone(UTC)


def due_moment(
    timescale: Timescale, started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk
) -> datetime:
    """The moment by which it is due; from that moment on it is late. `amount` is the timescale's or the authority's.

    Two working days from Friday 10:00 end with Tuesday; from Friday 18:00, after the desk closed, with Wednesday.
    """
    return _DUE[timescale.counting](started_at, amount, calendar.on_weekdays(desk.days), desk)


def due_after_pause(
    counting: Counting, due_at: datetime, paused: tuple[datetime, datetime], calendar: WorkingCalendar, desk: Desk
) -> datetime:
    """The due moment moved by a pause: by its exact length for hours, by the days it crossed for days and months."""
    worked = calendar.on_weekdays(desk.days)
    from_at, until_at = paused
    if counting is Counting.HOURS:
        return due_at.astimezone(UTC) + (until_at - from_at)
    if counting is Counting.WORKING_HOURS:
        return _advance(due_at, _desk_time(from_at, until_at, worked, desk), worked, desk)
    from_on, until_on, last_day = day_of(from_at), day_of(until_at), day_of(due_at - INSTANT)
    if counting is Counting.WORKING_DAYS:
        return end_of(worked.add_working_days(last_day, worked.working_days_between(from_on, until_on)))
    return end_of(last_day + (until_on - from_on))


def past_horizon(counting: Counting, due_at: datetime, calendar: WorkingCalendar) -> bool:
    """Whether the answer leans on holidays that are not yet known for certain."""
    return counting in COUNTED_IN_WORKING_TIME and due_at > end_of(calendar.horizon)


def _hours(started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk) -> datetime:
    return started_at.astimezone(UTC) + timedelta(hours=amount)


def _calendar_days(started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk) -> datetime:
    return end_of(day_of(started_at) + timedelta(days=amount))


def _working_days(started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk) -> datetime:
    first = day_of(started_at)
    if not calendar.is_working(first) or started_at >= desk.closes_at(first):
        first = calendar.next_working_day(first)
    return end_of(calendar.add_working_days(first, amount))


def _working_hours(started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk) -> datetime:
    return _advance(started_at, timedelta(hours=amount), calendar, desk)


def _months(started_at: datetime, amount: int, calendar: WorkingCalendar, desk: Desk) -> datetime:
    """The same day of a later month, or that month's last day where it is shorter."""
    start = day_of(started_at)
    years, month = divmod(start.month - 1 + amount, 12)
    year, month = start.year + years, month + 1
    return end_of(date(year, month, min(start.day, monthrange(year, month)[1])))


_DUE: dict[Counting, Callable[[datetime, int, WorkingCalendar, Desk], datetime]] = {
    Counting.HOURS: _hours,
    Counting.WORKING_HOURS: _working_hours,
    Counting.CALENDAR_DAYS: _calendar_days,
    Counting.WORKING_DAYS: _working_days,
    Counting.MONTHS: _months,
}


def _open_time(day: date, calendar: WorkingCalendar, desk: Desk) -> tuple[datetime, datetime]:
    """When the desk opens and closes that day; the same moment twice on a day it does not work."""
    opens = desk.opens_at(day)
    return opens, desk.closes_at(day) if calendar.is_working(day) else opens


def _advance(moment: datetime, length: timedelta, calendar: WorkingCalendar, desk: Desk) -> datetime:
    """The moment when the desk has been open for `length` since `moment`."""
    day, left = day_of(moment), length
    while True:
        opens, closes = _open_time(day, calendar, desk)
        begins = max(moment.astimezone(UTC), opens)
        if begins < closes and closes - begins >= left:
            return begins + left
        left -= max(closes - begins, timedelta(0))
        day += ONE_DAY


def _desk_time(from_at: datetime, until_at: datetime, calendar: WorkingCalendar, desk: Desk) -> timedelta:
    """How long the desk was open between two moments."""
    total, day = timedelta(0), day_of(from_at)
    while day <= day_of(until_at):
        opens, closes = _open_time(day, calendar, desk)
        total += max(min(closes, until_at.astimezone(UTC)) - max(opens, from_at.astimezone(UTC)), timedelta(0))
        day += ONE_DAY
    return total
