"""Tags for the parts of a page that GOV.UK lacks or that we draw denser: tags, facts, tables, panels, timelines."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.design.macros import component
from haven.design.pictures import accessible
from haven.design.templatetags.gov_forms import button_classes

register = template.Library()

URGENCIES = {
    "act_now": (gettext_lazy("Act now"), "red"),
    "today": (gettext_lazy("Today"), "orange"),
    "routine": (gettext_lazy("Routine"), "blue"),
}
UNSEEN = (gettext_lazy("Not yet looked at"), "purple")
BANNER_ICONS = {"warning", "success", "information"}


@register.simple_tag
def status_tag(text: str, colour: str = "grey") -> SafeString:
    """A word in a coloured box; the word alone carries the meaning."""
    return component("tag", {"text": text, "classes": f"govuk-tag--{colour} hv-tag"})


@register.simple_tag
def tag_urgency(urgency: str | None) -> SafeString:
    """How urgent, in words; an arrival nobody has opened says so."""
    text, colour = URGENCIES.get(urgency or "", UNSEEN)
    return status_tag(str(text), colour)


@register.simple_tag
def button_link(text: str, href: str, kind: str | None = None, key: str | None = None) -> SafeString:
    """A link that looks like a button and starts something; `key` is its keyboard shortcut."""
    attributes = {"data-key": key, "aria-keyshortcuts": key} if key else {}
    return component("button", {"text": text, "href": href, "classes": button_classes(kind), "attributes": attributes})


@register.simple_tag
def summary_list(rows: Sequence[Any], small: bool = True, classes: str = "") -> SafeString:
    """Facts as key and value, each with its “Change” link where it may be changed."""
    size = "hv-summary--small" if small else ""
    return component(
        "summary-list", {"rows": [summary_row(row) for row in rows], "classes": f"{size} {classes}".strip()}
    )


def summary_row(row: Any) -> dict[str, Any]:
    """One row, from a tuple or a dict; an empty value says so in words."""
    if not isinstance(row, dict):
        row = dict(zip(("key", "value", "href"), row, strict=False))
    value = row.get("value")
    empty = value is None or value == ""
    shown: dict[str, Any] = {"text": _("Not recorded yet")} if empty else words(value)
    item: dict[str, Any] = {"key": {"text": row["key"]}, "value": {**shown, "classes": "hv-empty" if empty else ""}}
    if row.get("href"):
        link = {"href": row["href"], "text": row.get("action") or _("Change"), "visuallyHiddenText": str(row["key"])}
        item["actions"] = {"items": [link]}
    return item


def words(value: Any) -> dict[str, Any]:
    """A value as text, or as HTML where it is already safe."""
    return {"html": value} if isinstance(value, SafeString) else {"text": str(value)}


@register.inclusion_tag("design/parts/small_table.html")
def small_table(columns: Sequence[Any], rows: Sequence[Any], caption: str = "", **options: Any) -> dict[str, Any]:
    """A compact table whose first cell heads its row. Options: empty, show_caption, classes."""
    heads = [column if isinstance(column, dict) else {"text": column} for column in columns]
    return {
        "columns": heads, "caption": caption, "rows": [table_row(row, heads) for row in rows],
        "empty": options.get("empty") or _("Nothing to show."),
        "show_caption": options.get("show_caption", True), "classes": options.get("classes", ""),
    }  # fmt: skip


def table_row(row: Any, heads: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One row, from a list of cells or a dict that also says its kind."""
    given = row if isinstance(row, dict) else {"cells": row}
    cells = [cell if isinstance(cell, dict) else {"text": cell} for cell in given["cells"]]
    for cell, head in zip(cells, heads, strict=False):
        cell.setdefault("numeric", head.get("numeric", False))
        cell.setdefault("label", head["text"])
    return {**given, "cells": cells}


@register.simple_block_tag(takes_context=False)
def panel(content: SafeString, title: str = "", **options: Any) -> SafeString:
    """A headed part of a page. Options: kind (plain warning danger quiet), action and href, id, level."""
    name = options.get("id") or slugify(title) or "panel"
    return _draw("panel", {"content": content, "title": title, "kind": "plain", "level": 2, **options, "id": name})


@register.simple_block_tag(takes_context=False)
def moj_banner(content: SafeString, kind: str = "information", label: str = "") -> SafeString:
    """A line across the page that must not be missed, in the Ministry of Justice's manner."""
    if kind not in BANNER_ICONS:
        raise template.TemplateSyntaxError(f"moj_banner: unknown kind {kind!r}")
    titles = {"warning": _("Warning"), "success": _("Done"), "information": _("Information")}
    return _draw("banner", {"content": content, "kind": kind, "label": label or titles[kind], "titled": bool(label)})


def _draw(part: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"design/parts/{part}.html", context)


@register.inclusion_tag("design/parts/timeline.html")
def timeline(entries: Sequence[dict[str, Any]], level: int = 3) -> dict[str, Any]:
    """What happened, newest first as given: title, by, when, text or html, href, kind."""
    return {"entries": entries, "level": level}


@register.inclusion_tag("design/parts/side_nav.html")
def side_nav(nav: Sequence[dict[str, Any]], label: str = "") -> dict[str, Any]:
    """The list of places at the left, with what waits in each."""
    sections = nav if nav and "items" in nav[0] else [{"heading": "", "items": nav}]
    return {"sections": sections, "label": label or _("Main")}


@register.inclusion_tag("design/parts/chart.html")
def chart(figure: Any, level: int = 2) -> dict[str, Any]:
    """A figure: its picture, what it shows, the caution that belongs to it, and its numbers as a table."""
    columns = [
        {"text": text, "numeric": place > 0 and not any(isinstance(row[place], str) for row in figure.rows)}
        for place, text in enumerate(figure.columns)
    ]
    rows = [[in_figures(cell) for cell in row] for row in figure.rows]
    return {"figure": figure, "level": level, "columns": columns, "rows": rows, "name": slugify(figure.title)}


def in_figures(cell: Any) -> str:
    """A number as it is printed: thousands set apart, one decimal at most, a dash for none."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@register.filter
def inline_picture(svg: str, name: str) -> SafeString:
    """An SVG that we made ourselves (a QR code), named for those who do not see it."""
    return accessible(svg, name, "")


@register.inclusion_tag("design/parts/facts.html")
def facts(rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A strip of short facts on as few lines as they need."""
    return {"rows": rows}


@register.inclusion_tag("design/parts/newer_older.html")
def newer_older(newer: str = "", older: str = "") -> dict[str, Any]:
    """To newer and older entries; never how many there are."""
    return {"newer": newer, "older": older}


@register.inclusion_tag("design/parts/copy_block.html")
def copy_block(text: str, label: str = "") -> dict[str, Any]:
    """A text to take into another system, with a button that copies it where the browser can."""
    title = label or _("Copy")
    return {"text": text, "label": title, "id": f"copy-{slugify(title)}", "rows": min(12, text.count("\n") + 2)}
