"""Journeys: a process as one picture on the figures page, drawn from a measure whose rows are steps between parts."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from haven.design.charts import Chart
from haven.design.charts import journey as draw

SEPARATOR = ">"


@dataclass(frozen=True)
class JourneyStage:
    """One column of the picture, with the parts that may stand in it: code and words."""

    code: str
    name: Any
    parts: dict[str, Any]


@dataclass(frozen=True)
class Journey:
    """The picture of a measure. A part's code occurs in one stage only; a row's code is `part>part`."""

    measure: str
    stages: tuple[JourneyStage, ...]

    def words(self, start: str, end: str) -> str:
        """A step in words."""
        names = self.names()
        return f"{names[start]}: {names[end]}"

    def names(self) -> dict[str, str]:
        """Every part's words."""
        return {code: str(words) for stage in self.stages for code, words in stage.parts.items()}

    def chart(self, figure: dict[str, Any]) -> Chart:
        """The picture of a figure already counted."""
        order = list(self.names())
        steps = [(*row["code"].split(SEPARATOR), row["count"]) for row in figure["rows"]]
        steps.sort(key=lambda step: (order.index(step[0]), order.index(step[1])))
        names, counts = self.names(), self._counts(figure, steps)
        stages = [
            (str(stage.name), [(names[code], counts[code]) for code in stage.parts if counts[code]])
            for stage in self.stages
        ]
        return draw(
            [stage for stage in stages if stage[1]],
            flows=[(names[start], names[end], count) for start, end, count in steps],
            title=figure["title"],
            description=figure["definition"],
            caution=figure["caution"],
            source=figure["source"],
        )

    def _counts(self, figure: dict[str, Any], steps: list[Any]) -> dict[str, int]:
        counts: dict[str, int] = defaultdict(int)
        for _start, end, count in steps:
            counts[end] += count
        for code in self.stages[0].parts:
            counts[code] = figure["base_n"] or 0
        return counts


JOURNEYS: dict[str, Journey] = {}
"""Measure → its picture."""


def show_journey(journey: Journey) -> Journey:
    """Make a measure one that is drawn as a journey."""
    JOURNEYS[journey.measure] = journey
    return journey
