"""The safeguarding journey as one picture, drawn by hand in plain SVG: stages, their parts, and what flows between.

Every part stands with its name and number in words. Only presentation attributes are used, so a strict content security
policy shows it as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

Stages = Sequence[tuple[str, Sequence[tuple[str, int]]]]
Flow = tuple[str, str, int]
Rows = tuple[tuple[str | int | float, ...], ...]

COLUMN, BLOCK, LABEL = 235, 16, 150
TOP, HEIGHT, GAP, LEAST = 34, 300, 34, 3


@dataclass
class Box:
    """A part of a stage as it is drawn: where, how tall, and how much of its sides is already taken by flows."""

    name: str
    count: int
    x: float
    y: float
    height: float
    colour: str
    out: float = 0
    taken: float = 0


def journey_rows(stages: Stages) -> Rows:
    """The table behind the picture: stage, part, count, share of the stage with one decimal."""
    rows: list[tuple[str | int | float, ...]] = []
    for stage, parts in stages:
        total = sum(count for _name, count in parts)
        rows += [(stage, name, count, round(100 * count / total, 1) if total else 0.0) for name, count in parts]
    return tuple(rows)


def journey_svg(stages: Stages, flows: Sequence[Flow], palette: Sequence[str], title: str, description: str) -> str:
    """Draw the picture; every name is escaped."""
    columns = place_boxes(stages, palette)
    width = COLUMN * (len(stages) - 1) + BLOCK + LABEL
    height = TOP + HEIGHT + GAP * max((len(parts) for _stage, parts in stages), default=1)
    parts = [*draw_flows(columns, flows, scale_of(stages)), *draw_boxes(columns), *draw_stages(stages)]
    return (
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" focusable="false" font-family="Arial, Helvetica, sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def scale_of(stages: Stages) -> float:
    """Points for one case: the fullest stage takes the whole height."""
    fullest = max((sum(count for _name, count in parts) for _stage, parts in stages), default=0)
    return HEIGHT / max(fullest, 1)


def place_boxes(stages: Stages, palette: Sequence[str]) -> list[dict[str, Box]]:
    """Where each part stands: a column for each stage, its parts one under another."""
    scale = scale_of(stages)
    columns = []
    for number, (_stage, parts) in enumerate(stages):
        y: float = TOP
        column = {}
        for order, (name, count) in enumerate(parts):
            height = max(count * scale, LEAST)
            column[name] = Box(name, count, number * COLUMN, y, height, palette[order % len(palette)])
            y += height + GAP
        columns.append(column)
    return columns


def draw_flows(columns: list[dict[str, Box]], flows: Sequence[Flow], scale: float) -> list[str]:
    """Bands from a part to a part of the next stage, as thick as what they carry."""
    drawn = []
    for left, right in zip(columns, columns[1:], strict=False):
        for start, end, count in flows:
            if start in left and end in right and count:
                drawn.append(draw_flow(left[start], right[end], count * scale))
    return drawn


def draw_flow(start: Box, end: Box, thickness: float) -> str:
    """One band, starting where the last one from the same part ended."""
    x1, y1 = start.x + BLOCK, start.y + start.out
    x2, y2 = end.x, end.y + end.taken
    start.out += thickness
    end.taken += thickness
    middle = (x1 + x2) / 2
    path = (
        f"M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}v{thickness:.1f}"
        f"C{middle:.1f},{y2 + thickness:.1f} {middle:.1f},{y1 + thickness:.1f} {x1:.1f},{y1 + thickness:.1f}Z"
    )
    return f'<path d="{path}" fill="{end.colour}" fill-opacity="0.22"/>'


def draw_boxes(columns: list[dict[str, Box]]) -> list[str]:
    """The parts, each with its name and number beside it."""
    return [draw_box(box) for column in columns for box in column.values()]


def draw_box(box: Box) -> str:
    """One part: a block, its number in bold, its name under it."""
    x, y = box.x + BLOCK + 7, box.y + max(box.height / 2, 7) - 3
    halo = 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke" fill="#0b0c0c"'
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{BLOCK}" height="{box.height:.1f}" fill="{box.colour}"/>'
        f'<text x="{x:.1f}" y="{y:.1f}" font-weight="bold" {halo}>{box.count:,}</text>'
        f'<text x="{x:.1f}" y="{y + 16:.1f}" {halo}>{escape(box.name)}</text>'
    )


def draw_stages(stages: Stages) -> list[str]:
    """The name of each stage over its column."""
    line = '<text x="{}" y="16" font-size="14" font-weight="bold" fill="#484949">{}</text>'
    return [line.format(number * COLUMN, escape(stage)) for number, (stage, _parts) in enumerate(stages)]
