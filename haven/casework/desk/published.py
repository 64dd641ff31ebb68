"""Published figures: what an authority's own report printed for a period, to stand beside what the records say."""

from dataclasses import dataclass, field
from typing import Any

from haven.lib.period import Period


@dataclass(frozen=True)
class Published:
    """One report's figures: a text for each measure, or for each row of one; notes where the report does not add up."""

    authority: str
    period: Period
    source: str
    values: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def of(self, measure: str, row: str = "") -> str:
        """What was printed, or nothing."""
        found = self.values.get(measure, "")
        return str(found.get(row, "")) if isinstance(found, dict) else "" if row else str(found)


_REPORTS: dict[tuple[str, Period], Published] = {}


def publish(report: Published) -> Published:
    """Keep a report's figures for the page."""
    _REPORTS[report.authority, report.period] = report
    return report


def published_for(authority: str, period: Period) -> Published | None:
    """What was published for these days, where we hold it."""
    return _REPORTS.get((authority, period))
