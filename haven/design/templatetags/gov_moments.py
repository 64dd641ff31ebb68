"""Tags and filters that say when: in London, in words."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from haven.design.moments import clock_in_words, day_in_words, due_in_words, moment_in_words, span_in_words

register = template.Library()
register.filter("when", moment_in_words)
register.filter("day", day_in_words)
register.filter("clock", clock_in_words)


@register.filter
def one_dp(number: float | None) -> str:
    """A figure with one decimal at most; an absent one is a dash."""
    return "–" if number is None else f"{number:.1f}"


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment, readable and machine-readable."""
    return _time(moment, moment_in_words(moment))


@register.simple_tag
def day(value: date | None) -> SafeString:
    """A day, readable and machine-readable."""
    return _time(value, day_in_words(value))


@register.simple_tag(takes_context=True)
def due(context: template.Context, due_at: datetime | date | None, now: datetime | None = None) -> SafeString:
    """How long is left, or by how much it is overdue: the word carries it, the colour repeats it."""
    if due_at is None:
        return SafeString("")
    words, standing = due_in_words(due_at, _now(context, now))
    return format_html('<span class="hv-due hv-due--{}">{}</span>', standing, _time(due_at, words))


@register.simple_tag(takes_context=True)
def ago(context: template.Context, moment: datetime | None, now: datetime | None = None) -> SafeString:
    """How long ago, or how long something has waited: “3 h”."""
    return _time(moment, span_in_words(_now(context, now) - moment)) if moment else SafeString("")


def _now(context: template.Context, now: datetime | None) -> datetime:
    given: Any = now or context.get("now")
    return given if isinstance(given, datetime) else timezone.now()


def _time(value: date | None, words: str) -> SafeString:
    if value is None:
        return SafeString("")
    title = moment_in_words(value) if isinstance(value, datetime) else day_in_words(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), title, words)
