"""What a measure answers with: a count, a share or a table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TENTH = Decimal("0.1")


def percent(part: int, whole: int) -> float | None:
    """The share as a percentage to one decimal, a half rounded up as published tables do; None of nothing."""
    if not whole:
        return None
    return float((Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP))


@dataclass(frozen=True)
class Count:
    """How many."""

    value: int
    kind = "count"

    def figures(self) -> dict[str, Any]:
        return {"base_n": None, "value": self.value, "count": self.value, "rows": []}


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    part: int
    whole: int
    kind = "share"

    def figures(self) -> dict[str, Any]:
        return {"base_n": self.whole, "value": percent(self.part, self.whole), "count": self.part, "rows": []}


@dataclass(frozen=True)
class Table:
    """Rows of (code, label, count), each a share of `whole`; where several may apply they sum to over 100 %."""

    rows: Sequence[tuple[str, Any, int]]
    whole: int
    kind = "table"

    def figures(self) -> dict[str, Any]:
        rows = [
            {"code": code, "label": str(label), "count": count, "percent": percent(count, self.whole)}
            for code, label, count in self.rows
        ]
        return {"base_n": self.whole, "value": None, "count": None, "rows": rows}


Answer = Count | Share | Table
