"""Tags of the figures page: thousands, a share as a bar, and a picture's numbers as a table."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from haven.design.charts import Chart

register = template.Library()


@register.filter
def thousands(value: int | None) -> str:
    """1031 as 1,031; a dash of nothing."""
    return "–" if value is None else f"{value:,}"


@register.simple_tag
def meter(value: float | None) -> SafeString:
    """A share as a bar of a fixed length. The number stands beside it, so it is not read out."""
    if value is None:
        return SafeString("")
    return format_html(
        '<svg class="fg-meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="100" height="4" fill="#e4e6e8"/><rect width="{}" height="4" fill="#12436D"/></svg>',
        value,
    )


@register.simple_tag
def table_of(picture: Chart) -> SafeString:
    """The numbers a picture was drawn from."""
    columns: list[Any] = [{"text": text, "numeric": place > 1} for place, text in enumerate(picture.columns)]
    return SafeString(render_to_string("desk/parts/numbers.html", {"columns": columns, "picture": picture}))
