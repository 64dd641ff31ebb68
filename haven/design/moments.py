"""Moments and days in words, as a duty desk says them. All times are shown in London."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


def london(moment: datetime) -> datetime:
    """The same moment on a London clock; refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment must say its time zone")
    return moment.astimezone(LONDON)


def day_in_words(day: date | None) -> str:
    """“Tue 3 Mar 2026”; a moment is first put on the London calendar."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = london(day).date()
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def moment_in_words(moment: datetime | None) -> str:
    """“Tue 3 Mar 2026, 14:05”."""
    if moment is None:
        return ""
    return f"{day_in_words(moment)}, {clock_in_words(moment)}"


def clock_in_words(moment: datetime | None) -> str:
    """“14:05”, in London."""
    return "" if moment is None else f"{london(moment):%H:%M}"


def span_in_words(span: timedelta) -> str:
    """“20 min”, “3 h”, “2 days”: whole units, rounded down; under a minute is “1 min”."""
    if span < HOUR:
        return _("%(n)s min") % {"n": max(1, int(span.total_seconds() // 60))}
    if span < timedelta(days=2):
        return _("%(n)s h") % {"n": int(span // HOUR)}
    return ngettext("%(n)s day", "%(n)s days", span.days) % {"n": span.days}


def due_in_words(due: datetime | date, now: datetime) -> tuple[str, str]:
    """How long is left, and its standing: `overdue`, `soon` (today, or under 4 hours) or `later`."""
    return _due_moment(due, now) if isinstance(due, datetime) else _due_day(due, london(now).date())


def _due_moment(due: datetime, now: datetime) -> tuple[str, str]:
    left = due - now
    if left < timedelta(0):
        return _("overdue by %(span)s") % {"span": span_in_words(-left)}, "overdue"
    return _("due in %(span)s") % {"span": span_in_words(left)}, "soon" if left < 4 * HOUR else "later"


def _due_day(due: date, today: date) -> tuple[str, str]:
    days = (due - today).days
    if days < 0:
        return ngettext("overdue by %(n)s day", "overdue by %(n)s days", -days) % {"n": -days}, "overdue"
    if days == 0:
        return _("due today"), "soon"
    if days == 1:
        return _("due tomorrow"), "later"
    return _("due in %(n)s days") % {"n": days}, "later"
