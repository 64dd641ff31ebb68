"""When the desk is open, when it next reads what arrives, and whom to ring now (PR-01)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority
from haven.casework.clocks.due import Desk
from haven.lib.calendar import LONDON, day_of, england


@dataclass(frozen=True)
class DeskNow:
    """How the desk stands at one moment. If closed: when it reads next, in words, soon or on a day; who answers now."""

    is_open: bool
    phone: str
    hours: str
    reads_at: str = ""
    reads_on: str = ""
    is_answered: bool = True


def desk_now(authority: Authority, at: datetime) -> DeskNow:
    """How the authority's desk stands: open, or closed until its next working day."""
    desk = Desk(authority.desk_opens, authority.desk_closes, frozenset(int(day) for day in authority.desk_days))
    opens_at = next_opening(desk, at)
    if opens_at <= at:
        return DeskNow(True, authority.telephone, hours_in_words(desk))
    phone = authority.out_of_hours_telephone or authority.telephone
    return DeskNow(
        is_open=False,
        phone=phone,
        hours=hours_in_words(desk),
        reads_at=moment_said(opens_at, at),
        reads_on=moment_on(opens_at),
        is_answered=bool(authority.out_of_hours_telephone),
    )


def next_opening(desk: Desk, at: datetime) -> datetime:
    """When the desk opens next; when it opened, if it is open."""
    calendar = england().on_weekdays(desk.days)
    day = day_of(at)
    if not calendar.is_working(day) or desk.closes_at(day) <= at:
        day = calendar.next_working_day(day)
    return desk.opens_at(day)


def moment_said(moment: datetime, at: datetime) -> str:
    """“today at 9am”, “tomorrow at 9am”, “on Monday 23 November at 9am”."""
    day, today = day_of(moment), day_of(at)
    clock = clock_said(moment.astimezone(LONDON).time())
    if day == today:
        return _("today at %(clock)s") % {"clock": clock}
    if day == today + timedelta(days=1):
        return _("tomorrow at %(clock)s") % {"clock": clock}
    return moment_on(moment)


def moment_on(moment: datetime) -> str:
    """“on Monday 23 November at 9am”: what still holds when it is read on another day."""
    clock = clock_said(moment.astimezone(LONDON).time())
    return _("on %(day)s at %(clock)s") % {"day": date_format(day_of(moment), "l j F"), "clock": clock}


def clock_said(clock: time) -> str:
    """“9am”, “5:30pm”, “midday”, “midnight”."""
    if clock in SPOKEN:
        return SPOKEN[clock]()
    minutes = f":{clock:%M}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"


SPOKEN = {time(0): lambda: _("midnight"), time(12): lambda: _("midday")}


def hours_in_words(desk: Desk) -> str:
    """“Monday to Friday, 9am to 5pm”."""
    names = [date_format(_a_day(number), "l") for number in sorted(desk.days)]
    together = max(desk.days) - min(desk.days) + 1 == len(names) > 2
    days = _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]} if together else ", ".join(names)
    return _("%(days)s, %(opens)s to %(closes)s") % {
        "days": days, "opens": clock_said(desk.opens), "closes": clock_said(desk.closes),
    }  # fmt: skip


def _a_day(number: int) -> datetime:
    """Some day with this weekday: 1 January 2024 was a Monday."""
    return datetime(2024, 1, 1 + number, 12, tzinfo=LONDON)
