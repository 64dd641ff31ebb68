"""Charts: one picture, its title, what it shows, the caution it needs, and the same numbers as a table.

The picture is SVG with presentation attributes only (a strict content security policy refuses style attributes), and is
described for those who do not see it; the table beside it carries every number. Colours are the accessible palette of
the Government Analysis Function; words and numbers stand in the picture, so no colour has to be told from another.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from haven.design.journey import Flow, Stages, journey_rows, journey_svg
from haven.design.pictures import accessible

# Government Analysis Function, "Data visualisation: colours in charts":
# dark blue, orange, turquoise, dark pink, light purple, grey.
PALETTE = ("#12436D", "#F46A25", "#28A197", "#801650", "#A285D1", "#3D3D3D")
WIDTH = 420
LETTER = 7.5  # points that a letter takes, on average
FONT = "Arial, Helvetica, sans-serif"
Rows = Sequence[Sequence[Any]]
Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A figure ready to be shown: the picture and the numbers it was drawn from."""

    title: str
    description: str
    svg: SafeString
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    caution: str = ""
    source: str = ""
    wide: bool = False


def bar(rows: Rows, *, title: str, description: str, width: int = WIDTH, **words: str) -> Chart:
    """Lying bars, in the order given. Rows: (label, count) or (label, count, percent); None is drawn as nothing.

    `width` is that of the longest bar, in pixels: less where the picture stands in a column, so that words stay large.
    """
    shown = [{"label": str(row[0]), "n": row[1] or 0, "words": _figure(row)} for row in rows]
    label_axis = {"field": "label", "type": "nominal", "sort": None, "axis": _quiet_axis()}
    marks = [
        {"mark": {"type": "bar", "color": PALETTE[0]}},
        {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"text": {"field": "words"}}},
    ]
    number = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    spec = {"width": width, "height": {"step": 28}, "encoding": {"y": label_axis, "x": number}, "layer": marks}
    return _chart(spec, shown, rows, _columns(rows, words), title=title, description=description, **words)


def column(rows: Rows, *, title: str, description: str, **words: str) -> Chart:
    """Standing bars, for periods in order. Rows: (period, count) or (period, count, percent)."""
    shown = [{"label": str(row[0]), "n": row[1] or 0, "words": _figure(row)} for row in rows]
    label_axis = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": _quiet_axis(labelAngle=0, labelOverlap=True),
    }
    marks = [
        {"mark": {"type": "bar", "color": PALETTE[0]}},
        {"mark": {"type": "text", "baseline": "bottom", "dy": -3}, "encoding": {"text": {"field": "words"}}},
    ]
    number = {"field": "n", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    spec = {"height": 170, "encoding": {"x": label_axis, "y": number}, "layer": marks}
    return _chart(spec, shown, rows, _columns(rows, words), title=title, description=description, **words)


def line(rows: Rows, *, title: str, description: str, **words: str) -> Chart:
    """A line through periods in order. Rows: (period, value), or (period, series, value) for several lines."""
    several = any(len(row) > 2 for row in rows)
    shown = [{"label": str(row[0]), "series": str(row[1]) if several else "", "n": row[-1]} for row in rows]
    ends = _last_of_each(shown)
    colour: Spec = {"color": _colours("series", shown)} if several else {"color": {"value": PALETTE[0]}}
    place = {
        "x": {"field": "label", "type": "ordinal", "sort": None, "axis": _quiet_axis(labelAngle=0, labelOverlap=True)},
        "y": {"field": "n", "type": "quantitative", "axis": _number_axis(), "scale": {"domainMin": 0}},
    }
    marks: list[Spec] = [
        {"mark": {"type": "line", "point": {"size": 40}, "strokeWidth": 2.5}, "encoding": {**place, **colour}},
        {
            "data": {"values": ends},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
            "encoding": {**place, "text": {"field": "words"}},
        },
    ]
    columns = _series_columns(rows, words)
    return _chart({"height": 190, "layer": marks}, shown, rows, columns, title=title, description=description, **words)


def stacked_share(rows: Rows, *, title: str, description: str, **words: str) -> Chart:
    """Bars of equal length, divided by share. Rows: (bar, part, count); the share of its bar is worked out here."""
    totals: dict[str, float] = {}
    for label, _part, count in rows:
        totals[str(label)] = totals.get(str(label), 0) + (count or 0)
    table = [(label, part, count, _share(count, totals[str(label)])) for label, part, count in rows]
    shown = [
        {"label": str(label), "series": str(part), "n": count or 0, "order": place,
         "words": _words_that_fit(str(part), share)}
        for place, (label, part, count, share) in enumerate(table)
    ]  # fmt: skip
    encoding: Spec = {
        "y": {"field": "label", "type": "nominal", "sort": None, "axis": _quiet_axis()},
        "x": {"field": "n", "type": "quantitative", "stack": "normalize", "axis": None},
        "order": {"field": "order", "type": "quantitative"},
    }
    ink: Spec = {"condition": {"test": "datum.light", "value": "#0b0c0c"}, "value": "#ffffff"}
    for row, light in zip(shown, _lightness(shown), strict=True):
        row["light"] = light
    marks: list[Spec] = [
        {"mark": {"type": "bar", "stroke": "#ffffff"}, "encoding": {"color": _colours("series", shown, legend=True)}},
        {"mark": {"type": "text"}, "encoding": {
            "text": {"field": "words"}, "color": ink, "detail": {"field": "series"},
            "x": {**encoding["x"], "bandPosition": 0.5},
        }},
    ]  # fmt: skip
    spec = {"height": {"step": 34}, "encoding": encoding, "layer": marks}
    columns = (
        words.pop("label", "") or _("Group"),
        _("Part"),
        words.pop("value_label", "") or _("Count"),
        _("Share, %"),
    )
    return _chart(spec, shown, table, columns, title=title, description=description, **words)


def journey(
    stages: Stages, *, flows: Sequence[Flow], title: str, description: str, caution: str = "", source: str = ""
) -> Chart:
    """The way from concern to outcome as one picture: stages from left to right, their parts, and what flows between.

    `stages` = [(stage, [(part, count), …]), …]; `flows` = [(part, part of the next stage, count), …]. A part that flows
    nowhere ends there.
    """
    svg = mark_safe(journey_svg(stages, flows, PALETTE, title, description))  # noqa: S308 - journey_svg escapes every word
    columns = (_("Stage"), _("Part"), _("Count"), _("Share of stage, %"))
    return Chart(title, description, svg, columns, journey_rows(stages), caution, source, wide=True)


def _chart(spec: Spec, values: list[Spec], rows: Rows, columns: tuple[str, ...], **words: str) -> Chart:
    picture = _compiled(json.dumps({**BASE, **spec, "data": {"values": values}})) if values else ""
    svg = accessible(picture, words["title"], words["description"]) if picture else SafeString("")
    table = tuple(tuple(row) for row in rows)
    cautions = (words.get("caution", ""), words.get("source", ""))
    return Chart(words["title"], words["description"], svg, columns, table, *cautions)


BASE: Spec = {
    "width": WIDTH,
    "background": None,
    "padding": {"left": 0, "right": 45, "top": 6, "bottom": 4},
    "autosize": {"type": "pad", "contains": "content"},
    "config": {
        "font": FONT, "view": {"stroke": None}, "text": {"fontSize": 13, "color": "#0b0c0c"},
        "axis": {"labelFontSize": 13, "labelColor": "#0b0c0c", "labelLimit": 230,
                 "domainColor": "#b1b4b6", "gridColor": "#e4e6e8"},
        "legend": {"orient": "top", "title": None, "labelFontSize": 13, "labelLimit": 200, "symbolType": "square"},
    },
}  # fmt: skip


@lru_cache(maxsize=512)
def _compiled(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec)


def _quiet_axis(**more: Any) -> Spec:
    return {"title": None, "ticks": False, "domain": False, "labelPadding": 8, **more}


def _number_axis() -> Spec:
    return {"title": None, "tickCount": 4, "domain": False, "ticks": False, "format": ",d"}


def _figure(row: Sequence[Any]) -> str:
    if row[1] is None:
        return "–"
    count = f"{row[1]:,}" if isinstance(row[1], int) else f"{row[1]:,.1f}"
    return f"{count} ({row[2]} %)" if len(row) > 2 and row[2] is not None else count


def _columns(rows: Rows, words: dict[str, str]) -> tuple[str, ...]:
    head = (words.get("label", "") or _("Group"), words.get("value_label", "") or _("Count"))
    return (*head, "%") if any(len(row) > 2 for row in rows) else head


def _series_columns(rows: Rows, words: dict[str, str]) -> tuple[str, ...]:
    value = words.get("value_label", "") or _("Count")
    several = any(len(row) > 2 for row in rows)
    return (_("Period"), _("Line"), value) if several else (_("Period"), value)


def _colours(field: str, shown: list[Spec], *, legend: bool = False) -> Spec:
    names = list(dict.fromkeys(row[field] for row in shown))
    colours = [PALETTE[place % len(PALETTE)] for place in range(len(names))]
    own: Spec = {"field": field, "type": "nominal", "sort": None, "scale": {"domain": names, "range": colours}}
    return own if legend else {**own, "legend": None}


def _lightness(shown: list[Spec]) -> list[bool]:
    """Which parts are drawn in a colour too light for white words: orange, turquoise and light purple."""
    names = list(dict.fromkeys(row["series"] for row in shown))
    return [names.index(row["series"]) % len(PALETTE) in {1, 2, 4} for row in shown]


def _last_of_each(shown: list[Spec]) -> list[Spec]:
    last = {row["series"]: row for row in shown if row["n"] is not None}
    return [{**row, "words": f"{row['series']} {row['n']:,}".strip()} for row in last.values()]


def _words_that_fit(part: str, share: float | None) -> str:
    """The part and its share where the bar has room for both, else the share, else nothing: the table has it."""
    room = (share or 0) / 100 * WIDTH / LETTER
    whole = f"{part} {share} %"
    return whole if len(whole) < room else f"{share} %" if room > 7 else ""


def _share(count: float | None, total: float) -> float | None:
    return round(100 * count / total, 1) if count is not None and total else None
